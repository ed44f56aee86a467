"""Misspelt words: one fault in a long word is seen past, and a real word is never taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.phrases import book
from simulator.spelling import _distance, corrected

WORDS = [word for word in book("spelling")["en"] if len(word) >= 6]
REAL = [*book("spelling")["en"], *book("spelling")["real"]]


@pytest.mark.parametrize("word", REAL + book("spelling")["ko"] + book("spelling")["real_ko"])
def test_a_word_that_is_right_stays(word: str) -> None:
    assert corrected(f"the {word} of it") == f"the {word} of it"


@given(st.sampled_from(WORDS), st.data())
def test_two_letters_swapped_are_put_right(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    better = corrected(wrong)

    assert better == wrong or _distance(wrong, better) <= _distance(wrong, word)
    assert better in REAL


@given(st.text())
def test_any_text_keeps_its_length_in_words(text: str) -> None:
    assert len(corrected(text).split()) >= len(text.split())


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8))
def test_the_distance_is_the_same_both_ways_and_0_only_for_the_same(one: str, other: str) -> None:
    assert _distance(one, other) == _distance(other, one)
    assert (_distance(one, other) == 0) == (one == other)
