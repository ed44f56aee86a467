"""Budget: where a number of tokens ends in a text, and the text cut there with every character whole.

>>> from playground.tokens import tokenize
>>> cut_at(tokenize("챗GPT", "cl100k_base"), 4)
Cut(text='챗G', tokens=4)
>>> cut_at(tokenize("챗GPT", "cl100k_base"), 2)
Cut(text='', tokens=0)

cut_at(tokenization, n) -> Cut(text, tokens), a tuple
"""

from itertools import accumulate
from typing import NamedTuple

from playground import encodings
from playground.tokens import Tokenization


class Cut(NamedTuple):
    """The beginning of a text that fits into a budget."""

    text: str
    tokens: int
    """Tokens of the whole text that it is made of: the budget, or less where that ends inside a character."""


def cut_at(tokenization: Tokenization, budget: int) -> Cut:
    """Keep as many whole characters as `budget` tokens hold; what is kept takes no more than that by itself either."""
    segments = tokenization.segments
    tokens = [0, *accumulate(len(segment.tokens) for segment in segments)]
    ends = [0, *accumulate(len(segment.text) for segment in segments)]
    kept = max(index for index, count in enumerate(tokens) if count <= max(0, budget))
    # Without what followed, the end may be cut into other tokens: blanks before a word, say.
    while encodings.count(tokenization.text[: ends[kept]], tokenization.encoding) > max(0, budget):
        kept -= 1
    return Cut(tokenization.text[: ends[kept]], tokens[kept])
