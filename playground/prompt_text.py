"""Pieces of the prompt that a model is shown, and how their tokens are shared out. It knows no rule of the API.

A model is shown one long text. A piece is a part of it that one place of the request is to blame for. Pieces that
touch are tokenized together, for a token may begin in one and end in the next: it counts where it begins.

>>> run = [Piece("role", "messages[0].role", "user"), Piece("name", "messages[0].name", ":user")]
>>> [piece.tokens for piece in counted(run, "cl100k_base")]
[1, 1]
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from playground import encodings
from playground.encodings import count

Certainty = Literal["exact", "fitted", "estimate"]


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


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Make one piece of neighbours that are the same thing at the same place."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.where == piece.where and last.what == piece.what and last[3:] == piece[3:]:
            found[-1] = Piece(last.what, last.where, last.text + piece.text, *last[3:])
        else:
            found.append(piece)
    return tuple(found)


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


def counted(run: Sequence[Piece], encoding: str) -> tuple[Piece, ...]:
    """Count a run.

    Raises: TextTooLong where the tokenizer gives up.
    """
    if run[0].tokens is not None:
        return tuple(run)
    if len(run) == 1:
        return tuple(piece._replace(tokens=count(piece.text, encoding)) for piece in run)
    shares = _shares([piece.text for piece in run], encoding)
    return tuple(Piece(*piece[:3], share, *piece[4:]) for piece, share in zip(run, shares, strict=True))


def borders(run: Sequence[Piece], encoding: str) -> tuple[tuple[int, ...], ...]:
    """List where tokens begin in each piece of a run, in characters; nothing where only their number is known.

    Two tokens may begin in one character: it is listed twice, so that the lists hold as many as counted() counts.

    >>> borders([Piece("role", "", "user"), Piece("content", "", "Hello there")], "cl100k_base")
    ((0,), (0, 5))
    """
    if run[0].tokens is not None:
        return ((),) * len(run)
    places = [place for place, character in enumerate("".join(piece.text for piece in run)) for _ in _bytes(character)]
    starts = _starts("".join(piece.text for piece in run), encoding)[:-1]
    found: list[tuple[int, ...]] = []
    begin = 0
    for piece, share in zip(run, _shares([piece.text for piece in run], encoding), strict=True):
        found.append(tuple(places[start] - begin for start in starts[:share]))
        starts, begin = starts[share:], begin + len(piece.text)
    return tuple(found)


def _shares(texts: Sequence[str], encoding: str) -> list[int]:
    """Count the tokens of texts that stand side by side, each where it begins."""
    ends = list(accumulate(len(_bytes(text)) for text in texts))
    starts = _starts("".join(texts), encoding)
    # A text that begins in the middle of a token has none of its own before the next token begins.
    bounds = [0, *(bisect_left(starts, end, hi=len(starts) - 1) for end in ends[:-1]), len(starts) - 1]
    return [bound - before for before, bound in pairwise(bounds)]


def _starts(text: str, encoding: str) -> list[int]:
    """List the byte where each token begins, and the end of the text."""
    return [0, *accumulate(map(_lengths(encoding).__getitem__, _ids(text, encoding)))]


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


class _Lengths(dict[int, int]):
    """Token id -> how many bytes it is, looked up when it is first met."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encodings.load(encodings.ordinary(encoding))

    def __missing__(self, token: int) -> int:
        length = self[token] = len(self._encoding.decode_single_token_bytes(token))
        return length


@cache
def _lengths(encoding: str) -> _Lengths:
    return _Lengths(encoding)
