"""Patterns of strangers: found in time that grows with the text alone, refused where that can't be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.patterns import LONGEST, compiled, problem
from simulator import pattern_texts


@pytest.mark.parametrize("pattern", ["(", "(?=a)b", r"(a)\1", "a" * (LONGEST + 1), "(?:a{1000}){1000}", "\ud800"])
def test_what_is_no_pattern_or_more_than_one_is_none(pattern):
    assert compiled(pattern) is None
    assert problem(pattern)


def test_a_hostile_pattern_takes_no_longer_than_another():
    engine = compiled("^(a+)+$")
    started = time.process_time()

    assert engine is not None
    assert not engine.is_in("a" * 50_000 + "!")
    assert time.process_time() - started < 1


@given(st.text(st.characters(), max_size=20))
def test_any_text_can_be_searched_half_a_surrogate_pair_too(text):
    assert compiled("^")
    assert compiled("^").is_in(text)
    assert not compiled("^a+$").is_in("a\ud800")


@given(st.from_regex(r"\A(?:[a-z\[\]\\d|()?*+{}2,^$.-]){0,16}\Z"))
def test_a_text_that_is_written_for_a_pattern_is_taken_by_it(pattern):
    written = pattern_texts.text(pattern)

    assert written is None or pattern_texts.takes(pattern, written)


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"^\d{3}-\d{4}$", "^[A-Z]{2,5}$", r"^\S+@\S+\.\S+$", "^(?:red|blue)$", r"^[^\s]+$", r"^\+?[1-9]\d{1,14}$"),
        *(
            r"^(\d{4})-(\d{2})-(\d{2})$",
            "^#[0-9a-fA-F]{6}$",
            r"^[가-힣]{2,4}$",
            r"^\p{Lu}+$",
            r"^v\d+(\.\d+)*$",
            "^$",
            "a|",
        ),
        *(r"^https?://.+", r"^(?P<year>\d{4})$", r"^[\w.-]+\.(?:png|jpg)$", r"^\x41{2}$"),
    ],
)
def test_the_patterns_that_people_use_are_written(pattern):
    assert pattern_texts.text(pattern) is not None
