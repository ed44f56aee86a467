r"""Byte pair encoding step by step: a word's bytes, and which two neighbours become one at each step.

It explains what the encoder did; ids come from tokens.py. The vocabulary is an argument, so a toy one will do:

    >>> ranks = {b"a": 0, b"b": 1, b"c": 2, b"bc": 3, b"ab": 4}
    >>> for state in merge_steps(ranks, b"abc"):
    ...     print(state.rank, state.position, state.parts)
    None None (b'a', b'b', b'c')
    3 1 (b'a', b'bc')

A text is first cut into pieces, and no merge ever reaches over the end of a piece:

    >>> presplit("It's 2026!", "cl100k_base")
    ['It', "'s", ' ', '202', '6', '!']

merge_steps(ranks, word) -> Iterator[MergeState]        presplit(text, encoding) -> list[str]
pieces(text, encoding) -> list[Piece]                   encodings.ranks(name) gives a real vocabulary
"""

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from playground import encodings
from playground.young_letters import hidden


@dataclass(frozen=True, slots=True)
class MergeState:
    """The parts of a word after a merge; before the first one, its single bytes."""

    parts: tuple[builtins.bytes, ...]
    rank: int | None = None
    """Rank of the merge that led here, which is also the id of the part that it made."""
    position: int | None = None
    """Index in `parts` of the part that it made."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What the pattern of an encoding cuts out of a text before any merge."""

    text: str
    start: int
    """Index of its first character in the text."""


def merge_steps(ranks: Mapping[bytes, int], word: bytes) -> Iterator[MergeState]:
    """Yield the states of a word from single bytes until no two neighbours make a known part.

    The pair with the lowest rank is merged first, the leftmost of equal ones.
    """
    parts = [word[index : index + 1] for index in range(len(word))]
    yield MergeState(tuple(parts))
    while True:
        pairs = ((ranks.get(left + right), index) for index, (left, right) in enumerate(pairwise(parts)))
        known = [(rank, index) for rank, index in pairs if rank is not None]
        if not known:
            return
        rank, index = min(known)
        parts[index : index + 2] = [parts[index] + parts[index + 1]]
        yield MergeState(tuple(parts), rank, index)


def presplit(text: str, encoding: str) -> list[str]:
    """Cut a text where the encoding cuts before it merges; the pieces joined are the text."""
    return [piece.text for piece in pieces(text, encoding)]


def pieces(text: str, encoding: str) -> list[Piece]:
    """Cut as presplit() does, and say where each piece begins."""
    matches = _pattern(encodings.ordinary(encoding)).finditer(hidden(text))
    return [Piece(text[match.start() : match.end()], match.start()) for match in matches]


@cache
def _pattern(encoding: str) -> regex.Pattern[str]:
    return regex.compile(encodings.pattern(encoding))
