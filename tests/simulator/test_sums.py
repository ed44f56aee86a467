"""Arithmetic: whatever is worked out is right, and whatever is no sum stays unanswered."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.sums import sum_of

NUMBERS = st.integers(0, 999).map(str) | st.tuples(st.integers(0, 99), st.integers(0, 99)).map(
    lambda pair: f"{pair[0]}.{pair[1]:02}"
)
SUMS = st.recursive(
    NUMBERS,
    lambda part: st.tuples(part, st.sampled_from(["+", "-", "*", "/"]), part).map(lambda three: f"({' '.join(three)})"),
    max_leaves=6,
)


def exactly(text: str) -> Fraction | None:
    made = re.sub(r"\d+(?:\.\d+)?", lambda number: f"Fraction('{number[0]}')", text)
    try:
        return Fraction(eval(made, {"Fraction": Fraction}))
    except ZeroDivisionError:
        return None


@given(SUMS.filter(lambda text: "(" in text), st.sampled_from(["{}", "What is {}?", "{} 계산해줘", "{} ="]))
def test_a_sum_is_what_python_makes_of_it(text: str, question: str) -> None:
    found = sum_of(question.format(text))

    value = exactly(text)
    assert found is not None
    if value is None:
        assert found[1] == ""
    elif found[1].startswith("≈ "):
        assert abs(Fraction(found[1][2:]) - value) <= Fraction(1, 10**6)
    else:
        assert Fraction(found[1]) == value


def test_long_numbers_keep_all_their_digits() -> None:
    assert sum_of("123456789012.123456 + 0.000001") == ("123456789012.123456 + 0.000001", "123456789012.123457")


@given(st.text(alphabet="0123456789+-*/(). xX^%√의 가=", max_size=40))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    found = sum_of(text)

    assert found is None or isinstance(found[1], str)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "02-123-4567",
        "010-1234-5678",
        "2x + 3 = 7",
        "3-4 people",
        "9^9^9",
        "on 11/23",
        " * ".join(["999^200"] * 40),
    ],
)
def test_dates_numbers_to_call_and_equations_are_no_sums(text: str) -> None:
    assert sum_of(text) is None
