"""Lists in a text: what stands between commas and "and", in English and Korean. It knows no function.

>>> words("Put apples, pears and plums into my cart"), words("사과와 배를 담아 줘"), counted("2 large pizzas")
(['apples', 'pears', 'plums'], ['사과', '배'], 'large pizzas')
"""

import re

from simulator import spans
from simulator.word_forms import without_particle

_LISTED = re.compile(
    r"\s*,\s*(?:and|or|&)?\s*|\s+(?:and|or|&)\s+|(?<=[가-힣])(?:와|과|이랑|하고|랑)\s+|\s+(?:및|그리고)\s+", re.I
)
_LIST = re.compile(
    r"(?:W )?W(?:,\s*(?:and |or )?W(?: W)?)*(?:,? (?:and|or|&) W)".replace("W", r"[^\s,.:;!?]+"),
    re.IGNORECASE,
)
_THING = re.compile(r"\W*(?:[A-Za-z]+\s)?(?:\d+|an?|two|three|four|five)\s(?P<thing>[a-z][\w -]{1,30})\W*", re.I)
_THING_KOREAN = re.compile(r"(?P<thing>[가-힣]{1,10})\s(?:\d+|한|두|세|네)\s?(?:개|잔|병|장|권|마리|판)")
_KOREAN_LIST = re.compile(r"[가-힣]+(?:(?:,\s*|와\s|과\s|이랑\s|하고\s|랑\s)[가-힣]+)+")


def listed(text: str) -> list[str]:
    """Split a list of words.

    >>> listed("apples, pears and plums"), listed("사과와 배"), listed("사과, 배, 귤")
    (['apples', 'pears', 'plums'], ['사과', '배'], ['사과', '배', '귤'])
    """
    return [part for part in _LISTED.split(text.strip()) if part][: spans.MOST]


def words(text: str) -> list[str]:
    """Find a list of words: quoted, between commas, else capitalised."""
    quoted = spans.quoted(text)
    if quoted:
        return quoted
    match = _KOREAN_LIST.search(text)
    if match:
        return [without_particle(word) for word in listed(match[0])]
    told = text.rpartition(":")[2].strip(" .!?")
    if ":" in text and "," in told:
        return listed(told)
    match = _LIST.search(told or text)
    if match:
        first, *others = listed(match[0])
        return [first.split()[-1], *others]
    return spans.capitals(text)


def counted(text: str) -> str | None:
    """Name what a number counts in a piece of a list."""
    found = _THING.fullmatch(text) or _THING_KOREAN.match(text.strip())
    return found["thing"] if found else None
