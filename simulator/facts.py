"""What a text says about a property of a schema: who, how old, where. It finds or it doesn't; it makes nothing up.

>>> text = "I'm John, I'm 28 years old, and I live in Boston."
>>> [said(name, text) for name in ("name", "age", "city")], said("city", "Hello! I'm John.")
(['John', 28, 'Boston'], None)
"""

import re
from collections.abc import Mapping
from typing import Any

from simulator import names, places

PLACES = frozenset(["location", "city", "place", "where", "region", "address", "town"])
PEOPLE = frozenset(["name", "full_name", "first_name", "person", "user_name", "username"])
AGES = frozenset(["age", "years", "age_in_years"])
_AGE = re.compile(
    r"\b(?P<told>\d{1,3})(?:[ -]?years?\b|\s?(?:살|세)(?![가-힣]*\s?기))"
    r"|\b(?:aged|age(?: is|:)?|who is) (?P<aged>\d{1,3})\b|\w \((?P<beside>\d{1,3})\)|나이[는가]? ?(?P<ko>\d{1,3})",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"e\.g\.,? ([^\n;()]{1,60})")
UNKNOWN = "unknown"


def known(property_: str) -> bool:
    """Say whether this is a kind of fact that can be found."""
    return property_.lower() in PLACES | PEOPLE | AGES


def said(property_: str, text: str) -> Any:
    """Find what a text says about a property; None when it doesn't."""
    name = property_.lower()
    if name in PLACES:
        return next(iter(places.mentioned(text)), None)
    if name in PEOPLE:
        return names.introduced(text)
    match = _AGE.search(text) if name in AGES else None
    return int(next(filter(None, match.groups()))) if match else None


def filler(schema: Mapping[str, Any]) -> str:
    """Write something where something has to be written: the example of the description, as real models do."""
    description = schema.get("description")
    example = _EXAMPLE.search(description) if isinstance(description, str) else None
    return example[1].strip() if example else UNKNOWN
