"""Cutting a text at a number of tokens: laws over any text, then the places where a budget ends inside a character."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings
from playground.budget import cut_at
from playground.tokens import as_read, tokenize

texts = st.lists(
    st.one_of(
        st.text(st.characters(codec=None), max_size=8),
        st.text(" \n\t\r", max_size=5),
        st.sampled_from(["챗GPT", "👩\u200d👩\u200d👧", "नमस्ते", "   word", "\n\n\nx", "don't", "e\u0301\u0301"]),
    ),
    max_size=6,
).map("".join)


@given(text=texts, name=st.sampled_from(encodings.NAMES), budget=st.integers(-1, 20))
@settings(max_examples=400)
def test_what_is_kept_begins_the_text_in_whole_characters_and_fits(text: str, name: str, budget: int) -> None:
    kept, tokens = cut_at(tokenize(text, name), budget)

    assert text.startswith(kept)
    assert regex.findall(r"\X", as_read(text))[: len(regex.findall(r"\X", as_read(kept)))] == regex.findall(
        r"\X", as_read(kept)
    )
    assert tokens <= max(0, budget)
    assert encodings.count(kept, name) <= max(0, budget)


@given(text=texts, name=st.sampled_from(encodings.NAMES))
@settings(max_examples=100)
def test_a_budget_that_is_large_enough_keeps_everything(text: str, name: str) -> None:
    tokenization = tokenize(text, name)

    assert cut_at(tokenization, len(tokenization.ids)) == (text, len(tokenization.ids))


@pytest.mark.parametrize(("budget", "kept"), [(0, ""), (1, "a"), (2, "a"), (3, "a"), (4, "a챗"), (5, "a챗b")])
def test_a_character_of_three_tokens_is_kept_whole_or_not_at_all(budget: int, kept: str) -> None:
    assert cut_at(tokenize("a챗b", "cl100k_base"), budget).text == kept
