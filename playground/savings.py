"""What leaving a part of the tools out of a request saves, largest first. The counting is the ledger's.

>>> function = {"name": "now", "description": "Tell the time"}
>>> body = {"model": "gpt-4", "messages": [], "functions": [function]}
>>> [(saving.what, saving.where, saving.tokens) for saving in savings(body)]
[('function offered', 'functions[0]', 28), ('description', 'functions[0].description', 5)]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import json_paths
from playground.ledger import count_prompt

PARTS = ("function offered", "parameter", "description")
"""What of a tool can be left out by itself, as the ledger names it."""

WORK = 20_000
"""Entries that are counted at most, all recounts together: each part that is left out counts the request once more."""

MOST, LEAST = 100, 3
"""Parts that are tried of a short request, and of a very long one."""


@dataclass(frozen=True)
class Saving:
    """A part of a request and the tokens that the request costs less without it."""

    what: str
    where: str
    text: str
    """As the model is shown it."""
    tokens: int


def savings(body: Mapping[str, Any], most: int = MOST) -> tuple[Saving, ...]:
    """Count what leaving out each function, parameter and description saves; of many, only the longest are tried.

    Raises: TextTooLong where the tokenizer gives up.
    """
    bill = count_prompt(body)
    parts = [entry for entry in bill.entries if entry.what in PARTS and _removable(entry.where)]
    parts.sort(key=lambda entry: entry.tokens, reverse=True)
    most = min(most, max(LEAST, WORK // max(1, len(bill.entries))))
    found = []
    for entry in parts[:most]:
        where = _removable(entry.where)
        left = count_prompt(json_paths.without(body, where)).total
        found.append(Saving(entry.what, where, entry.text, bill.total - left))
    return tuple(sorted(found, key=lambda saving: saving.tokens, reverse=True))


def _removable(where: str) -> str:
    """Name what has to go so that a part is gone: a tool with the object that says it is a function."""
    *above, last = json_paths.steps(where) or ("",)
    if last == "function" and len(above) == 2 and above[0] == "tools":
        return where.removesuffix(".function")
    return where
