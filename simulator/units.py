"""Degrees: which unit a prompt names, which function converts one into the other, what it still has to convert.

It converts nothing itself: each number it passes on stands in a prompt or in a function's result.

>>> conversion("celsius_to_fahrenheit"), wanted("in Fahrenheit, please"), given("Convert 100 degrees Celsius.")
(('celsius', 'fahrenheit'), 'fahrenheit', (100, 'celsius'))
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.conversation import Conversation, Offer, Said, parsed

Number = int | float
Degrees = tuple[Number, str]
"""A number and its unit: celsius or fahrenheit."""

NAMES = {"celsius": re.compile(r"celsius|섭씨|°C", re.I), "fahrenheit": re.compile(r"fahrenheit|화씨|°F", re.I)}
_SIGNS = {"c": "celsius", "°c": "celsius", "f": "fahrenheit", "°f": "fahrenheit"}
_UNIT = r"(celsius|fahrenheit|섭씨|화씨|°[CF])"
_CONVERTS = re.compile(rf"{_UNIT}[\W_]*(?:to|를|에서)[\W_]*{_UNIT}", re.IGNORECASE)
_GIVEN = re.compile(
    rf"(-?\d{{1,9}}(?:\.\d{{1,9}})?)\s*(?:degrees?\s*)?{_UNIT}|{_UNIT}\s*(-?\d{{1,9}}(?:\.\d{{1,9}})?)\s*도",
    re.IGNORECASE,
)


def unit(name: object) -> str:
    """Name the unit that a word or a sign stands for; other words stay, in lower case."""
    word = name.strip().lower() if isinstance(name, str) else ""
    return next((unit for unit, pattern in NAMES.items() if pattern.fullmatch(word)), _SIGNS.get(word, word))


def wanted(prompt: str) -> str | None:
    """Find the one unit that a prompt names; None when it names none or both."""
    named = [unit for unit, pattern in NAMES.items() if pattern.search(prompt)]
    return named[0] if len(named) == 1 else None


def given(prompt: str) -> Degrees | None:
    """Find the degrees that a prompt gives, with their unit."""
    match = _GIVEN.search(prompt)
    return (whole(match[1] or match[4]), unit(match[2] or match[3])) if match else None


def conversion(text: str) -> tuple[str, str] | None:
    """Read from a function's name or description which unit it converts into which."""
    match = _CONVERTS.search(text)
    pair = (unit(match[1]), unit(match[2])) if match else None
    return pair if pair and pair[0] != pair[1] else None


def converts(offer: Offer) -> tuple[str, str] | None:
    """Say which unit a function converts into which; None for any other function."""
    return conversion(offer.name) or conversion(offer.description)


def reading(result: object) -> Degrees | None:
    """Read temperature and unit from the result of a weather function."""
    if not isinstance(result, Mapping):
        return None
    value = number(result.get("temperature"))
    return None if value is None else (value, unit(result.get("unit")))


def number(value: Any) -> Number | None:
    """Read a number, or a text that is one."""
    value = parsed(value[:40]) if isinstance(value, str) else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def whole(digits: str) -> Number:
    """Read digits; a whole number stays whole.

    >>> whole("007"), whole("36.6")
    (7, 36.6)
    """
    return float(digits) if "." in digits else int(digits)


def unconverted(conversation: Conversation) -> Iterator[tuple[Offer, Number]]:
    """Give the conversions that the answer still needs: the functions to ask, and the numbers."""
    target = wanted(conversation.last_user)
    asked = [(call.name, parsed(call.arguments)) for said in conversation.turn for call in said.called]
    for offer in conversation.offers:
        units = converts(offer)
        if not units or units[1] != target:
            continue
        done = [value for name, given in asked if name == offer.name for value in _values(given)]
        for degrees in map(reading, map(parsed, _results(conversation))):
            if degrees and degrees[1] == units[0] and degrees[0] not in done:
                done.append(degrees[0])
                yield offer, degrees[0]


def converted(said: Said) -> tuple[Degrees, Degrees] | None:
    """Read the result of a conversion: what was given, and what it is in the other unit."""
    result = parsed(said.text)
    if not isinstance(result, Mapping):
        return None
    found = [(value, unit(key)) for key in result if unit(key) in NAMES and (value := number(result[key])) is not None]
    if len(found) != 2 or found[0][1] == found[1][1]:
        return None
    units = conversion(said.name)
    first, second = found if units is None or units[0] == found[0][1] else reversed(found)
    return first, second


def _results(conversation: Conversation) -> list[str]:
    return [said.text for said in conversation.turn if said.role in ("tool", "function")]


def _values(arguments: Any) -> list[Any]:
    return list(arguments.values()) if isinstance(arguments, Mapping) else []
