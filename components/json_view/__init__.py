"""JSON as lines: pretty-printed, coloured, with the lines lit that are new or matter. It shows text as text."""

import json
from collections.abc import Iterator
from typing import Any

from components.scripted import scripted
from components.wording import _

ABSENT: Any = object()
"""Stands for "there was no value here"."""

LINES = 3000
"""Lines shown at most; the raw body has them all."""

_COMPONENT = scripted("json_view", '<div class="view"></div>')

Line = tuple[str, str]
"""The text of a line and the sign before it: "+" is new, "›" is pointed at, "" is neither."""


def draw(
    value: Any,
    key: str,
    *,
    label: str,
    previous: Any = ABSENT,
    lit: frozenset[str] = frozenset(),
    max_height: int = 420,
    title: str = "",
) -> None:
    """Draw a parsed JSON value. Lit are lines that differ from `previous`, if one is given, and keys named in `lit`.

    title: stands above it, already translated.
    """
    lines = [(text, "+" if new else "›" if named else "") for text, new, named in _lines(value, previous, lit)]
    _show(lines, key, label, max_height, kind="json", title=title)


def draw_text(text: str, key: str, *, label: str, max_height: int = 420) -> None:
    """Draw text as it is, line by line, without colours."""
    _show([(line, "") for line in text.split("\n")], key, label, max_height, kind="text")


def _show(lines: list[Line], key: str, label: str, max_height: int, kind: str, title: str = "") -> None:
    shown = lines[:LINES]
    _COMPONENT(
        key=key,
        data={
            "lines": [text for text, _sign in shown],
            "signs": {str(index): sign for index, (_text, sign) in enumerate(shown) if sign},
            "kind": kind,
            "label": label,
            "title": title,
            "max_height": max_height,
            "copy": _("Copy"),
            "copied": _("Copied"),
            "more": _("{n} more lines: see the raw bytes").format(n=len(lines) - LINES) if len(lines) > LINES else "",
        },
    )


def _lines(value: Any, previous: Any, lit: frozenset[str]) -> Iterator[tuple[str, bool, bool]]:
    """Walk a value and its predecessor together; yields (line, whether it is new, whether its key is named)."""
    compare = previous is not ABSENT
    for text, old_missing, path in _walk(value, previous if compare else ABSENT, "", "", ()):
        yield text, compare and old_missing, bool(path) and path[-1] in lit


def _walk(
    value: Any, old: Any, indent: str, prefix: str, path: tuple[str, ...], comma: str = ""
) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    """Yield the lines of json.dumps(value, indent=2, ensure_ascii=False), each with "differs from old" and its path.

    >>> [text for text, new, _ in _walk({"n": [1, 2]}, {"n": [1]}, "", "", ()) if new]
    ['    2']
    """
    inner = indent + "  "
    if isinstance(value, dict) and value:
        before = old if isinstance(old, dict) else {}
        yield f"{indent}{prefix}{{", not isinstance(old, dict), ()
        for place, (name, item) in enumerate(value.items(), 1):
            yield from _walk(
                item,
                before.get(name, ABSENT),
                inner,
                f"{json.dumps(name, ensure_ascii=False)}: ",
                (*path, name),
                "," if place < len(value) else "",
            )
        yield f"{indent}}}{comma}", not isinstance(old, dict), ()
    elif isinstance(value, list) and value:
        items = old if isinstance(old, list) else []
        yield f"{indent}{prefix}[", not isinstance(old, list), ()
        for place, item in enumerate(value):
            earlier = items[place] if place < len(items) else ABSENT
            yield from _walk(item, earlier, inner, "", path, "," if place + 1 < len(value) else "")
        yield f"{indent}]{comma}", not isinstance(old, list), ()
    else:
        # 1 == True in Python, not in JSON.
        same = old == value and type(old) is type(value)
        yield f"{indent}{prefix}{json.dumps(value, ensure_ascii=False)}{comma}", not same, path
