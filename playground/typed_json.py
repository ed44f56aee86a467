"""Reads JSON that a person wrote: what is wrong, where, and what to do. Whether the API takes it, the API says.

>>> read('{"9906": -100}', dict)
{'9906': -100}
>>> read("[1, NaN]", list)
Traceback (most recent call last):
playground.errors.NotTheJson: JSON has no NaN.
>>> read("[1]", dict)
Traceback (most recent call last):
playground.errors.NotTheJson: A JSON object is wanted here: it begins with {.
>>> read('{"n": 1 "stop": null}')
Traceback (most recent call last):
playground.errors.NotTheJson: This is no JSON: line 1, column 9. A comma is missing before it, or a bracket that closes.
"""

import json
import unicodedata
from typing import Any

from playground.errors import NotTheJson
from playground.language import mark

SHAPES: dict[type, str] = {
    dict: mark("A JSON object is wanted here: it begins with {brace}."),
    list: mark("A JSON array is wanted here: it begins with {bracket}."),
}
FAULTS: dict[str, str] = {
    "Expecting value": mark(
        "This is no JSON: line {line}, column {column}. A value is missing there; a text stands in double quotes."
    ),
    "Expecting property name": mark(
        "This is no JSON: line {line}, column {column}. "
        "A name in double quotes is missing there, or the comma before it is one too many."
    ),
    "Expecting ',' delimiter": mark(
        "This is no JSON: line {line}, column {column}. A comma is missing before it, or a bracket that closes."
    ),
    "Expecting ':' delimiter": mark("This is no JSON: line {line}, column {column}. A colon is missing before it."),
    "Extra data": mark("This is no JSON: line {line}, column {column}. The JSON ends before it: take the rest away."),
    "Unterminated string": mark(
        "This is no JSON: line {line}, column {column}. The text that begins there has no closing quote."
    ),
    "Invalid control character": mark(
        "This is no JSON: line {line}, column {column}. In a text, write a line break as \\n and a tab as \\t."
    ),
    "Invalid \\": mark("This is no JSON: line {line}, column {column}. In a text, write a backslash twice."),
    "Illegal trailing comma": mark("This is no JSON: line {line}, column {column}. Take this comma away."),
}
"""How the words of Python's parser begin -> what they ask of the writer."""

TOO_MUCH = mark("This JSON is too deep, or holds a number that is too long.")
DEEPEST = 64
"""Levels of nested JSON that are read."""

BESIDE = 50
"""Characters of a line that are shown on either side of its fault."""


def parse(text: str, above: int = 0) -> Any:
    """Parse JSON of any shape, as strict as the API; `above` lines stand before it in the file it comes from.

    Raises: NotTheJson.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        anything = mark("This is no JSON: line {line}, column {column}.")
        said = next((said for words, said in FAULTS.items() if error.msg.startswith(words)), anything)
        raise NotTheJson(said, line=error.lineno + above, column=error.colno) from None
    except (ValueError, RecursionError):
        raise NotTheJson(TOO_MUCH) from None


def read(text: str, shape: type = object) -> Any:
    """Parse JSON of one shape that can be sent: dict, list, or object for any.

    Raises: NotTheJson.
    """
    value = parse(text)
    try:
        # What the wire could not carry: half of a surrogate pair, a number beyond all numbers, a JSON too deep.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise NotTheJson(mark("There is half a character in it that can't be sent.")) from None
    except (ValueError, RecursionError):
        raise NotTheJson(TOO_MUCH) from None
    if _depth(value) > DEEPEST:
        raise NotTheJson(TOO_MUCH)
    if not isinstance(value, shape):
        raise NotTheJson(SHAPES[shape], brace="{", bracket="[")
    return value


def pointed(text: str, line: int, column: int) -> str:
    """The line with the fault, and below it a sign that points at the column.

    >>> print(pointed('{"a": }', 1, 7))
    {"a": }
          ^
    """
    faulty = text.split("\n")[line - 1]
    first = max(0, column - 1 - BESIDE)
    before = "".join(map(_blank, faulty[first : column - 1].ljust(column - 1 - first)))
    return f"{faulty[first : column - 1 + BESIDE]}\n{before}^"


def _blank(character: str) -> str:
    """The blank that is as wide as a character where each has its cell."""
    if character == "\t":
        return character
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "


def write(value: Any) -> str:
    """Write a value as a person would type it, in one line."""
    return json.dumps(value, ensure_ascii=False)


def _refuse(name: str) -> object:
    raise NotTheJson(mark("JSON has no {name}."), name=name)


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return depth
