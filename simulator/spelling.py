"""Misspelt words put right, towards the few words that the simulator listens for. It is asked when nothing else helped.

A word of five letters may have one letter wrong, missing or in excess, or two swapped; one of eight may have two.
Hangul is compared letter by letter, not syllable by syllable. The first letter has to be right.

>>> corrected("Waht is a tokne?"), corrected("wirte a haiuk abuot teh sea"), corrected("서울 날시 어때?")
('what is a token?', 'write a haiku about the sea', '서울 날씨 어때?')
"""

import re
import unicodedata
from functools import cache, lru_cache

from simulator.phrases import book

SHORTEST, LONG = 5, 8
"""Letters of a word that may have one fault, and of one that may have two."""

_WORD = re.compile(r"[A-Za-z_]{1,20}|[가-힣]{2,12}")


def corrected(text: str) -> str:
    """Put right what looks like one of the words, and leave everything else as it is."""
    return _WORD.sub(lambda match: _nearest(match[0]), text[:2000]) + text[2000:]


@cache
def _listed() -> tuple[tuple[str, ...], frozenset[str]]:
    spelling = book("spelling")
    return (*spelling["en"],), frozenset([*spelling["en"], *spelling["real"]])


@cache
def _letters(word: str) -> str:
    return unicodedata.normalize("NFD", word)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str:
    if "가" <= word[0] <= "힣":
        return _nearest_korean(word)
    words, real = _listed()
    lower = word.lower()
    if lower in book("spelling")["short"]:
        return str(book("spelling")["short"][lower])
    if len(word) < SHORTEST - 1 or lower in real:
        return word
    near: list[tuple[int, str]] = [(_distance(lower, one), one) for one in words if _alike(lower, one)]
    return next((one for distance, one in sorted(near) if distance <= _allowed(one)), word)


def _nearest_korean(word: str) -> str:
    """A particle or an ending may follow the word, so its beginning is compared."""
    listed: list[str] = book("spelling")["ko"]
    if any(word.startswith(real) for real in (*listed, *book("spelling")["real_ko"])):
        return word
    for one in sorted(listed, key=len, reverse=True):
        head = word[: len(one)]
        letters, wanted = _letters(head), _letters(one)
        # In so short a word one wrong letter is already a third of it; the rest has to be the same.
        if len(wanted) >= SHORTEST - 1 and letters[0] == wanted[0] and _distance(letters, wanted) == 1:
            return one + word[len(one) :]
    return word


def _alike(word: str, one: str) -> bool:
    return word[0] == one[0] and abs(len(word) - len(one)) <= _allowed(one)


def _allowed(one: str) -> int:
    return 2 if len(one) >= LONG else 1 if len(one) >= SHORTEST else 0


def _distance(first: str, second: str) -> int:
    """Count the letters to change, add, drop or swap with the next one."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        now = [row]
        for column, other in enumerate(second, 1):
            cost = min(now[-1] + 1, last[column] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
