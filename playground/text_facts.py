r"""Facts about a text that its tokens don't tell: its sizes, what in it can't be seen, and its two normal forms.

>>> sizes("한국어 👩\u200d🚀")
Sizes(graphemes=5, characters=7, bytes=21)
>>> [(each.what, each.count) for each in notable("\ufeffa\0b\0")]
[('byte order mark', 1), ('NUL', 2)]

sizes(text) -> Sizes        notable(text) -> list[Notable]: what, sentence, count, start
normal_forms(text) -> NormalForms: form, composed, decomposed
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

import regex

from playground.language import mark
from playground.tokens import as_read

_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True)
class Sizes:
    """How long a text is, in three ways of counting."""

    graphemes: int
    """What a reader calls a character."""
    characters: int
    """Unicode code points, as Python counts them."""
    bytes: int
    """UTF-8, of the text as the encoder reads it."""


@dataclass(frozen=True)
class Notable:
    """Something in a text that a reader can't see, or would not expect."""

    what: str
    """Its name, in English; translate it for a screen."""
    sentence: str
    """What it is and what becomes of it, in English."""
    count: int
    start: int
    """Index of the first one."""


@dataclass(frozen=True)
class NormalForms:
    """A text with its characters composed (NFC) and taken apart (NFD); they look the same."""

    form: Literal["both", "NFC", "NFD", "neither"]
    """Which one the text is in; "both" when the two are the same."""
    composed: str
    decomposed: str


_NOTABLE = (
    (
        mark("surrogate pair"),
        r"[\ud800-\udbff][\udc00-\udfff]",
        mark("Two halves of one character, kept apart. The encoder reads them as the character that they mean."),
    ),
    (
        mark("lone surrogate"),
        r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]",
        mark("Half of a character. It has no UTF-8, so the encoder reads U+FFFD in its place."),
    ),
    (
        mark("replacement character"),
        r"\ufffd",
        mark("U+FFFD stands where bytes could not be read. What was there is lost; open the file in its own encoding."),
    ),
    (
        mark("byte order mark"),
        r"\A\ufeff",
        mark("U+FEFF at the beginning, as Windows writes it. It can't be seen, and it is a token of its own or more."),
    ),
    (
        mark("zero width no-break space"),
        r"(?<!\A)\ufeff",
        mark("U+FEFF inside the text, often left where files were joined. It can't be seen, and it costs tokens."),
    ),
    (
        mark("NUL"),
        r"\0",
        mark("U+0000. Many programs take it for the end of the text; the encoder reads it like any other."),
    ),
    (
        mark("control character"),
        r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]",
        mark("It has no shape: a leftover of a terminal, a binary file or a wrong encoding."),
    ),
    (
        mark("direction control"),
        r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]",
        mark("It turns the direction of the writing around. What you see may not be the order that the encoder reads."),
    ),
    (
        mark("zero width character"),
        r"[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064]",
        mark("It joins or parts its neighbours, as inside family emoji. It can't be seen, and it costs tokens."),
    ),
    (
        mark("variation selector"),
        r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]",
        mark("It chooses the look of the character before it, as ❤️ instead of ❤. It costs tokens."),
    ),
    (
        mark("tag character"),
        r"[\U000e0000-\U000e007f]",
        mark("Invisible copies of ASCII. They spell some flags, and can hide a text that only the model reads."),
    ),
    (
        mark("private use character"),
        r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]",
        mark("It means what a font makes of it; the encoder knows nothing of that."),
    ),
    (
        mark("unusual blank"),
        r"[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]",
        mark("It looks like a space or a line's end and is another character, with other tokens."),
    ),
)
_PATTERNS = tuple((what, regex.compile(pattern), sentence) for what, pattern, sentence in _NOTABLE)


def sizes(text: str) -> Sizes:
    """Measure a text."""
    read = as_read(text)
    return Sizes(sum(1 for _ in _GRAPHEME.finditer(read)), len(text), len(read.encode()))


def notable(text: str) -> list[Notable]:
    """List what is in a text and can't be seen, most surprising first; nothing for most texts."""
    found = []
    for what, pattern, sentence in _PATTERNS:
        places = [match.start() for match in pattern.finditer(text)]
        if places:
            found.append(Notable(what, sentence, len(places), places[0]))
    return found


def normal_forms(text: str) -> NormalForms:
    """Give both normal forms, and say which one the text is in.

    >>> normal_forms("한국어").form, len(normal_forms("한국어").decomposed)
    ('NFC', 8)
    """
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if composed == decomposed:
        return NormalForms("both" if text == composed else "neither", composed, decomposed)
    return NormalForms("NFC" if text == composed else "NFD" if text == decomposed else "neither", composed, decomposed)
