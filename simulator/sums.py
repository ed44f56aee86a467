"""Arithmetic in digits, worked out exactly: the four signs, powers, brackets, percents, roots. It solves no equation.

>>> sum_of("What is 12 * 7?"), sum_of("10 나누기 4는?"), sum_of("(1 + 2) * 3"), sum_of("on 2026-11-23")
(('12 × 7', '84'), ('10 ÷ 4', '2.5'), ('(1 + 2) × 3', '9'), None)
>>> sum_of("15% of 80"), sum_of("144의 제곱근은?"), sum_of("two plus two"), sum_of("1/0")
(('15% × 80', '12'), ('√144', '12'), ('2 + 2', '4'), ('1 ÷ 0', ''))
"""

import math
import re
from fractions import Fraction

from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases

_SIGNS = {
    "+": ("plus", "더하기"),
    "-": ("minus", "빼기", "−", "–"),
    "×": ("*", "x", "times", "multiplied by", "곱하기"),
    "÷": ("/", "divided by", "나누기"),
    "^": ("**", "to the power of", "의 거듭제곱"),
}
_SPOKEN = {word: sign for sign, words in _SIGNS.items() for word in words}
_ENGLISH = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_KOREAN = ("영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "십")
_COUNTED = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_WORDS = {word: str(at) for words in (_ENGLISH, _KOREAN, _COUNTED) for at, word in enumerate(words) if word}
_NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
_OPERAND = rf"(?:[(\s]*[-−])?[(\s]*√?{_NUMBER}%?[)\s]*"
_SIGN = "|".join(re.escape(word) for word in sorted([*_SPOKEN, *_SIGNS], key=len, reverse=True))
_COUNT = "|".join(sorted(_WORDS, key=len, reverse=True))
_SAID = "plus|minus|times|divided by|더하기|빼기|곱하기|나누기"
_COUNTS = (
    re.compile(rf"(?<![\w가-힣])(?P<count>{_COUNT})(?=\s*(?:{_SAID}))", re.IGNORECASE),
    re.compile(rf"(?P<sign>(?:{_SAID})\s*)(?P<count>{_COUNT})(?=(?:은|는|이|가|을|를)?(?:\W|$))", re.IGNORECASE),
)
_SUM = re.compile(
    rf"(?<![\w.,/*+√-])(?:{_OPERAND}(?:(?:{_SIGN}){_OPERAND})+|[(]?√{_NUMBER}[)]?)(?![\d_a-z]|[,.]\d|\s*(?:{_SIGN})\s*[\d(a-z])",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?:{_SIGN}|[\w)]-|=)\s*$", re.IGNORECASE)
"""A longer sum has begun before this one."""
_SHORTHAND = (
    (re.compile(rf"half of ({_NUMBER})|({_NUMBER})의 ?(?:절반|반)(?![가-힣])", re.IGNORECASE), r"\1\2 ÷ 2"),
    (re.compile(r"(\d)\s*(?:percent|퍼센트|프로)(?![가-힣])", re.I), r"\1%"),
    (re.compile(rf"({_NUMBER})%\s*of\s*(?=\d)", re.I), r"\1% × "),
    (re.compile(rf"({_NUMBER})의\s*({_NUMBER})%"), r"\1 × \2%"),
    (re.compile(rf"(?:square root of|sqrt\(?|루트|√)\s*({_NUMBER})\)?|({_NUMBER})의 ?제곱근", re.I), r"√\1\2"),
    (re.compile(rf"({_NUMBER})\s*(?:squared|의 ?제곱)(?!근)", re.I), r"\1 ^ 2"),
    (re.compile(rf"({_NUMBER})\s*cubed|({_NUMBER})의 ?세제곱", re.I), r"\1\2 ^ 3"),
    (re.compile(rf"({_NUMBER})의 ?(\d{{1,3}}) ?(?:제곱|승)"), r"\1 ^ \2"),
)
_ASKING = re.compile(
    r"what(?:['’]s| is|s)?|how much(?: is)?|calculate|compute|solve|evaluate|please|pls|equals?|\bis\b|the|result"
    r"|answer|of|can you|could you|tell me|hey|hi|hello|math|quick|한번|좀"
    r"|얼마\w*|뭐\w*|무엇\w*|계산\w*|해\s?줘\w*|답\w*|값\w*|몇\w*"
    r"|알려\s?줘\w*|은|는|이|가|을|를|[\W_]",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"{_NUMBER}|[-+×÷^()√%]")
_NO_SUM = re.compile(r"(?<![\d.,])0\d+\s?[-/]|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,4}-\d{3,4}-\d{4}")
"""Dates and telephone numbers."""
LONGEST = 600
"""Characters of a prompt in which a sum is looked for."""
PLACES = 6
LARGEST_POWER = 200
LARGEST = 2000
"""Bits of a result; a longer one is left."""


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
    text = " ".join(text[:LONGEST].split())
    if _NO_SUM.search(text):
        return None
    for counts in _COUNTS:
        text = counts.sub(lambda match: match.groupdict().get("sign", "") + _WORDS[match["count"].lower()], text)
    for shorthand, written in _SHORTHAND:
        text = shorthand.sub(written, text)
    match = _SUM.search(text)
    if match is None or _OPEN.search(text[: match.start()]):
        return None
    # A date, a range or a telephone number has its signs as close; there must be nothing else in the prompt.
    close = re.search(r"\d\s?[-/]\d", match[0])
    if close and _ASKING.sub("", text[: match.start()] + text[match.end() :]):
        return None
    spoken = re.sub(_SIGN, lambda sign: _SPOKEN.get(sign[0].lower(), sign[0]), match[0], flags=re.IGNORECASE)
    tokens = _TOKEN.findall(_balanced(spoken))
    asked = _written_out(tokens)
    try:
        value = _Reader(tokens).whole()
    except ZeroDivisionError:
        return asked, ""
    except ValueError:
        return None
    return asked, value if isinstance(value, str) else _written(value)


class _Reader:
    """Reads a sum from its tokens, by what binds more tightly: brackets, powers, × and ÷, + and -."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]

    def whole(self) -> Fraction | str:
        """Read it all."""
        value = self._added()
        if self._tokens != [""] or value.numerator.bit_length() > LARGEST:
            raise ValueError
        if self._rough:
            return f"≈ {float(value):.{PLACES}f}".rstrip("0").rstrip(".")
        return value

    _rough = False

    def _added(self) -> Fraction:
        value = self._multiplied()
        while self._tokens[0] in ("+", "-"):
            value = value + self._multiplied() if self._tokens.pop(0) == "+" else value - self._multiplied()
        return value

    def _multiplied(self) -> Fraction:
        value = self._signed()
        while self._tokens[0] in ("×", "÷"):
            value = value * self._signed() if self._tokens.pop(0) == "×" else value / self._signed()
        return value

    def _signed(self) -> Fraction:
        if self._tokens[0] == "-":
            self._tokens.pop(0)
            return -self._signed()
        return self._powered()

    def _powered(self) -> Fraction:
        value = self._one()
        if self._tokens[0] != "^":
            return value
        self._tokens.pop(0)
        power = self._signed()
        if power.denominator != 1 or abs(power) > LARGEST_POWER or len(str(value)) > 40:
            raise ValueError
        return value ** int(power)

    def _one(self) -> Fraction:
        token = self._tokens.pop(0)
        if token == "(":
            value = self._added()
            if self._tokens.pop(0) != ")":
                raise ValueError
        elif token == "√":
            value = self._root(self._one())
        elif token[:1].isdigit():
            value = Fraction(token)
        else:
            raise ValueError
        if self._tokens[0] == "%":
            self._tokens.pop(0)
            value /= 100
        return value

    def _root(self, value: Fraction) -> Fraction:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if (top * top, bottom * bottom) == (value.numerator, value.denominator):
            return Fraction(top, bottom)
        self._rough = True
        return Fraction(math.sqrt(value))


def _balanced(text: str) -> str:
    """Leave out brackets that belong to the sentence around."""
    while text.count("(") > text.count(")"):
        text = text.replace("(", "", 1)
    while text.count(")") > text.count("("):
        text = text[::-1].replace(")", "", 1)[::-1]
    return text


def _written_out(tokens: list[str]) -> str:
    text = "".join(f" {token} " if token in "+-×÷^" else token for token in tokens)
    text = re.sub(r"(^|[+\-×÷^(] ) ?- ", r"\1-", " ".join(text.split()))
    return text


def _written(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    rounded = round(value, PLACES)
    return decimals(rounded) if rounded == value else f"≈ {decimals(rounded)}"


def decimals(value: Fraction) -> str:
    """Write a fraction of tens, hundreds and so on with all its decimals, as no binary number could.

    >>> decimals(Fraction(13624559, 1000)), decimals(Fraction(-3, 10**6))
    ('13624.559', '-0.000003')
    """
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if value < 0 else "") + whole + (f".{rest}" if rest else "")
