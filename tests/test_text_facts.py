"""Sizes, things that can't be seen, and normal forms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import encodings
from playground.sample_texts import COURSE_ENGLISH, COURSE_KOREAN
from playground.text_facts import normal_forms, notable, sizes
from playground.tokens import as_read

any_text = st.text(st.characters(codec=None))


@given(any_text)
def test_sizes_agree_with_python_and_never_shrink_from_graphemes_to_bytes(text: str) -> None:
    measured = sizes(text)

    assert measured.characters == len(text)
    assert measured.bytes == len(as_read(text).encode())
    assert measured.graphemes <= measured.characters
    assert (measured.graphemes == 0) == (text == "")


@given(any_text)
def test_each_notable_thing_is_where_it_is_said_to_be_and_counted(text: str) -> None:
    for each in notable(text):
        assert 0 <= each.start < len(text)
        assert 0 < each.count <= len(text)
        assert each.sentence.endswith(".")


@pytest.mark.parametrize("text", ["", "Hello! I'm John.", COURSE_ENGLISH, COURSE_KOREAN, "one\n\ttwo\r\n"])
def test_an_ordinary_text_has_nothing_notable(text: str) -> None:
    assert notable(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\ufeffa", [("byte order mark", 1, 0)]),
        ("a\ufeff", [("zero width no-break space", 1, 1)]),
        ("a\0b\0", [("NUL", 2, 1)]),
        ("x\ud83d", [("lone surrogate", 1, 1)]),
        ("x\ud83d\ude00", [("surrogate pair", 1, 1)]),
        ("\ude00\ud83d", [("lone surrogate", 2, 0)]),
        ("a\u202eb", [("direction control", 1, 1)]),
        ("👩\u200d🚀", [("zero width character", 1, 1)]),
        ("❤\ufe0f", [("variation selector", 1, 1)]),
        ("a\U000e0041", [("tag character", 1, 1)]),
        ("caf\ufffd", [("replacement character", 1, 3)]),
        ("a\u00a0b", [("unusual blank", 1, 1)]),
        ("a\x1b[0m", [("control character", 1, 1)]),
        ("\ue000", [("private use character", 1, 0)]),
    ],
)
def test_what_cannot_be_seen_is_named_and_placed(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(each.what, each.count, each.start) for each in notable(text)] == found


@given(any_text)
def test_the_forms_are_those_of_the_unicode_database_and_the_text_is_in_the_one_that_is_said(text: str) -> None:
    forms = normal_forms(text)

    is_composed, is_decomposed = (unicodedata.is_normalized(form, text) for form in ("NFC", "NFD"))
    said = {(True, True): "both", (True, False): "NFC", (False, True): "NFD", (False, False): "neither"}
    assert forms.form == said[is_composed, is_decomposed]
    assert forms.composed == unicodedata.normalize("NFC", text)
    assert forms.decomposed == unicodedata.normalize("NFD", text)


def test_the_same_korean_word_has_two_forms_of_2_and_24_tokens() -> None:
    forms = normal_forms("한국어")

    # Measured with tiktoken 0.14.0, November 2026.
    assert [encodings.count(form, "o200k_base") for form in (forms.composed, forms.decomposed)] == [2, 24]
