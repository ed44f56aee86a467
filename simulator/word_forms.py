"""Words cut so that they can be compared: get_currentWeather, "날씨를", "calculating". It knows no function.

>>> meanings("get_current_weather"), meanings("서울의 날씨를 알려 줘") & meanings("weatherForecast")
(frozenset({'weather'}), frozenset({'weather'}))
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from simulator.phrases import book

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_SUFFIXES = (
    *("ations", "ation", "ators", "ator", "ating", "ated", "ates", "ate", "ments", "ment", "ings", "ing"),
    *("ions", "ion", "ies", "ied", "ed", "es", "s", "y", "e"),
)
SHORTEST = 3
"""Letters that a stem keeps."""
_HANGUL = re.compile("[가-힣]+")
_PARTICLE = re.compile(
    r"(?<=[가-힣A-Za-z0-9.%)])(?:에서부터|에서의|에서는|에서도|으로부터|에게서|이라는|이라고|까지의|에서|에게|한테|까지|부터"
    r"|으로|라는|라고|이랑|하고|처럼|보다|만큼|께서|의|을|를|은|는|이|가|에|로|와|과|도|만|랑)$"
)
_ENDS_IN_ONE = frozenset("의이가에로와과도만랑은는")
"""Particles of one syllable that are also the end of names: 제주도, 종로, 런던 is none."""


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Read tool_words.toml: synonyms, values, and what counts what."""
    return tomllib.loads((Path(__file__).parent / "tool_words.toml").read_text(encoding="utf-8"))


def parts(name: str) -> list[str]:
    """Split an identifier into its words.

    >>> parts("getHTTPStatus_code-2"), parts("현재_날씨")
    (['get', 'http', 'status', 'code', '2'], ['현재', '날씨'])
    """
    return [part.lower() for part in _PARTS.findall(name)]


@cache
def stem(word: str) -> str:
    """Cut an English word to what its forms share.

    >>> [stem(word) for word in ("translate", "translations", "cities", "planning", "time")]
    ['transl', 'transl', 'cit', 'plan', 'tim']
    """
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            word = word[: -len(suffix)]
            break
    doubled = len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word


def without_particle(word: str) -> str:
    """Cut the particle off a Korean word; a word of one syllable before it keeps a particle that may be its own.

    >>> [without_particle(word) for word in ("서울의", "부산에서", "도쿄는", "제주도", "파리")]
    ['서울', '부산', '도쿄', '제주도', '파리']
    """
    match = _PARTICLE.search(word)
    if not match:
        return word
    left = word[: match.start()]
    known = any(left == korean for korean, _ in book("places")["cities"].values())
    if match[0] == "도" and _HANGUL.fullmatch(word):
        # 제주도 is a place, 경기도 too; "서울도" is said of two places only.
        return left if known and left != "제주" else word
    return left if known or len(left) > 1 or match[0] not in _ENDS_IN_ONE else word


def meanings(text: str) -> frozenset[str]:
    """Give what the words of a text mean: a name for what has several words, else the word's stem."""
    found = set()
    for part in parts(text):
        if part in _empty():
            continue
        if part[0] > "\u0fff":
            found |= _korean(part)
        elif not part.isdecimal():
            cut = stem(part)
            found.update(_english().get(cut, (cut,)))
    for phrase, meaning in _phrases():
        if phrase in text:
            found.add(meaning)
    return frozenset(found)


def synonyms(part: str) -> tuple[str, ...]:
    """List the words that mean the same as a part of a property's name, itself first."""
    same = table()["same"]
    meant = _english().get(stem(part), ())
    return tuple(dict.fromkeys([part, *(word for meaning in meant for word in same[meaning])]))


def _korean(word: str) -> set[str]:
    alone = without_particle(word)
    # One syllable is a part of too many words: 합 is a sum, 합니다 is none.
    found = {meaning for one, meaning in _korean_words() if (one in word if len(one) > 1 else one == alone)}
    return found or ({alone} if len(word) > 1 else set())


@cache
def _english() -> dict[str, tuple[str, ...]]:
    stems: dict[str, list[str]] = {}
    for meaning, words in table()["same"].items():
        for word in words:
            if word.isascii():
                stems.setdefault(stem(word), []).append(meaning)
    return {cut: tuple(dict.fromkeys(meanings)) for cut, meanings in stems.items()}


@cache
def _korean_words() -> tuple[tuple[str, str], ...]:
    same: dict[str, list[str]] = table()["same"]
    return tuple((word, meaning) for meaning, words in same.items() for word in words if _HANGUL.fullmatch(word))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    same: dict[str, list[str]] = table()["same"]
    return tuple((word, meaning) for meaning, words in same.items() for word in words if " " in word)


@cache
def _empty() -> frozenset[str]:
    return frozenset(table()["empty"]["words"])
