"""What stands in a text: numbers with what they count, dates, addresses, quoted and capitalised words, lists.

It finds; which argument of a function a finding becomes is decided elsewhere.

>>> [number.value for number in numbers("Book 2 rooms for three nights, at most $120.50")]
[2, 3, 120.5]
>>> date_of("the 25th of November 2026", date(2026, 11, 23)), date_of("내일", date(2026, 11, 23))
('2026-11-25', '2026-11-24')
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.word_forms import table, without_particle

MOST = 40
"""Findings of a kind that are looked at."""

QUOTED = re.compile(
    r"\"([^\"\n]{1,300})\"|“([^”\n]{1,300})”|(?<![^\W_])'([^'\n]{1,300}?)'(?![A-Za-z0-9])|‘([^’\n]{1,300})’|`([^`\n]{1,300})`"
    r"|「([^」\n]{1,300})」"
)
EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
URL = re.compile(
    r"https?://[^\s<>\"'가-힣]{1,500}[^\s<>\"'가-힣.,;:!?)]|\bwww\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?:/[\w./-]{0,200})?"
)
PHONE = re.compile(r"(?<![\w-])\+?\d{1,4}[ -]\d{2,4}[ -]\d{3,4}(?:[ -]\d{2,4})?(?![\w-])")
TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?|(?<![\d:])(?P<hour2>\d{1,2}):(?P<minute2>\d{2})"
    r"(?![\d:])|(?:(?P<half3>오전|오후|아침|저녁|밤)\s?)?(?P<hour3>\d{1,2})시(?!간)(?:\s?(?:(?P<minute3>\d{1,2})분|(?P<thirty>반)))?"
    r"|\b(?P<noon>noon|midnight)\b",
    re.IGNORECASE,
)
FILE = re.compile(r"(?<![\w@/.:-])(?:[~.]{0,2}/)?(?:[\w-]+/){0,8}[\w-]+\.[A-Za-z]{1,5}(?![\w@/.])")
REPOSITORY = re.compile(r"(?<![\w@/.:-])[\w-]{1,40}/[\w.-]{1,60}(?![\w@/])")
CODE = re.compile(
    r"(?<![\w.@#/-])#?(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z_-])[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*(?![\w@/-])|#\d{1,15}\b"
)
STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?\s(?:[A-Z][\w'’.]*\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Boulevard|Blvd|Square)\b"
    r"|[가-힣]{1,10}(?:로|길)\s?\d{1,5}(?:-\d{1,4})?(?!\s?(?:명|개|시|분))"
)
TICKER = re.compile(r"(?<![\w-])[A-Z]{2,5}(?![\w-])")
_TERM = r"(?:[-(]\s?){0,5}(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?\){0,5}"
_SIGN = r"(?:\*\*|[-+*/×÷^%x]|plus|minus|times|multiplied by|divided by|더하기|빼기|곱하기|나누기)"
EXPRESSION = re.compile(rf"(?<![\w.]){_TERM}(?:\s{{0,3}}{_SIGN}\s{{0,3}}{_TERM})+(?![A-Za-z0-9_-])", re.IGNORECASE)
_SIGNS = {
    **{"×": "*", "x": "*", "÷": "/", "plus": "+", "minus": "-", "times": "*", "multiplied by": "*"},
    **{"divided by": "/", "더하기": "+", "빼기": "-", "곱하기": "*", "나누기": "/"},
}
_WORDS = (*("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),)
_KOREAN_WORDS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_NUMBER = re.compile(
    r"(?<![\w.])(?<![\d:]-)(?P<sign>-?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
    r"(?!\d|[.,:/]\d|-\d)(?:\s?(?P<many>million|thousand|billion|만|천|억)(?![a-z]))?(?:-|\s?)(?P<unit>[A-Za-z가-힣°%][A-Za-z가-힣°-]*|%)?"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b(?:[\s-](?!(?:{'|'.join(_WORDS)})\b)(?P<unit2>[A-Za-z]+))?"
    r"|(?<![가-힣])(?P<korean>한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?P<unit3>명|개|장|잔|권|병|마리|사람|시간|박|분|번|달|살)",
    re.IGNORECASE,
)
_MANY = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "천": 10**3, "만": 10**4, "억": 10**8}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DATE = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)|(?P<ko>(?:(?P<year>\d{4})년\s?)?(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일)"
    rf"|\b{_MONTH.format('named')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>\d{{4}}))?"
    rf"|\b(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH.format('named3')}\b(?:,?\s(?P<year3>\d{{4}}))?"
    r"|\b(?P<said>the day after tomorrow|today|tonight|tomorrow|yesterday)\b|(?P<said_ko>모레|내일|오늘|어제)"
    rf"|\b(?:(?P<next>next|this|coming)\s)?(?P<weekday>{'|'.join(_DAYS)})\b"
    r"|(?:(?P<next_ko>다음\s?주|이번\s?주)\s?)?(?P<weekday_ko>[월화수목금토일])요일",
    re.IGNORECASE,
)
_AWAY = {
    **{"the day after tomorrow": 2, "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1},
    **{"모레": 2, "내일": 1, "오늘": 0, "어제": -1},
}
_NAME = r"[^\W\da-z_][^\W\d_]*(?:['’.-][^\W\d_]+)*"
_SMALL = r"(?:of|de|da|del|la|le|van|von|the)"
CAPITALS = re.compile(rf"(?<![\w'’@#/.-]){_NAME}(?:\s(?:{_SMALL}\s(?={_NAME}))?{_NAME})*")
_ASKS = re.compile(r"[가-힣]*(?:줘|줘요|주세요|줄래|줄래요|해라|하세요|부탁해)")
_MOMENT = re.compile(rf"(?:{DATE.pattern}|{TIME.pattern})(?:에|부터|까지)?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number in a text."""

    value: int | float
    start: int
    unit: str
    """The word after it, in lower case; empty where there is none."""


def numbers(text: str) -> list[Number]:
    """Find the numbers in their order; those of times and dates are none."""
    taken = [match.span() for pattern in (DATE, TIME, EMAIL, URL, CODE, STREET) for match in pattern.finditer(text)]
    # 70kg is a number with its unit, #42 a number too, and both are no code.
    taken = [
        (start, end) for start, end in taken if not re.fullmatch(r"#\d+|\d+(?:\.\d+)?[A-Za-z]{1,3}", text[start:end])
    ]
    found = []
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        unit = (match["unit"] or match["unit2"] or match["unit3"] or "").lower()
        if match["digits"]:
            digits = match["sign"] + match["digits"].replace(",", "")
            value: int | float = float(digits) if "." in digits else int(digits)
            value = value * _MANY.get((match["many"] or "").lower(), 1)
        elif match["word"]:
            value = _WORDS.index(match["word"].lower())
            if not unit or (match["word"].lower() == "one" and not _is_counted(unit)):
                continue
        else:
            value = _KOREAN_WORDS[match["korean"]]
        found.append(Number(value, match.start(), unit))
    return found[:MOST]


def counts(number: Number, meaning: str) -> bool:
    """Say whether a number counts this: minutes, guests, tickets."""
    listed: list[str] = table()["counted"].get(meaning, [])
    unit = without_particle(number.unit) or number.unit
    if unit.isascii():
        return unit in listed
    return any(not word.isascii() and number.unit.startswith(word) for word in listed)


def expression(text: str) -> str | None:
    """Find what is to be worked out, its signs in ASCII.

    >>> expression("What is 12 times (3 + 4)?"), expression("12 곱하기 7은?"), expression("on 2026-11-23")
    ('12 * (3 + 4)', '12 * 7', None)
    """
    dates = [match.span() for pattern in (DATE, PHONE) for match in pattern.finditer(text)]
    for match in EXPRESSION.finditer(text):
        if not any(start <= match.start() < end for start, end in dates):
            signs = sorted(_SIGNS, key=len, reverse=True)
            written = re.sub(
                "|".join(map(re.escape, signs)), lambda sign: _SIGNS[sign[0].lower()], match[0], flags=re.I
            )
            return written.replace(",", "").strip()
    return None


def matches(pattern: re.Pattern[str], text: str) -> list[str]:
    """Find all that a pattern finds, each once."""
    return list(dict.fromkeys(match[0] for match in pattern.finditer(text)))[:MOST]


def quoted(text: str) -> list[str]:
    """Find what stands in quotation marks."""
    return [next(filter(None, match.groups())) for match in QUOTED.finditer(text)][:MOST]


def capitals(text: str) -> list[str]:
    """Find names by their capitals; the word that begins a sentence is none, unless another capital follows it."""
    found = []
    # Hangul has no small letters, so what is no name has to be taken out before.
    text = _MOMENT.sub(lambda moment: ", " if re.search("[가-힣]", moment[0]) else moment[0], text)
    for match in CAPITALS.finditer(text):
        words = match[0].rstrip(".").split()
        if _begins(text, match.start()) and (len(words) == 1 or words[0].lower() in _OPENERS):
            words = words[1:]
        while words and words[0].lower() in _OPENERS:
            words = words[1:]
        while words and _ASKS.fullmatch(words[-1]):
            words = words[:-1]
        if words and words != ["I"]:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))[:MOST]


def date_of(text: str, today: date) -> str | None:
    """Find the first date and write it as ISO does; without a year it is the next one from today on."""
    return next(dates(text, today), None)


def dates(text: str, today: date) -> Iterator[str]:
    """Find the dates in their order, written as ISO does."""
    for match in DATE.finditer(text):
        found = _date(match, today)
        if found:
            yield found.isoformat()


def times(text: str) -> list[str]:
    """Find the times of day, on a clock of 24 hours.

    >>> times("from 3pm to 16:30"), times("오후 3시 반")
    (['15:00', '16:30'], ['15:30'])
    """
    found = []
    for match in TIME.finditer(text):
        if match["noon"]:
            found.append("12:00" if match["noon"].lower() == "noon" else "00:00")
            continue
        hour = int(match["hour"] or match["hour2"] or match["hour3"])
        minute = 30 if match["thirty"] else int(match["minute"] or match["minute2"] or match["minute3"] or 0)
        half = (match["half"] or match["half3"] or "").lower()
        hour += 12 if half in ("p", "오후", "저녁", "밤") and hour < 12 else 0
        hour = 0 if half in ("a", "오전") and hour == 12 else hour
        if hour < 24 and minute < 60:
            found.append(f"{hour:02}:{minute:02}")
    return found[:MOST]


def _date(match: re.Match[str], today: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if away := match["said"] or match["said_ko"]:
            return today + timedelta(days=_AWAY[away.lower()])
        if match["weekday"] or match["weekday_ko"]:
            wanted = (
                _DAYS.index(match["weekday"].lower())
                if match["weekday"]
                else "월화수목금토일".index(match["weekday_ko"])
            )
            days = (wanted - today.weekday()) % 7 or 7
            return today + timedelta(days=days)
        month_name = match["named"] or match["named3"]
        month = _MONTHS.index(month_name[:3].lower()) + 1 if month_name else int(match["month"])
        day = int(match["day"] or match["day2"] or match["day3"])
        year = match["year"] or match["year2"] or match["year3"]
        found = date(int(year) if year else today.year, month, day)
        return found if year or found >= today else date(today.year + 1, month, day)
    except (ValueError, OverflowError):
        return None


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or before[-1] in '.!?:\n"“'


def _is_counted(unit: str) -> bool:
    counted: dict[str, list[str]] = table()["counted"]
    return any(unit in words for words in counted.values())


_OPENERS = frozenset(
    (
        *(
            "what",
            "who",
            "where",
            "when",
            "how",
            "why",
            "which",
            "is",
            "are",
            "can",
            "could",
            "would",
            "please",
            "tell",
        ),
        *(
            "give",
            "show",
            "find",
            "get",
            "book",
            "order",
            "send",
            "add",
            "set",
            "convert",
            "translate",
            "search",
            "look",
        ),
        *(
            "the",
            "a",
            "an",
            "i",
            "i'm",
            "and",
            "also",
            "then",
            "in",
            "for",
            "hello",
            "hi",
            "hey",
            "compute",
            "calculate",
        ),
        *("create", "make", "schedule", "remind", "play", "turn", "open", "close", "buy", "cancel", "delete", "list"),
        *("extract", "save", "write", "read", "my", "it", "do", "does", "call", "use", "check", "compare", "multiply"),
    )
)
