"""Reads JSON that a person typed for a parameter: what is wrong, and where. Whether the API takes it, the API says.

>>> read('{"9906": -100}', dict)
{'9906': -100}
>>> read("[1, NaN]", list)
Traceback (most recent call last):
playground.errors.NotTheJson: JSON has no NaN.
>>> read("[1]", dict)
Traceback (most recent call last):
playground.errors.NotTheJson: A JSON object is wanted here: it begins with {.
"""

import json
from typing import Any

from playground.errors import NotTheJson
from playground.language import mark

SHAPES: dict[type, str] = {
    dict: mark("A JSON object is wanted here: it begins with {brace}."),
    list: mark("A JSON array is wanted here: it begins with {bracket}."),
}
DEEPEST = 64
"""Levels of nested JSON that are read."""


def read(text: str, shape: type = object) -> Any:
    """Parse JSON of one shape: dict, list, or object for any.

    Raises: NotTheJson, which says what is wrong and where.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
        # What the wire could not carry: half of a surrogate pair, a number beyond all numbers, a JSON too deep.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise NotTheJson(mark("This is no JSON: line {line}, column {column}."), **where) from None
    except UnicodeEncodeError:
        raise NotTheJson(mark("There is half a character in it that can't be sent.")) from None
    except (ValueError, RecursionError):
        raise NotTheJson(mark("This JSON is too deep, or holds a number that is too long.")) from None
    if _depth(value) > DEEPEST:
        raise NotTheJson(mark("This JSON is too deep, or holds a number that is too long."))
    if not isinstance(value, shape):
        raise NotTheJson(SHAPES[shape], brace="{", bracket="[")
    return value


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
