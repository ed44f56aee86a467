"""Looking things up in a vocabulary: ids, words, pieces of characters, special tokens."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings
from playground.errors import UnknownTokenId
from playground.tokens import tokenize
from playground.vocabulary import count_matches, look_up, search

names = st.sampled_from(encodings.NAMES)


@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=5), name=names)
@settings(max_examples=100)
def test_each_id_of_a_text_is_looked_up_as_the_bytes_it_stands_for(text: str, name: str) -> None:
    entries = [look_up(each, name) for each in tokenize(text, name).ids]

    assert b"".join(entry.bytes for entry in entries) == text.encode()
    assert not any(entry.special for entry in entries)
    assert all(bytes.fromhex(entry.hex) == entry.bytes for entry in entries)


@given(text=st.sampled_from(["a", "the", "챗", "토", " x", "\n", "é", "GPT", "🙂"]), name=names)
@settings(max_examples=40)
def test_all_that_is_found_holds_the_text_and_nothing_is_missed(text: str, name: str) -> None:
    found = search(text, name, limit=10**6)

    ordinary = {rank for word, rank in encodings.ranks(name).items() if text.encode() in word}
    assert {entry.id for entry in found if not entry.special} == ordinary
    assert all(text.encode() in entry.bytes for entry in found)
    assert len(found) == count_matches(text, name)
    assert search(text, name, limit=3) == found[:3]


def test_the_word_itself_comes_first_then_the_word_after_a_space_then_what_begins_with_it() -> None:
    texts = [entry.text for entry in search("token", "cl100k_base", limit=8)]

    assert texts[:2] == ["token", " token"]
    assert all(text.strip().startswith("token") for text in texts)


def test_a_piece_of_a_character_is_marked() -> None:
    first, *_ = tokenize("챗", "cl100k_base").ids

    entry = look_up(first, "cl100k_base")

    assert not entry.whole
    assert entry.text == "\ufffd"
    assert look_up(15339, "cl100k_base").whole


def test_special_tokens_are_looked_up_and_found_by_their_names() -> None:
    assert look_up(100257, "cl100k_base").special
    assert [(entry.id, entry.special) for entry in search("<|start|>", "o200k_harmony")] == [(200006, True)]
    assert search("<|start|>", "o200k_base") == []


@pytest.mark.parametrize("bad", [-1, 100256, 100277, 2**70])
def test_an_id_without_a_token_is_refused(bad: int) -> None:
    with pytest.raises(UnknownTokenId, match=f"no token {bad}"):
        look_up(bad, "cl100k_base")


def test_nothing_is_found_for_an_empty_text_and_with_a_limit_of_nothing() -> None:
    assert search("", "o200k_base") == []
    assert search("a", "o200k_base", limit=0) == []


def test_a_search_of_the_largest_vocabulary_takes_less_than_a_second() -> None:
    encodings.load("o200k_base")

    started = time.process_time()
    search("e", "o200k_base")

    assert time.process_time() - started < 1
