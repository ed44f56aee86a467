"""A tool that a visitor describes: checked, and answered by a person or by a text with gaps. No code of it ever runs.

>>> told = Told("find_book", "Find a book", '{"type": "object", "properties": {"title": {"type": "string"}}}',
...     "template", 'No book is called "{title}".')
>>> problems(told), tool_of(told).function(title="Momo {title.__class__}")
((), 'No book is called "Momo {title.__class__}".')
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from playground import typed_json
from playground.errors import NotTheJson
from playground.json_schema import faults
from playground.language import mark
from playground.tools import Tool

LONGEST_TEXT = 100_000
"""Characters of a schema, and of an answer."""
LONGEST_DESCRIPTION = 1024

Way = Literal["typed", "template"]
"""typed: a person answers each call. template: a text, with {name} in it for each argument."""

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_GAP = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True)
class Told:
    """What a visitor says of a function, as typed."""

    name: str
    description: str
    schema: str
    way: Way = "typed"
    answer: str = ""


@dataclass(frozen=True)
class Problem:
    """What keeps it from being a tool, and where."""

    part: Literal["name", "description", "schema", "answer"]
    where: str
    """The place in that part; empty for all of it."""
    said: str
    """In English, marked for translation, with gaps for the values."""
    values: Mapping[str, object] = field(default_factory=dict)


def problems(told: Told, taken: Collection[str] = ()) -> tuple[Problem, ...]:
    """Say what is wrong with it. `taken`: the names that other functions have."""
    found: list[Problem] = []
    if not _NAME.fullmatch(told.name):
        found.append(Problem("name", "", mark("A name has 1 to 64 letters from a to z, digits, _ or -.")))
    elif told.name in taken:
        found.append(Problem("name", "", mark("There is a function of this name already.")))
    if len(told.description) > LONGEST_DESCRIPTION:
        said = mark("At most {n:,} characters are taken.")
        found.append(Problem("description", "", said, {"n": LONGEST_DESCRIPTION}))
    if len(told.schema) > LONGEST_TEXT or len(told.answer) > LONGEST_TEXT:
        found.append(Problem("schema", "", mark("At most {n:,} characters are taken."), {"n": LONGEST_TEXT}))
        return tuple(found)
    try:
        schema = typed_json.read(told.schema)
    except NotTheJson as error:
        return (*found, Problem("schema", "", error.message, error.values))
    found += [Problem("schema", fault.where, fault.said, fault.values) for fault in faults(schema)]
    properties = schema.get("properties") if isinstance(schema, dict) else None
    known = properties if isinstance(properties, dict) else {}
    for gap in dict.fromkeys(_GAP.findall(told.answer)) if told.way == "template" and not found else ():
        if gap not in known:
            found.append(Problem("answer", "{" + gap + "}", mark("The schema has no property of this name.")))
    return tuple(found)


def tool_of(told: Told) -> Tool:
    """Make the tool of a description without problems."""

    def answer(**arguments: Any) -> str:
        return filled(told.answer, arguments)

    written = told.answer if told.way == "template" else mark("You type each answer.")
    by_person = told.way == "typed"
    schema = typed_json.read(told.schema)
    return Tool(told.name, told.description, schema, answer, written=written, by_person=by_person)


def filled(template: str, arguments: Mapping[str, Any]) -> str:
    """Put arguments into the gaps of a text; a gap without an argument stays, and nothing else is read.

    >>> filled("{city}: {days} {city.x} {0} {{days}}", {"city": "Seoul", "days": [1, 2]})
    'Seoul: [1, 2] {city.x} {0} {[1, 2]}'
    """

    def put(match: re.Match[str]) -> str:
        if match[1] not in arguments:
            return match[0]
        value = arguments[match[1]]
        # Not typed_json.write: a program that is taken along holds this function, and none of this package's names.
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    return _GAP.sub(put, template)[:LONGEST_TEXT]
