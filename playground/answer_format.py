"""How a model is shown the schema that its answer must keep to. It counts nothing and checks no schema.

Fitted to 59 recorded calls of gpt-4o and gpt-4.1 with 18 schemas; no other rule than this is known to fit them all.

>>> format_ = {"type": "json_schema", "json_schema": {"name": "Age", "schema": {"type": "integer", "minimum": 0}}}
>>> print("".join(piece.text for piece in pieces({"response_format": format_})))
# Response Formats
<BLANKLINE>
## Age
<BLANKLINE>
{"type":"integer"}
"""

import json
from collections.abc import Mapping
from typing import Any

from playground.language import mark
from playground.prompt_text import Piece
from playground.schemas import mapping, text_of

HEAD = "# Response Formats\n\n## "

NOT_SHOWN = frozenset(
    {
        *("additionalProperties", "required", "default"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern"),
        *("minProperties", "maxProperties", "examples"),
    }
)
"""What the model isn't shown of a schema. Recorded: additionalProperties, required, default, minimum, maximum and
maxItems; the others are limits too."""

DEEPEST = 60
"""Schemas nested deeper end there; the API refuses them long before."""

_WHERE = "response_format.json_schema"
_NAMES_BY_PROPERTY = ("properties", "$defs", "definitions", "patternProperties")
_VALUES = ("enum", "const")


def schema_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give name, description and schema of the answer's format; an empty one where any text will do."""
    return mapping(mapping(body.get("response_format")).get("json_schema"))


def name_of(body: Mapping[str, Any]) -> str:
    """Name the format of the answer."""
    return text_of(schema_of(body).get("name"))


def pieces(body: Mapping[str, Any]) -> list[Piece]:
    """Write the format of the answer."""
    given = schema_of(body)
    if not given:
        return []
    piece = Piece(mark("schema of the answer"), f"{_WHERE}.schema", "", None, "fitted", "format")
    found = [piece.saying(HEAD), piece._replace(text=f"{name_of(body)}\n\n", where=f"{_WHERE}.name")]
    if description := given.get("description"):
        # Nobody recorded one. openai/harmony writes it so.
        lines = "".join(f"// {line}\n" for line in text_of(description).split("\n"))
        found.append(piece._replace(text=lines, where=f"{_WHERE}.description", certainty="estimate"))
    # What isn't ASCII is escaped here, unlike anywhere else in a prompt.
    schema = json.dumps(_thinned(given.get("schema")), separators=(",", ":"), default=str)
    return [*found, piece.saying(schema)]


def _thinned(schema: object, depth: int = 0) -> object:
    if depth > DEEPEST:
        return None
    if isinstance(schema, list | tuple):
        return [_thinned(one, depth + 1) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    shown: dict[str, object] = {}
    for key, value in schema.items():
        if key in _NAMES_BY_PROPERTY and isinstance(value, Mapping):
            shown[key] = {str(name): _thinned(one, depth + 2) for name, one in value.items()}
        elif key in _VALUES:
            shown[key] = value
        elif key not in NOT_SHOWN:
            shown[str(key)] = _thinned(value, depth + 1)
    return shown
