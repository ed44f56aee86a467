"""What the API refuses in response_format: its shape, JSON mode without the word, schemas that are not to be kept.

>>> schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False, "oneOf": []}
>>> format_ = {"type": "json_schema", "json_schema": {"name": "Age", "strict": True, "schema": schema}}
>>> next(of_format({"response_format": format_, "messages": []})).message
"Invalid schema for response_format 'Age': In context=(), 'oneOf' is not permitted."
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playground import strict
from simulator.conversation import read
from simulator.json_answers import Said
from simulator.message_rules import FUNCTION_NAME
from simulator.refusals import Refusal, missing, no_match, wrong_type, wrong_value
from simulator.schema_values import DEEPEST, LARGEST, Filler, TooDeep

TYPES = ("text", "json_object", "json_schema")
_PATH = "response_format.json_schema"


def of_format(body: Mapping[str, Any]) -> Iterator[Refusal]:
    """Give what is wrong with response_format; messages and types have been checked."""
    asked = body.get("response_format")
    if asked is None:
        return
    kind = asked.get("type")
    if kind is None:
        yield missing("response_format.type")
    elif kind not in TYPES:
        yield wrong_value("response_format.type", kind, TYPES)
    elif kind == "json_object" and not any("json" in said.text.lower() for said in read(body).messages):
        said = "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        yield Refusal(400, said, param="messages")
    elif kind == "json_schema":
        yield from _named(asked.get("json_schema"), body)


def _named(asked: object, body: Mapping[str, Any]) -> Iterator[Refusal]:
    if asked is None:
        yield missing(_PATH)
        return
    if not isinstance(asked, dict):
        yield wrong_type(_PATH, "an object", asked)
        return
    name, schema, kept = asked.get("name"), asked.get("schema"), asked.get("strict")
    if name is None:
        yield missing(f"{_PATH}.name")
    elif not isinstance(name, str):
        yield wrong_type(f"{_PATH}.name", "a string", name)
    elif not re.fullmatch(FUNCTION_NAME, name) or len(name) > 64:
        yield no_match(f"{_PATH}.name", FUNCTION_NAME)
    if kept is not None and not isinstance(kept, bool):
        yield wrong_type(f"{_PATH}.strict", "a boolean", kept)
    if schema is None:
        yield missing(f"{_PATH}.schema")
    elif not isinstance(schema, dict):
        yield wrong_type(f"{_PATH}.schema", "an object", schema)
    else:
        yield from _schema(schema, bool(kept), str(name), body)


def _schema(schema: dict[str, Any], kept: bool, name: str, body: Mapping[str, Any]) -> Iterator[Refusal]:
    before = f"Invalid schema for response_format '{name}': "
    for problem in strict.problems(schema, kept):
        yield Refusal(400, f"{before}{problem}", param="response_format")
    filler = Filler(schema)
    stuck = filler.unsatisfiable
    if stuck is not None:
        problem = strict.Problem(stuck, "", "no value can satisfy this schema.")
        yield Refusal(400, f"{before}{problem}", param="response_format")
    if filler.too_large:
        said = f"its smallest value has more than {LARGEST} parts. The simulator writes none so large."
        yield Refusal(400, f"{before}{strict.Problem((), '', said)}", param="response_format")
    try:
        filler.value(Said(body, ""))
    except TooDeep:
        said = f"its smallest value is nested deeper than {DEEPEST} levels. The simulator writes none so deep."
        yield Refusal(400, f"{before}{strict.Problem((), '', said)}", param="response_format")
