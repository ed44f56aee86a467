"""Pieces and their tokens: what is cut or remembered to be quicker gives the tokens of the whole text."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.encodings import count, encode, load
from playground.prompt_text import Piece, borders, shares

ENCODINGS = ("cl100k_base", "o200k_base", "o200k_harmony", "p50k_base", "r50k_base")

# What lies around a comment's slashes in a tool, and what may make a token that crosses them.
bits = st.sampled_from(
    [
        "\n",
        "//",
        "\n// ",
        " ",
        "  ",
        "\t",
        ",",
        ";",
        "}",
        "/",
        "a",
        "The",
        "day?: string,",
        "7",
        "é",
        "날씨",
        "\r",
        "'s",
    ]
)
texts = st.lists(st.lists(bits | st.text(max_size=3), max_size=6).map("".join), min_size=1, max_size=5)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(texts=texts)
def test_the_shares_of_pieces_are_together_the_tokens_of_their_text(encoding, texts):
    run = [Piece("content", str(number), text) for number, text in enumerate(texts)]

    found = shares(run, encoding)

    assert sum(found) == count("".join(texts), encoding)
    assert all(share >= 0 for share in found)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.lists(bits, max_size=12).map("".join))
def test_tokens_begin_where_the_whole_text_says(encoding, text):
    whole = f"a{text}"

    (places,) = borders([Piece("content", "", whole)], encoding)

    lengths = [len(load(encoding).decode_single_token_bytes(token)) for token in encode(whole, encoding)]
    character = [place for place, each in enumerate(whole) for _ in each.encode()]
    assert list(places) == [character[at] for at in accumulate([0, *lengths[:-1]])]
