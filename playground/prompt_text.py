"""Pieces of the prompt that a model is shown, and how their tokens are shared out. It knows no rule of the API.

A model is shown one long text. A piece is a part of it that one place of the request is to blame for. Pieces that
touch are tokenized together, for a token may begin in one and end in the next: it counts where it begins.

>>> run = [Piece("role", "messages[0].role", "user"), Piece("name", "messages[0].name", ":user")]
>>> shares(run, "cl100k_base")
[1, 1]
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import Literal, NamedTuple

from playground import encodings
from playground.encodings import count

Certainty = Literal["exact", "fitted", "estimate"]

REMEMBERED = 2_000
"""Lines of up to so many characters are remembered with their tokens, the last 4096 of them; and properties."""

_COMMENT = "\n// "


class Piece(NamedTuple):
    """A part of the prompt. A tuple: a request of many tools is made of hundreds, and is counted as one types."""

    what: str
    """What it is, in English, marked for translation."""
    where: str
    """JSON path in the request; empty for what the API adds by itself."""
    text: str
    """The text as the model is shown it; empty where only the number of its tokens is known."""
    tokens: int | None = None
    """Its tokens; None while they are to be counted, together with its neighbours that are to be counted too."""
    certainty: Certainty = "exact"
    why: str = "messages"
    """The rule: a key of ledger_rules.REASONS."""

    def saying(self, text: str) -> "Piece":
        """Make a piece of the same thing at the same place with another text, to be counted."""
        return Piece(self.what, self.where, text, None, self.certainty, self.why)


Owner = tuple[str, str, Certainty, str]
"""What a text that is yet to be counted belongs to: what, where, certainty and why of its piece."""


def pieces_of(said: Iterable[tuple[Owner, str]]) -> list[Piece]:
    """Make pieces of texts: what one owner says in a row is one. Owners are told apart by identity, which is quicker.

    >>> owner = "function offered", "tools[0].function", "fitted", "tools"
    >>> [piece.text for piece in pieces_of([(owner, "type f = ("), (owner, ") => any;")])]
    ['type f = () => any;']
    """
    found: list[Piece] = []
    last: Owner | None = None
    words = ""
    for owner, text in said:
        if owner is last:
            words += text
            continue
        if last is not None:
            found.append(Piece(last[0], last[1], words, None, last[2], last[3]))
        last, words = owner, text
    if last is not None:
        found.append(Piece(last[0], last[1], words, None, last[2], last[3]))
    return found


def runs(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Part the pieces into runs: neighbours that are to be counted together, and each piece that has its tokens."""
    run: list[Piece] = []
    for piece in pieces:
        if piece.tokens is None:
            run.append(piece)
            continue
        if run:
            yield tuple(run)
            run = []
        yield (piece,)
    if run:
        yield tuple(run)


def shares(run: Sequence[Piece], encoding: str) -> list[int]:
    """Count the tokens of each piece of a run.

    Raises: TextTooLong where the tokenizer gives up.
    """
    if run[0].tokens is not None:
        return [piece.tokens or 0 for piece in run]
    if len(run) == 1:
        return [count(run[0].text, encoding)]
    texts = [piece.text for piece in run]
    return _shared(texts, _starts("".join(texts), encoding))


def borders(run: Sequence[Piece], encoding: str) -> tuple[tuple[int, ...], ...]:
    """List where tokens begin in each piece of a run, in characters; nothing where only their number is known.

    Two tokens may begin in one character: it is listed twice, so that the lists hold as many as shares() counts.

    >>> borders([Piece("role", "", "user"), Piece("content", "", "Hello there")], "cl100k_base")
    ((0,), (0, 5))
    """
    if run[0].tokens is not None:
        return ((),) * len(run)
    texts = [piece.text for piece in run]
    whole = "".join(texts)
    starts = _starts(whole, encoding)
    places = (
        range(len(whole))
        if whole.isascii()
        else [place for place, character in enumerate(whole) for _ in _bytes(character)]
    )
    found: list[tuple[int, ...]] = []
    first = begin = 0
    for text, share in zip(texts, _shared(texts, starts), strict=True):
        found.append(tuple([places[start] - begin for start in starts[first : first + share]]))
        first, begin = first + share, begin + len(text)
    return tuple(found)


def _shared(texts: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Share tokens out to texts that stand side by side: each counts where it begins."""
    ascii_ = all(map(str.isascii, texts))
    sizes = map(len, texts) if ascii_ else (len(_bytes(text)) for text in texts)
    found, before, last = [], 0, len(starts) - 1
    for end in accumulate(sizes):
        # A text that begins in the middle of a token has none of its own before the next token begins.
        bound = bisect_left(starts, end, before, last)
        found.append(bound - before)
        before = bound
    return found


def _starts(text: str, encoding: str) -> list[int]:
    """List the byte where each token begins, and the end of the text."""
    lines = text.split(_COMMENT)
    if len(lines) == 1:
        return [0, *accumulate(_lengths(text, encoding))]
    # No token crosses from the slashes to the blank, in any encoding: so each line by itself gives the same tokens.
    cut = [f"{lines[0]}\n//", *[f" {line}\n//" for line in lines[1:-1]], f" {lines[-1]}"]
    return [0, *accumulate(chain.from_iterable([_remembered(line, encoding) for line in cut]))]


def _lengths(text: str, encoding: str) -> tuple[int, ...]:
    return tuple(map(_sizes(encoding).__getitem__, _ids(text, encoding)))


# Tools say many lines again, and while one line of a request is typed the others stay.
_lines = lru_cache(maxsize=4096)(_lengths)


def _remembered(line: str, encoding: str) -> tuple[int, ...]:
    return (_lines if len(line) <= REMEMBERED else _lengths)(line, encoding)


def _bytes(text: str) -> bytes:
    """Write as UTF-8; half a surrogate pair takes three bytes, as does the U+FFFD that is read in its place."""
    return text.encode("utf-8", "surrogatepass")


def _ids(text: str, encoding: str) -> list[int]:
    known = encodings.load(encodings.ordinary(encoding))
    try:
        return known.encode(text, disallowed_special=())
    except ValueError:
        count(text, encoding)
        raise


class _Sizes(dict[int, int]):
    """Token id -> how many bytes it is, looked up when it is first met."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encodings.load(encodings.ordinary(encoding))

    def __missing__(self, token: int) -> int:
        length = self[token] = len(self._encoding.decode_single_token_bytes(token))
        return length


@cache
def _sizes(encoding: str) -> _Sizes:
    return _Sizes(encoding)
