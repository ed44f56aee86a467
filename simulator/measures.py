"""Measures turned into each other, as far as a prompt says both units: lengths, masses, volumes, times, degrees.

>>> converted("How many miles is 5 km?", "en"), converted("30도를 화씨로", "ko"), converted("5 km from Seoul", "en")
(('5 km', '≈ 3.1069 miles'), ('섭씨 30도', '화씨 86도'), None)
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import Language, book, paraphrases
from simulator.sums import decimals

PLACES = 4
"""Decimals of a result; in more it is said to be about that."""

_NUMBER = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?"
_CONVERTS = re.compile(
    r"\b(?:convert|how many|how much|in|into|to|equals?|make|makes|as)\b|=|몇|바꾸|바꿔|변환|환산|얼마|[으]?로|는\s*$",
    re.IGNORECASE,
)
_SCALE = r"(?:celsius|fahrenheit|centigrade|섭씨|화씨)"
_DEGREES = re.compile(rf"(?<![\w.,])({_NUMBER})\s*(?:°|degrees?|도)(?![가-힣]*\s*시)", re.IGNORECASE)
_LETTERS = {"C": "celsius", "F": "fahrenheit"}


@dataclass(frozen=True)
class Unit:
    """A unit of measure: value in the base unit = (number - zero) * factor."""

    name: str
    kind: str
    factor: Fraction
    zero: Fraction
    korean: str

    def written(self, number: str, language: Language) -> str:
        """Write so many of it."""
        if self.kind == "heat" and self.name != "kelvin":
            return f"{self.korean} {number}도" if language == "ko" else f"{number} degrees {self.name.capitalize()}"
        if language == "ko":
            return number + self.korean
        name = (
            self.name.removesuffix("s") if number == "1" and self.kind != "heat" and len(self.name) > 2 else self.name
        )
        return f"{number} {'foot' if (number, name) == ('1', 'feet') else 'inch' if name == 'inche' else name}"


def answer(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Convert what the user asks to have converted."""
    found = converted(conversation.last_user, conversation.language)
    if found is None:
        return ()
    return paraphrases("measures", "result", conversation.language, what=found[0], value=found[1])


def converted(text: str, language: Language) -> tuple[str, str] | None:
    """Find a number with its unit and another unit of the same kind, and convert; None without all three."""
    text = _one().sub("1 ", text[:400])
    if not _CONVERTS.search(text):
        return None
    found = _given(text)
    if found is None:
        return None
    number, given, start, end = found
    if len(re.findall(r"\d+", text[:start] + text[end:])):
        return None
    wanted = next((unit for unit in _named(text[:start] + " " + text[end:]) if unit.kind == given.kind), None)
    if wanted is None or wanted == given:
        return None
    base = (number - given.zero) * given.factor
    value = base / wanted.factor + wanted.zero
    digits = _written(value)
    sign = "≈ " if digits.startswith("≈") else ""
    return given.written(_written(number), language), sign + wanted.written(digits.removeprefix("≈ "), language)


def as_unit(value: int | float, given: str, wanted: str) -> int | float | None:
    """Turn a number of one unit into another of its kind, both by their words; None where they are none.

    >>> as_unit(175, "cm", "m"), as_unit(2, "hours", "minutes"), as_unit(3, "km", "kg"), as_unit(2, "rooms", "in")
    (1.75, 120, None, None)
    """
    # What ends in "in" is more often a door than an inch: check_in.
    one, other = _by_word(given), _by_word(wanted) if wanted != "in" else None
    if one is None or other is None or one.kind != other.kind:
        return None
    found = (Fraction(str(value)) - one.zero) * one.factor / other.factor + other.zero
    return found.numerator if found.denominator == 1 else round(float(found), PLACES)


def _given(text: str) -> tuple[Fraction, Unit, int, int] | None:
    """Find the number and its unit. Degrees without a scale are of the other one than is asked for."""
    for match in _numbers().finditer(text):
        if unit := _by_word(match["unit"] or match["before"]):
            return _read(match["number"] or match["degrees"]), unit, match.start(), match.end()
    degrees = _DEGREES.search(text)
    scales = {unit.name for unit in _named(text) if unit.kind == "heat"}
    if degrees is None or len(scales) != 1 or not scales < {"celsius", "fahrenheit"}:
        return None
    other = "celsius" if scales == {"fahrenheit"} else "fahrenheit"
    return _read(degrees[1]), _units()[other], degrees.start(), degrees.end()


def _read(number: str) -> Fraction:
    return Fraction(number.replace(",", "").replace("−", "-"))


def _written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    rounded = round(value, PLACES)
    if not rounded:
        rounded = Fraction(f"{float(value):.{PLACES}g}")
    return decimals(rounded) if rounded == value else f"≈ {decimals(rounded)}"


@cache
def _units() -> dict[str, Unit]:
    return {
        name: Unit(name, one["kind"], Fraction(one["factor"]), Fraction(one.get("zero", "0")), one["ko"][0])
        for name, one in book("measures")["units"].items()
    }


@cache
def _words() -> dict[str, str]:
    """How a unit is written -> its name."""
    listed = book("measures")["units"]
    return {word: name for name, one in listed.items() for word in (*one["en"], *one["ko"])}


def _by_word(word: str) -> Unit | None:
    name = _LETTERS.get(word.strip()) or _words().get(word.strip().lower())
    return _units().get(name or "")


@cache
def _pattern() -> str:
    words = sorted(_words(), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if not re.search("[가-힣]", word))
    korean = "|".join(word for word in words if re.search("[가-힣]", word))
    return rf"(?:{latin})(?![a-z])|(?:{korean})"


@cache
def _one() -> re.Pattern[str]:
    return re.compile(rf"\b(?:an?|one)\s+(?=(?:{_pattern()}))|(?<![가-힣])한 ?(?={_pattern()})", re.IGNORECASE)


@cache
def _numbers() -> re.Pattern[str]:
    degrees = r"(?:degrees?\s*|°\s*)?"
    return re.compile(
        rf"(?P<before>{_SCALE})\s*(?P<degrees>{_NUMBER})\s*(?:도|degrees?)?"
        rf"|(?<![\w.,])(?P<number>{_NUMBER})\s*{degrees}(?P<unit>{_pattern()}|[CF]\b)",
        re.IGNORECASE,
    )


@cache
def _naming() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z가-힣])(?:몇 ?)?(?P<unit>{_pattern()})|\b(?P<letter>[CF])\b", re.IGNORECASE)


def _named(text: str) -> list[Unit]:
    """List the units that a text names, in its order."""
    found = (_by_word(match["unit"] or match["letter"]) for match in _naming().finditer(text))
    return [unit for unit in found if unit]
