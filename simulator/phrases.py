"""The phrasebook: what the simulator can say, read from intents/*.toml, with weights. It decides nothing.

>>> paraphrases("greeting", "named", "en", name="John")[0]
(0.985, 'Hello John! How can I assist you today?')
>>> fill("{topic|을/를} 위해", topic="바다"), fill("{topic|을/를} 위해", topic="산")
('바다를 위해', '산을 위해')
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from simulator.model import Paraphrase

Language = Literal["en", "ko"]

FOLDER = Path(__file__).parent / "intents"

USUAL = 0.985
"""The weight of the usual way to say something: the course's answers come in more than 95 of 100 at temperature 1."""
EVEN = frozenset({"creative"})
"""Books whose paraphrases are about equally likely."""
FIRST = 1.3
"""In those, how much likelier the first one is, so that temperature 0 has one clear answer."""

FIRST_WORD = 6
"""The same, where the ways are single words."""

MOST_NUMBERS = 200

_SLOT = re.compile(r"\{(\w+)(\^?)(?:\|([^/}]+)/([^}]+))?\}")


@cache
def book(name: str) -> dict[str, Any]:
    """Read a file of intents/."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def pattern(name: str, *keys: str) -> re.Pattern[str]:
    """Compile the list of patterns under these keys of a book into one; the last key defaults to asked."""
    found: Any = book(name)
    for key in keys or ("asked",):
        found = found[key]
    return re.compile("|".join(found), re.IGNORECASE)


def paraphrases(name: str, key: str, language: Language, /, **slots: str) -> tuple[Paraphrase, ...]:
    """Say one thing in all the ways the book knows, with weights that add up to 1."""
    texts: list[str] = book(name)[key][language]
    return weighted([fill(text, **slots) for text in texts], even=name in EVEN)


def weighted(texts: list[str], even: bool = False) -> tuple[Paraphrase, ...]:
    """Give each way its weight; the first is the usual one. What reads the same is said once."""
    different = list(dict.fromkeys(texts))
    others = len(different) - 1
    if not others:
        return ((1.0, different[0]),)
    first = FIRST / (FIRST + others) if even else USUAL
    return ((first, different[0]), *(((1 - first) / others, text) for text in different[1:]))


def with_tails(kind: str, ways: tuple[Paraphrase, ...], language: Language) -> tuple[Paraphrase, ...]:
    """Let each way of a creative answer end in several ways; kinds without a list stay as they are."""
    tails: list[str] = book("words").get(kind, {}).get(language, [""])
    texts = [text + tail for tail in tails for _, text in ways]
    return weighted(texts, even=True)


def words(kind: str, language: Language) -> tuple[Paraphrase, ...]:
    """Name one thing of a kind: a name, a colour, a number."""
    return numbers(1, 100) if kind == "number" else _one_of(book("words")[kind][language])


def numbers(low: int, high: int) -> tuple[Paraphrase, ...]:
    """Name one number of a range: 7 before all others where it is in it; of a long range some stand for all."""
    step = max(1, (high - low) // MOST_NUMBERS)
    listed = [number for number in range(low, high + 1, step) if number != 7]
    return _one_of([str(number) for number in ([7] if low <= 7 <= high else []) + listed])


def _one_of(listed: list[str]) -> tuple[Paraphrase, ...]:
    # Words that begin with the same token are as likely together: the first must outweigh them at temperature 0.
    total = FIRST_WORD + len(listed) - 1
    return tuple(((1 if at else FIRST_WORD) / total, f"{word}.") for at, word in enumerate(listed))


def fill(template: str, /, **slots: str) -> str:
    """Put the slots in; {slot^} begins with a capital, {slot|을/를} adds the particle that its last sound wants."""

    def value(match: re.Match[str]) -> str:
        slot, capital, closed, open_ = match.groups()
        text = slots[slot]
        particle = (closed if ends_closed(text) else open_) if closed else ""
        return (text[:1].upper() + text[1:] if capital else text) + particle

    return _SLOT.sub(value, template)


def ends_closed(text: str) -> bool:
    """Say whether a word ends in a consonant, which decides Korean particles; for other letters it is a guess."""
    last = text.rstrip("\"'”’.)")[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    # Digits as they are read: 영 일 삼 육 칠 팔 end closed.
    return last in "013678" if last.isdigit() else last.lower() in "bcdgklmnpqrt"
