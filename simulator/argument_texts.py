"""Texts for the arguments of a function: which words of a prompt a property's name, format and description ask for.

It finds what a prompt says, and nothing else: None is an honest answer.

>>> today = date(2026, 11, 23)
>>> [said(name, {}, "Send a note to Mina about lunch", today) for name in ("recipient", "topic")]
['Mina', 'lunch']
>>> said("to_currency", {}, "100달러를 원으로 환전하면 얼마야?", today), said("when", {}, "오후 3시에 알려 줘", today)
('KRW', '15:00')
"""

import re
import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from simulator import places, spans
from simulator.argument_choices import OPEN, chosen, role, spots
from simulator.argument_names import PEOPLE, PLACES, ids_for, people_for, places_for
from simulator.word_forms import parts, synonyms, table, without_particle

_TIMES = frozenset(("time", "hour", "clock", "at", "when"))
_DATES = frozenset(("date", "day", "deadline", "due", "birthday", "when", "checkin", "checkout", "until", "datetime"))
_IDS = frozenset(("id", "identifier", "code", "key", "reference", "ref", "sku", "uuid"))
SUMS = frozenset(("expression", "formula", "equation", "calculation", "expr", "sum"))
_SYMBOLS = frozenset(("symbol", "ticker", "symbols", "tickers"))
_CALLED = r"(?:called|named|titled|entitled|title|name)"
_CUES: Mapping[str, str] = {
    "title": _CALLED,
    "name": _CALLED,
    "message": r"(?:saying|that says|says|message|telling \w+|tell \w+(?: that)?|that)",
    "body": r"(?:saying|that says|says|body|message|telling \w+(?: that)?|that)",
    "content": r"(?:saying|that says|says|content|message|that)",
    "text": r"(?:saying|that says|text)",
    "topic": r"(?:about|topic|regarding)",
    "subject": r"(?:subject|about|regarding)",
    "task": r"(?:remind me to|to)",
    "reason": r"(?:because|reason)",
    "username": r"(?:user(?:name)?|account|login)",
}
_STOP = (
    r"(?=\s*(?:[.,;!?\n]|$|\b(?:and|with|at|on|from|for|in|by|to|please|subject|saying|that says|tomorrow|today)\b))"
)
_END = r"(?=\s*(?:[.;!?\n]|$|,?\s(?:with |and )?(?:the )?(?:subject|title)\b))"
_SPEECH = frozenset(("message", "body", "content", "text"))
_MOST_WORDS = 200


def said(name: str, schema: Mapping[str, Any], text: str, today: date) -> str | None:
    """Find what a text says for a property."""
    return next(iter(every(name, schema, text, today)), None)


def every(name: str, schema: Mapping[str, Any], text: str, today: date) -> list[str]:
    """Find all that a text says for a property, in its order; the likeliest kind decides."""
    words, format_ = set(parts(name)), schema.get("format")
    told = schema.get("description")
    about = told if isinstance(told, str) else ""
    if format_ == "email" or words & {"email", "emails", "mail"}:
        return spans.matches(spans.EMAIL, text)
    if format_ in ("uri", "url") or words & {"url", "link", "website", "uri", "href"}:
        return spans.matches(spans.URL, text)
    if words & {"path", "file", "filename", "filepath"} and (files := spans.matches(spans.FILE, text)):
        return files
    if words & {"repo", "repository"} and (repositories := spans.matches(spans.REPOSITORY, text)):
        return repositories
    if words & {"timezone", "tz"} or {"time", "zone"} <= words:
        return [zone(place) for place in places_for(name, text)]
    if format_ in ("date", "date-time") or words & _DATES or (format_ == "time" or words & _TIMES):
        moments = _moments(words, format_, about, text, today)
        if moments or not words & PLACES:
            return _by_role(name, moments)
    if words & {"phone", "mobile", "tel"}:
        return spans.matches(spans.PHONE, text)
    for kind, open_ in OPEN.items():
        if kind in words and (found := chosen(name, open_, text)):
            return [_open_name(kind, value, about, text) for value in found]
    if words & SUMS and (sum_ := spans.expression(text)):
        return [sum_]
    if words & _SYMBOLS:
        named = [match["name"] or match["en"] for match in _SHARES.finditer(text)]
        return spans.matches(spans.TICKER, text) or spans.quoted(text) or named or spans.capitals(text)
    if "street" in words or (words & {"address"} and spans.STREET.search(text)):
        return spans.matches(spans.STREET, text)
    if words & PLACES and (found := places_for(name, text)):
        return found
    if words & _IDS:
        return ids_for(words, text)
    if "number" in words and (found := ids_for(words, text)):
        return found
    if words & PEOPLE and (found := people_for(name, text)):
        return found
    return [cued] if (cued := _cued(name, text)) else []


_SHARES = re.compile(
    r"(?P<name>[가-힣A-Za-z]{2,15}?)(?:의)? ?(?:주가|주식|시세)|\b(?P<en>[A-Z]\w+)(?:['’]s)? (?:stock|shares?)\b"
)


def zone(place: str) -> str:
    """Name the time zone of a city where it has one of its own name, else give the place back.

    >>> zone("서울"), zone("Springfield")
    ('Asia/Seoul', 'Springfield')
    """
    return _zones().get(places.english(place).lower().replace(" ", "_"), place)


def phrase(text: str, verbs: Iterable[str] = ()) -> str:
    """Cut a request down to what it is about: without the verbs that ask for it.

    >>> phrase("Please search the web for news about cats.", ["search"]), phrase("고양이 뉴스를 검색해 줘", ["search"])
    ('news about cats', '고양이 뉴스')
    """
    if match := _GIVEN.search(text):
        return match["said"].strip()[:_MOST_WORDS]
    cut = _POLITE.sub("", text.strip())
    asked = [word for verb in verbs for word in synonyms(verb)]
    english = "|".join(re.escape(word) for word in asked if word.isascii())
    between = "the|my|our|up|me|us|web|internet|online|database|for|about|of|on|a|an|to|that"
    lead = rf"^(?:(?:{english})\w*\s+)(?:(?:{between})\s+)*"
    if english:
        cut = re.sub(lead, "", cut, flags=re.IGNORECASE)
    korean = "|".join(re.escape(word) for word in asked if not word.isascii())
    ask = f"{korean}{'|' if korean else ''}알려|말해|보여"
    about, politely = "을|를|에 대해서?|에 대한|에 관한|관련", "줘|주세요|줄래|봐|볼래|주실래요"
    tail = rf"(?:{about})?\s*(?:웹에서\s*)?(?:{ask})[가-힣]*(?:\s*(?:{politely})[가-힣]*)?[.?!]*$"
    cut = re.sub(tail, "", cut)
    cut = re.sub(r"\s*(?:,?\s*please|for me|using the tool|use the tool)?[\s.?!]*$", "", cut, flags=re.IGNORECASE)
    return (cut or text).strip()[:_MOST_WORDS]


_GIVEN = re.compile(r"^[^:\n]{3,60}:\s+(?P<said>\S.*)$", re.DOTALL)
_POLITE = re.compile(
    r"^(?:(?:please|can you|could you|would you|will you|i want to|i want you to|i['’]d like (?:you )?to"
    r"|i need to|let['’]s|hey|hi|hello|ok|okay|kindly|then|and|also|now)[\s,!.]+)+",
    re.IGNORECASE,
)


def _moments(words: set[str], format_: object, about: str, text: str, today: date) -> list[str]:
    """Find dates, times, or both together, as the property wants them."""
    days, hours = list(spans.dates(text, today)), spans.times(text)
    exact = format_ in ("date", "date-time") or re.search(r"YYYY|ISO", about)
    if format_ == "date-time" or "datetime" in words or ("ISO" in about and words & _TIMES and days):
        return [f"{day}T{hours[min(at, len(hours) - 1)] if hours else '00:00'}:00Z" for at, day in enumerate(days)] or [
            f"{today.isoformat()}T{hour}:00Z" for hour in hours
        ]
    if format_ == "time":
        return [f"{hour}:00Z" for hour in hours]
    if words & _TIMES and not words & (_DATES - {"when"}) and format_ != "date":
        return hours or (spans.matches(spans.DATE, text) if "when" in words else [])
    if not exact and not re.search(r"\d", "".join(spans.matches(spans.DATE, text))):
        return spans.matches(spans.DATE, text)
    return days


def _by_role(name: str, moments: list[str]) -> list[str]:
    return moments[1:] if role(name) == "to" and len(moments) > 1 else moments


def _cued(name: str, text: str) -> str | None:
    """Find what follows a word for the property: subject "Lunch", 제목은 점심."""
    for part in reversed(parts(name)):
        same = [re.escape(word) for word in synonyms(part) if len(word) > 1]
        if not same:
            continue
        words, cue = "|".join(same), _CUES.get(part)
        lead = rf"(?:\b{cue}\b|\b(?:{words})\b)" if cue else rf"\b(?:{words})\b"
        quoted = rf"(?:{lead}|(?:{words})(?:은|는|을|를|이|가)?)\s*(?:is|of|:|=|to|as)?\s*(?:{spans.QUOTED.pattern})"
        if match := re.search(quoted, text, re.IGNORECASE):
            return str(next(filter(None, match.groups())))
        end = _END if part in _SPEECH else _STOP
        if cue and (
            match := re.search(
                rf"\b{cue}\b\s*(?:is|:|=)?\s+(?!(?:and|or|of)\b)(?P<said>\S.{{0,200}}?){end}", text, re.I
            )
        ):
            return match["said"].strip(" \"'“”")
        if found := _cued_in_korean(part, [word for word in same if not word.isascii()], text):
            return found
    return None


def _cued_in_korean(part: str, words: list[str], text: str) -> str | None:
    if not re.search("[가-힣]", text):
        return None
    told = r"(?:이고|고|이야|야|[,.]|$|(?:으로|로)\s|이라는|라는|이라고|라고)"
    booked = _BOOKED.match(text) if part in {"title", "subject", "event", "summary"} else None
    if booked:
        return booked["said"]
    match = re.search(rf"(?:{'|'.join(words)})(?:은|는)\s*(?P<said>[^,.\n]{{1,40}}?){told}", text) if words else None
    if match is None and part in _SPEECH | {"title", "name"}:
        match = re.search(r"(?P<said>[^\s,.][^,.\n]{0,40}?)(?:이라는|라는|이라고|라고)", text)
    return without_particle(match["said"].strip(" \"'“”")) if match else None


_BOOKED = re.compile(
    r"(?:.*(?:[에랑와과]|하고)\s)?(?P<said>[^,.]{1,25}?)\s(?:일정|약속|미팅)(?:을|를|이|가)?\s?(?:잡|추가|등록|만들|넣)"
)
"""What an appointment is called stands before the word for it, behind the time and the people."""


def _open_name(kind: str, value: str, about: str, text: str) -> str:
    """Write a language, currency or unit: as the prompt does, a currency by its code."""
    if kind == "currency":
        return value.upper()
    if kind in ("language", "lang"):
        code: str = table()["values"][value][1]
        return code if re.search(r"\bISO|\bcode\b|'[a-z]{2}'|\b(?:en|ko|fr)\b", about) else value.capitalize()
    at = next(iter(spots([value], text)), None)
    return text[at[0] : at[1]] if at and at[2] == value and text[at[0] : at[1]].isascii() else value


@cache
def _zones() -> dict[str, str]:
    return {
        name.rpartition("/")[2].lower(): name
        for name in sorted(zoneinfo.available_timezones())
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    }
