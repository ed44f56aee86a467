"""Places, people and codes that a prompt names for a property: "from Seoul to Oslo", 민수에게, order A-17.

>>> places_for("destination", "from Seoul to Oslo"), places_for("city", "in Seoul and Nairobi")
(['Oslo'], ['Seoul', 'Nairobi'])
>>> people_for("to", "민수에게 메일을 보내 줘")
['민수']
"""

import re
from functools import cache, lru_cache

from simulator import facts, places, spans
from simulator.argument_choices import AFTER, OPEN, Role, in_role, role, spots
from simulator.phrases import book
from simulator.word_forms import parts, synonyms, table

_TOGETHER = frozenset(("attendees", "attendee", "participants", "participant", "guests", "invitees", "people"))
PLACES = facts.PLACES | {"destination", "origin", "cities", "locations", "places", "timezone", "capital"}
PEOPLE = facts.PEOPLE | {
    *("recipient", "to", "attendee", "attendees", "participant", "participants", "contact", "customer", "author"),
    *(
        "user",
        "people",
        "names",
        "buyer",
        "seller",
        "owner",
        "patient",
        "guest",
        "guests",
        "friend",
        "assignee",
        "employee",
        "student",
        "artist",
        "sender",
    ),
}


def places_for(name: str, text: str) -> list[str]:
    """Find places: listed ones, capitals after a preposition, Korean words with a particle of place."""
    mine = role(name)
    found = list(places.mentioned(text))
    if not mine or name.lower() in ("location", "destination"):
        pattern = r"\b(?:in|at|of|for|to|from|near|around|visit)\s+"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            whole = _WITH_STATE.match(text, match.end())
            if whole and not places.mentioned(whole["state"]):
                found.append(whole[0])
                more = _MORE.match(text, whole.end())
                found += _row(text, more.end()) if more else []
            else:
                found += _row(text, match.end())
        found = _ordered(found, text)
    if mine:
        placed = [place for place in _ordered([*found, *spans.capitals(text)], text) if _placed(mine, text, place)]
        return placed or _korean_words(text, AFTER[mine])
    return found or _korean_words(text, re.compile(r"^(?:에서|의 ?(?:시간|날씨|인구|수도)|까지)"))


_WITH_STATE = re.compile(
    r"[A-Z][\w'’]*(?: [A-Z]\w+)*,\s(?P<state>[A-Z]{2}\b|[A-Z]\w+(?: [A-Z]\w+)*(?!\s*,|\s+and\b|\w))"
)
_MORE = re.compile(r"(?:,? and |, | & )")


@lru_cache(maxsize=1024)
def is_no_name(text: str) -> bool:
    """Say whether a capitalised word is a day, a month, a language or a unit.

    >>> is_no_name("Fahrenheit"), is_no_name("Monday"), is_no_name("Oslo")
    (True, True, False)
    """
    return text == "I" or bool(spans.DATE.fullmatch(text) or spots(OPEN["language"] + OPEN["unit"], text))


def _row(text: str, at: int) -> list[str]:
    """Read the names that stand in a row: Mina, Bob and Ann."""
    found: list[str] = []
    name = spans.CAPITALS.match(text, at)
    while name:
        found.append(name[0].rstrip("."))
        more = _MORE.match(text, name.end())
        name = spans.CAPITALS.match(text, more.end()) if more else None
    return found


def _ordered(found: list[str], text: str) -> list[str]:
    """Sort by where they stand; what is a part of another is left out, and so are days, months and languages."""
    kept = [one for one in dict.fromkeys(found) if not any(one != other and one in other for other in found)]
    return sorted((one for one in kept if not is_no_name(one)), key=lambda one: text.lower().find(one.lower()))


def _placed(role_: Role, text: str, place: str) -> bool:
    at = text.lower().find(place.lower())
    return at >= 0 and in_role(role_, text, (at, at + len(place), place))


def _korean_words(text: str, after: re.Pattern[str]) -> list[str]:
    found = []
    for match in re.finditer(r"[가-힣A-Za-z0-9]{2,20}", text):
        for length in range(2, len(match[0]) + 1):
            if after.match(text, match.start() + length) or after.match(text[match.start() + length :]):
                found.append(match[0][:length])
                break
    no_places = frozenset(book("places")["no_places"])
    return [word for word in found if word not in no_places | _values() and not word.isdecimal()]


@cache
def _values() -> frozenset[str]:
    """List the words for the values of lists: "이코노미로" names a cabin, and no place."""
    return frozenset(word for words in table()["values"].values() for word in words)


def people_for(name: str, text: str) -> list[str]:
    if facts.known(name) and (introduced := facts.said(name, text)):
        return [str(introduced)]
    words = set(parts(name))
    if words & {"recipient", "to", "contact", "receiver", *_TOGETHER} and (emails := spans.matches(spans.EMAIL, text)):
        return emails
    lead = r"\b(?:with|to|for|by|invite|call|email|message|text|tell|ask|of|contact|user|customer|called|named)\s+"
    found: list[str] = []
    for match in re.finditer(lead, text, re.IGNORECASE):
        found += _row(text, match.end())
    if not found and words & _SUBJECTS and (subject := _SUBJECT.search(text)):
        found = [subject["name"]]
    if not found and words & _SUBJECTS and (subject := _SUBJECT_KOREAN.search(text)):
        found = [subject["name"]]
    if not found:
        found = [match[1] for match in re.finditer(r"([가-힣]{2,4})(?:에게|한테|께|씨|님)", text)]
    if not found and words & _TOGETHER:
        found = [match[1] for match in re.finditer(r"([가-힣]{2,4}?)(?:이랑|하고|와|과|랑)\s", text)]
    # "for John" may be a place as well as a person, as far as its grammar goes; a listed city is none.
    return [one for one in dict.fromkeys(found) if places.country(one) is None]


_SUBJECTS = facts.PEOPLE | {"buyer", "seller", "owner", "patient", "customer", "student", "employee", "author"}
"""What a property is called that wants whoever does what a text tells."""
_SUBJECT_KOREAN = re.compile(
    r"(?:^|[.!?,]\s*)(?!우리|그녀|제가|내가|이름|나이|오늘|여기)(?P<name>[가-힣]{2,4}?)(?:이는|은|는|이가|이|가) "
    r"(?=\d{1,3} ?(?:살|세)|[^.]{0,20}(?:살아|살고|사는|삽니다|태어|좋아))"
)
_SUBJECT = re.compile(
    r"(?:^|[.!?:,]\s*|\n|\band\s)(?:(?:extract|save|user|person|name)[^.:\n]{0,40}:\s*)?"
    r"(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})(?=,?\s(?:is|was|who|works|lives|aged|bought|ordered|paid|sold|likes|wants)\b|,?\s\(?\d{1,3}\b(?!\s?[a-z])|\s\()"
)


_DASHED = re.compile(r"(?<![\w-])\d{2,8}(?:[- ]\d{2,8}){1,5}(?![\w-])|(?<![\w-])\d{6,20}(?![\w-])")


def ids_for(words: set[str], text: str) -> list[str]:
    """Find codes and numbers that name something: order A-17, #42, id 7."""
    found = spans.matches(_DASHED, text) if "number" in words else []
    found = found or [code.lstrip("#") for code in spans.matches(spans.CODE, text)]
    if found:
        return found
    cues = "|".join(sorted({re.escape(word) for part in words for word in synonyms(part)} | {"id", "number", "no"}))
    after = rf"(?:{cues})(?:\s?(?:number|id|no\.?|번호))?(?:은|는|이|가)?\s*[:#=]?\s*(\d{{1,18}})"
    match = re.search(after, text, re.IGNORECASE) or re.search(rf"(\d{{1,18}})\s?번?\s?(?:{cues})", text, re.I)
    return [match[1]] if match else []
