"""Differences: where two encodings cut the same text differently, the largest first. It compares, it doesn't encode.

>>> from playground.tokens import tokenize
>>> [(each.text, len(each.a), len(each.b), each.count) for each in differences(
...     tokenize("챗GPT, ChatGPT", "cl100k_base"), tokenize("챗GPT, ChatGPT", "o200k_base"))]
[('GPT', 2, 1, 2), ('챗', 3, 2, 1)]

differences(a, b) -> list[Difference]       Difference(text, starts, a, b), .start .count .difference .total
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from playground.tokens import Segment, Token, Tokenization


@dataclass(frozen=True)
class Difference:
    """A stretch of text that both encodings begin and end with a cut, and that they cut differently in between."""

    text: str
    starts: tuple[int, ...]
    """Index in the text of each place where this stretch is cut this way."""
    a: tuple[Token, ...]
    """Tokens of the first encoding, as they lie at the first place."""
    b: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Index of the first place."""
        return self.starts[0]

    @property
    def count(self) -> int:
        """In how many places of the text it is so."""
        return len(self.starts)

    @property
    def difference(self) -> int:
        """How many tokens more the second encoding needs in one place; below zero it needs fewer."""
        return len(self.b) - len(self.a)

    @property
    def total(self) -> int:
        """How many tokens more the second encoding needs in all these places."""
        return self.difference * self.count


def differences(a: Tokenization, b: Tokenization) -> list[Difference]:
    """List the shortest stretches that are cut differently: most tokens apart first, then most often, then leftmost.

    Both tokenizations are of one text.
    """
    at_a, at_b = _tokens_until(a.segments), _tokens_until(b.segments)
    cuts = [place for place in at_a if place in at_b]
    places: dict[tuple[str, tuple[bytes, ...], tuple[bytes, ...]], list[int]] = {}
    cut: dict[int, tuple[tuple[Token, ...], tuple[Token, ...]]] = {}
    for start, end in pairwise([0, *cuts]):
        left = a.tokens[at_a.get(start, 0) : at_a[end]]
        right = b.tokens[at_b.get(start, 0) : at_b[end]]
        spelled = tuple(token.bytes for token in left), tuple(token.bytes for token in right)
        if spelled[0] != spelled[1]:
            places.setdefault((a.text[start:end], *spelled), []).append(start)
            cut[start] = left, right
    found = [Difference(text, tuple(starts), *cut[starts[0]]) for (text, _, _), starts in places.items()]
    return sorted(found, key=lambda each: (-abs(each.difference), -each.count, each.start))


def _tokens_until(segments: tuple[Segment, ...]) -> dict[int, int]:
    """Index after each segment's characters -> index after its tokens."""
    characters = accumulate(len(segment.text) for segment in segments)
    return dict(zip(characters, accumulate(len(segment.tokens) for segment in segments), strict=True))
