"""Where two encodings cut differently: laws over any text, then words that everybody has seen."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings
from playground.differences import differences
from playground.sample_texts import COURSE_KOREAN
from playground.tokens import Tokenization, tokenize

names = st.sampled_from(["r50k_base", "p50k_base", "cl100k_base", "o200k_base"])
texts = st.lists(
    st.one_of(
        st.text(st.characters(codec=None), max_size=8),
        st.sampled_from(["챗GPT", "ChatGPT", " ", "\n\n  ", "नमस्ते", "👩\u200d👩\u200d👧", "12345", "don't", "\ud83d"]),
    ),
    max_size=8,
).map("".join)


def cuts(tokenization: Tokenization) -> set[int]:
    """Every place where a segment ends."""
    ends, end = set(), 0
    for segment in tokenization.segments:
        end += len(segment.text)
        ends.add(end)
    return ends


@given(text=texts, one=names, other=names)
@settings(max_examples=200)
def test_the_totals_add_up_to_the_difference_of_the_counts(text: str, one: str, other: str) -> None:
    a, b = tokenize(text, one), tokenize(text, other)

    assert sum(each.total for each in differences(a, b)) == len(b.ids) - len(a.ids)


@given(text=texts, one=names, other=names)
@settings(max_examples=200)
def test_a_stretch_is_cut_by_both_at_its_ends_and_by_at_most_one_within(text: str, one: str, other: str) -> None:
    a, b = tokenize(text, one), tokenize(text, other)
    both = (cuts(a) & cuts(b)) | {0}

    for each in differences(a, b):
        for start in each.starts:
            end = start + len(each.text)
            assert text[start:end] == each.text
            assert {start, end} <= both
            assert not both & set(range(start + 1, end))


@given(text=texts, one=names, other=names)
@settings(max_examples=200)
def test_the_list_is_ranked_and_names_each_stretch_once(text: str, one: str, other: str) -> None:
    found = differences(tokenize(text, one), tokenize(text, other))

    assert found == sorted(found, key=lambda each: (-abs(each.difference), -each.count, each.start))
    spelled = [(e.text, tuple(t.bytes for t in e.a), tuple(t.bytes for t in e.b)) for e in found]
    assert len(set(spelled)) == len(spelled)
    assert all(left != right for _, left, right in spelled)


@given(text=texts, name=st.sampled_from(encodings.NAMES))
@settings(max_examples=50)
def test_an_encoding_does_not_differ_from_itself(text: str, name: str) -> None:
    assert differences(tokenize(text, name), tokenize(text, encodings.ordinary(name))) == []


def test_repeats_are_merged_and_counted() -> None:
    a, b = (tokenize("ChatGPT\nChatGPT", name) for name in ("cl100k_base", "o200k_base"))

    [each] = differences(a, b)

    assert (each.text, each.starts, each.count, each.difference, each.total) == ("GPT", (4, 12), 2, -1, -2)
    assert [[token.bytes for token in side] for side in (each.a, each.b)] == [[b"G", b"PT"], [b"GPT"]]


@pytest.mark.parametrize(
    ("older", "newer", "saved"), [("r50k_base", "cl100k_base", -67), ("cl100k_base", "o200k_base", -19)]
)
def test_the_course_sentence_differs_by_what_the_counts_say(older: str, newer: str, saved: int) -> None:
    found = differences(tokenize(COURSE_KOREAN, older), tokenize(COURSE_KOREAN, newer))

    assert sum(each.total for each in found) == saved


def test_a_long_text_of_repeats_is_compared_in_seconds() -> None:
    text = "챗GPT를 " * 20_000
    a, b = tokenize(text, "cl100k_base"), tokenize(text, "o200k_base")
    a.segments, b.segments

    started = time.process_time()
    differences(a, b)

    assert time.process_time() - started < 2
