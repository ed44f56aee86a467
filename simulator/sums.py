"""Sums of two numbers, in digits: the only arithmetic that the simulator does. What it doesn't read whole, it leaves.

>>> sum_of("What is 12 * 7?"), sum_of("10 나누기 4는?"), sum_of("1 + 2 + 3"), sum_of("on 2026-11-23")
(('12 × 7', '84'), ('10 ÷ 4', '2.5'), None, None)
"""

import re
from fractions import Fraction

from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases

_SIGNS = {
    "+": ("+", "plus", "더하기"),
    "-": (" - ", "minus", "빼기"),
    "×": ("*", "x", "×", "times", "multiplied by", "곱하기"),
    "÷": ("/", "÷", "divided by", "나누기"),
}
_SIGN = "|".join(re.escape(word) for words in _SIGNS.values() for word in words)
_NUMBER = r"-?\d{1,12}(?:\.\d{1,6})?"
_SUM = re.compile(rf"(?<![\w.,/*+-])({_NUMBER})\s*({_SIGN})\s*({_NUMBER})(?![\w,-]*\d|\.\d|\s*(?:{_SIGN})|[a-z])", re.I)
_OPEN = re.compile(rf"(?:{_SIGN}|[-(])\s*$", re.IGNORECASE)
"""A longer sum has begun before this one."""
PLACES = 6


def answer(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Work out the sum that the user asks for."""
    found = sum_of(conversation.last_user)
    if found is None:
        return ()
    asked, result = found
    is_, key = "≈" if result.startswith("≈") else "=", "result" if result else "by_zero"
    return paraphrases("sums", key, conversation.language, what=asked, value=result.removeprefix("≈ "), is_=is_)


def sum_of(text: str) -> tuple[str, str] | None:
    """Read a sum and work it out; the result is empty where there is none."""
    match = _SUM.search(text)
    if match is None or _OPEN.search(text[: match.start()]):
        return None
    sign = next(sign for sign, words in _SIGNS.items() if match[2].lower() in words)
    first, second = Fraction(match[1]), Fraction(match[3])
    asked = f"{match[1]} {sign} {match[3]}"
    if sign == "÷":
        return asked, _written(first / second) if second else ""
    return asked, _written({"+": first + second, "-": first - second, "×": first * second}[sign])


def _written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    exact = round(value, PLACES)
    text = f"{exact.numerator / exact.denominator:.{PLACES}f}".rstrip("0").rstrip(".")
    return text if exact == value else f"≈ {text}"
