"""A link that opens the functions page set up so, with functions of one's own. It sends nothing and holds no key.

A link may come from anybody: what it says is checked like what somebody types, and what is wrong is left out.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from urllib.parse import urlencode

from playground import typed_json
from playground.custom_tools import Problem, Told, problems
from playground.errors import NotTheJson

LONGEST = 6000
"""Characters of a link that every browser takes."""
QUESTION = 2000
"""Characters of a question."""
STEPS = 30
"""Requests of a run."""
DOLLARS = 1000
"""Of a run's cap."""
OWN = 10
"""Functions of one's own that a link may bring."""


def link_params(settings: Mapping[str, object], own: Sequence[Told] = ()) -> dict[str, str] | None:
    """Give the settings of a link, and the functions that somebody described; None when that is more than a link takes.

    >>> link_params({"question": "Hi", "tools": ["calculator"], "max_steps": 3, "again": True, "cap": 0.0})
    {'question': 'Hi', 'tools': 'calculator', 'max_steps': '3', 'again': 'true'}
    """
    written = {
        name: ",".join(value) if isinstance(value, list) else str(value).lower() if value is True else str(value)
        for name, value in settings.items()
        if value or name == "tools"
    }
    if own:
        written["own"] = json.dumps([asdict(_closed(told)) for told in own], ensure_ascii=False, separators=(",", ":"))
    return written if len(own) <= OWN and len(urlencode(written)) <= LONGEST else None


def read_link(params: Mapping[str, str], known: Sequence[str]) -> dict[str, object]:
    """Read the settings of a link; what is unknown or out of range is left out. known: the functions there are.

    >>> read_link({"question": "Hi", "tools": "calculator,rm", "max_steps": "900", "dialect": "x"}, ["calculator"])
    {'question': 'Hi', 'tools': ['calculator']}
    """
    found: dict[str, object] = {}
    if question := params.get("question", "")[:QUESTION]:
        found["question"] = question
    if params.get("dialect") in ("functions", "tools"):
        found["dialect"] = params["dialect"]
    if "tools" in params:
        found["tools"] = [name for name in dict.fromkeys(params["tools"].split(",")) if name in known]
    steps = params.get("max_steps", "")
    if steps.isascii() and steps.isdigit() and len(steps) <= len(str(STEPS)) and 1 <= int(steps) <= STEPS:
        found["max_steps"] = int(steps)
    if cap := _dollars(params.get("cap", "")):
        found["cap"] = cap
    found |= {name: params[name] == "true" for name in ("again", "strict", "by_get") if name in params}
    if params.get("choice", "") in ("auto", "none", "required", *known) and "choice" in params:
        found["choice"] = params["choice"]
    if params.get("parallel") in ("true", "false"):
        found["parallel"] = params["parallel"]
    return found


def _dollars(text: str) -> float | None:
    """Read an amount as a link writes it; None for anything else, and for none at all."""
    plain = re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,9})?", text)
    return (float(text) or None) if plain and float(text) <= DOLLARS else None


def read_own(
    params: Mapping[str, str], there: Collection[Told], taken: Collection[str]
) -> tuple[list[Told], list[tuple[str, Problem | None]]]:
    """Read the functions that a link brings; and those left out by name, each with its first problem.

    A problem of None says that it is no description at all. there: the visitor's own, which a link never replaces.
    taken: the names of the other functions.
    """
    found: list[Told] = []
    left_out: list[tuple[str, Problem | None]] = []
    for told in _described(params.get("own", "")):
        if told is None:
            left_out.append(("", None))
            continue
        if _closed(told) in map(_closed, (*there, *found)):
            continue
        told = replace(told, schema=_written(told.schema, 2, None))
        names = {*taken, *(each.name for each in (*there, *found))}
        if wrong := problems(told, names):
            left_out.append((told.name, wrong[0]))
        else:
            found.append(told)
    return found, left_out


def _described(text: str) -> list[Told | None]:
    """The descriptions in a link, unchecked; None for what is none."""
    try:
        given = typed_json.read(text, list) if text else []
    except NotTheJson:
        return [None]
    return [_told(each) for each in given[:OWN]]


def _told(given: object) -> Told | None:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        return None
    if not {"name", "description", "schema", "way"} <= set(given) <= set(asdict(Told("", "", ""))):
        return None
    return Told(**given) if given["way"] in ("typed", "template") else None


def _closed(told: Told) -> Told:
    """The same with a schema without blanks: short, and to compare."""
    return replace(told, schema=_written(told.schema, None, (",", ":")))


def _written(schema: str, indent: int | None, separators: tuple[str, str] | None) -> str:
    try:
        return json.dumps(json.loads(schema), ensure_ascii=False, indent=indent, separators=separators)
    except (ValueError, RecursionError):
        return schema
