"""JSON as it comes in a request, right or wrong: how the ledger looks at it. It checks no schema (validation does).

>>> mapping(None), listed("no list"), written({"a": "é"})
({}, [], '{"a":"é"}')
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Unknown:
    """What could not be counted, or only as something else: where it stands and what it is."""

    where: str
    what: str
    """In English, marked for translation."""


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


# Made once: json.dumps makes its encoder anew for each call that isn't plain, which costs more than a small tool.
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
_SPACED = json.JSONEncoder(ensure_ascii=False, default=_plain)


def mapping(value: object) -> Schema:
    """Take an object as it is, and anything else as an empty one."""
    # Nearly all are dicts, and those are told from anything else ten times as fast.
    return value if type(value) is dict or isinstance(value, Mapping) else {}


def listed(value: object) -> list[Any]:
    """Take a list as it is, and anything else as an empty one."""
    return list(value) if isinstance(value, list | tuple) else []


def written(value: object, *, spaced: bool = False) -> str:
    """Write as JSON, as it stands in a prompt: without blanks, or with those that Python leaves."""
    try:
        return (_SPACED if spaced else _COMPACT).encode(value)
    except (ValueError, TypeError, RecursionError):
        # A dict that holds itself, keys that JSON doesn't know, or a thousand levels: only Python can make them.
        return ""


def parsed(text: str) -> Any:
    """Read JSON; text that is none is given back as it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def text_of(value: object) -> str:
    """Take a text as it is, nothing as an empty one, and anything else as the JSON it is."""
    if value is None:
        return ""
    return value if isinstance(value, str) else written(value, spaced=True)
