"""Which values of a list a prompt names for a property, in English and Korean; from and to are told apart.

>>> chosen("to_unit", ["celsius", "fahrenheit"], "Convert 25 celsius to fahrenheit")
['fahrenheit']
>>> chosen("priority", ["LOW", "MEDIUM", "HIGH"], "급한 일이야"), chosen("size", ["small", "large"], "a table for two")
(['HIGH'], [])
>>> [chosen(name, ["mile", "kilometer"], "How many kilometers are 26 miles?") for name in ("from_unit", "to_unit")]
[['mile'], ['kilometer']]
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from simulator.word_forms import parts, stem, synonyms, table

Role = Literal["from", "to"]

_ROLES: Mapping[Role, frozenset[str]] = {
    "from": frozenset(
        ("from", "source", "origin", "departure", "start", "base", "begin", "since", "sender", "checkin")
    ),
    "to": frozenset(
        ("to", "target", "destination", "dest", "arrival", "into", "recipient", "receiver", "end", "until", "checkout")
    ),
}
_BEFORE: Mapping[Role, re.Pattern[str]] = {
    "from": re.compile(r"(?:\b(?:from|between|leaving)\s+(?:the\s+|[\"'“])?|\d\s?)$", re.IGNORECASE),
    "to": re.compile(r"(?:\b(?:to|into|in|until|till|as|how many)|->|→)\s+(?:the\s+|[\"'“])?$", re.IGNORECASE),
}
AFTER: Mapping[Role, re.Pattern[str]] = {
    "from": re.compile(r"^(?:에서|부터|발\b)"),
    "to": re.compile(r"^(?:으로|로|까지|에게|한테|행\b|\s?(?:에\s?)?가는)"),
}
OPEN: Mapping[str, tuple[str, ...]] = {
    "language": ("korean", "english", "japanese", "chinese", "french", "german", "spanish", "italian"),
    "lang": ("korean", "english", "japanese", "chinese", "french", "german", "spanish", "italian"),
    "currency": ("usd", "krw", "eur", "jpy", "gbp", "cny"),
    "unit": (
        *("celsius", "fahrenheit", "kelvin", "km", "mile", "meter", "foot", "inch", "cm", "kg", "lb", "gram", "ounce"),
        *("liter", "gallon"),
    ),
    "units": (*("celsius", "fahrenheit", "kelvin", "km", "mile", "meter", "foot", "inch", "cm", "kg", "lb"),),
    "color": ("red", "blue", "green", "yellow", "white", "black"),
    "colour": ("red", "blue", "green", "yellow", "white", "black"),
    "size": ("small", "medium", "large"),
    "priority": ("high", "medium", "low"),
}


def role(name: str) -> Role | None:
    """Say whether a property is where something comes from or goes to."""
    words = set(parts(name))
    return next((role for role, names in _ROLES.items() if words & names), None)


def spots(values: Iterable[str], text: str) -> list[tuple[int, int, str]]:
    """Find the values of an enum in a text, under their own or another name: where they stand, in their order."""
    found = []
    lower = text.lower()
    for value in values:
        first: dict[int, int] = {}
        for word in _ways_to_say(value):
            for match in _whole(word).finditer(lower):
                first[match.start()] = max(first.get(match.start(), 0), match.end())
        found += [(start, end, value) for start, end in first.items()]
    found.sort(key=lambda one: (one[0], -one[1]))
    return [
        one
        for at, one in enumerate(found)
        if not any(o[0] <= one[0] < o[1] and o[2] != one[2] and o[1] > one[1] for o in found[:at])
    ]


def chosen(name: str, values: Iterable[str], text: str) -> list[str]:
    """Give the values that a text names for a property, those in its role first; a value in the other role is none."""
    found = spots(values, text)
    mine = role(name)
    if mine:
        other: Role = "to" if mine == "from" else "from"
        placed = [one for one in found if in_role(mine, text, one)]
        left = [one for one in found if not in_role(other, text, one)]
        # Where both could be meant, the first is where it comes from; alone, a value is what is asked for.
        alone = len(found) == 1 and found[0][1] - found[0][0] >= len(text.strip(" .,?!"))
        taken = len(left) < len(found)
        found = placed or (left if mine == "from" or alone or taken else left[1:])
    return list(dict.fromkeys(value for _, _, value in found))


def switched(name: str, text: str) -> bool | None:
    """Say whether a text wants what a property says: "no smoking", "꺼 줘"; None when it says nothing.

    >>> switched("include_breakfast", "with breakfast"), switched("on", "불 꺼 줘"), switched("urgent", "Hello")
    (True, False, None)
    """
    words = [part for part in parts(name) if part not in ("is", "has", "should", "include", "with", "use", "enable")]
    for word in [one for part in words for one in synonyms(part)]:
        pattern = rf"\b{re.escape(stem(word) if word.isascii() else word)}"
        if len(word) > 2 and (match := re.search(pattern, text, re.IGNORECASE)):
            before, after = text[: match.start()], text[match.start() + len(word) :]
            return not (_NOT.search(before) or _NOT_KOREAN.match(after))
    if set(parts(name)) & _SWITCHES:
        if _OFF.search(text):
            return False
        return True if re.search(r"\b(?:on|enable|activate)\b|켜|켠", text, re.IGNORECASE) else None
    return None


_SWITCHES = frozenset(("on", "enabled", "enable", "state", "power", "active", "turn"))
_OFF = re.compile(r"\b(?:off|disable|deactivate|out)\b|꺼|끄|해제", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|without|don['’]?t|isn['’]?t|disable|exclude|except|never)\b[^.,]{0,20}$", re.IGNORECASE)
_NOT_KOREAN = re.compile(r"^[가-힣]{0,2}\s?(?:없|빼|말고|제외|안 )")


def undecided(values: list[Any]) -> Any:
    """Choose a value of a list where nothing says which: one that says just that, else the first.

    >>> undecided(["positive", "negative", "neutral"]), undecided(["low", "high"])
    ('neutral', 'low')
    """
    return next((value for value in values if isinstance(value, str) and value.lower() in _UNDECIDED), values[0])


_UNDECIDED = frozenset(("unknown", "other", "none", "neutral", "unspecified", "unclear", "n/a", "any", "기타", "없음"))


def in_role(role_: Role, text: str, spot: tuple[int, int, str]) -> bool:
    return bool(_BEFORE[role_].search(text[: spot[0]]) or AFTER[role_].match(text[spot[1] :]))


@cache
def _ways_to_say(value: str) -> tuple[str, ...]:
    """List the words for a value: its own, and those of the table."""
    plain = re.sub(r"[_-]+", " ", value).strip().lower()
    known = table()["values"]
    listed = known.get(plain) or next((words for words in known.values() if plain in words), [])
    whole = [plain, value.lower(), *listed]
    if plain.endswith("s") and len(plain) > 3:
        whole.append(plain[:-1])
    elif plain.isalpha() and len(plain) > 2:
        whole.append(plain + "s")
    return tuple(dict.fromkeys(word for word in whole if word))


@cache
def _whole(word: str) -> re.Pattern[str]:
    if not word.isascii():
        return re.compile(re.escape(word))
    before, after = (r"(?<![a-z0-9])" if word[0].isalnum() else ""), (r"(?![a-z0-9])" if word[-1].isalnum() else "")
    before = r"(?<![a-z])" if word[0].isalpha() else before
    return re.compile(before + re.escape(word).replace(r"\ ", r"[\s_-]") + after)
