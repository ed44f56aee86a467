"""Finds the places that a question about the weather names, in English and Korean. It knows no geography beyond a list.

>>> mentioned("What's the weather like in Seoul and in New York?"), mentioned("부산 날씨 어때?")
(('Seoul', 'New York'), ('부산',))
"""

import re
from functools import cache

from simulator.phrases import Language, book

_CAPITALS = re.compile(r"\b(?:in|for|at|of)\s+([^\W\da-z_][\w'’.-]*(?:,? [^\W\da-z_][\w'’.-]*){0,3})")
_LOWER = re.compile(
    r"\b(?:in|for|at)\s+(?!the\b|celsius\b|fahrenheit\b|it\b)([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}?)"
    r"(?=\s*(?:[?!.,]|$|\b(?:today|now|right|tomorrow|tonight|this|please|like|in)\b))",
    re.IGNORECASE,
)
_KOREAN = re.compile(r"([가-힣]{2,8}?)(?:의|은|는|에서|에)?\s*(?:오늘|지금|현재|내일)?\s*(?:날씨|기온)")
MOST = 4


def mentioned(text: str) -> tuple[str, ...]:
    """Find the places in their order, as the text spells them; a listed city is found without any grammar around it."""
    found = [(match.start(), _proper(match[0])) for match in _listed().finditer(text)]
    if not found:
        found = [
            (match.start(), match[1].rstrip(" .'’-"))
            for match in (_CAPITALS.search(text) or _LOWER.search(text),)
            if match
        ]
    if not found and (match := _KOREAN.search(text)) and match[1] not in book("places")["no_places"]:
        found = [(match.start(), match[1])]
    names = [name for _, name in sorted(found) if name and name.lower() not in book("places")["no_places"]]
    return tuple(dict.fromkeys(names))[:MOST]


def country(place: str) -> str | None:
    """Name the country of a listed city."""
    entry: list[str] | None = book("places")["cities"].get(english(place))
    return entry[1] if entry else None


def english(place: str) -> str:
    """Give the English name of a listed city; any other name stays."""
    return next((name for name, (korean, _) in book("places")["cities"].items() if korean == place), place)


def in_language(place: str, language: Language) -> str:
    """Give a listed city its name in the language; any other name stays."""
    if language == "en":
        return english(place)
    cities: dict[str, list[str]] = book("places")["cities"]
    return cities[place][0] if place in cities else place


def weather_word(word: str, language: Language) -> str:
    """Say a word of the weather in the language, where it is listed."""
    words: dict[str, str] = book("places")["words"]
    return words.get(word.strip().lower(), word) if language == "ko" else word


@cache
def _listed() -> re.Pattern[str]:
    cities: dict[str, list[str]] = book("places")["cities"]
    names = [rf"\b{re.escape(name)}\b" for name in cities] + [re.escape(korean) for korean, _ in cities.values()]
    return re.compile("|".join(sorted(names, key=len, reverse=True)), re.IGNORECASE)


def _proper(name: str) -> str:
    cities: dict[str, list[str]] = book("places")["cities"]
    return next((city for city in cities if city.lower() == name.lower()), name)
