"""Measures: each is turned into each other of its kind as it should be, and into nothing else."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.measures import _units, converted

PAIRS = sorted(
    (one.name, other.name)
    for one in _units().values()
    for other in _units().values()
    if one.kind == other.kind != one and one.name != other.name
)


def number(text: str) -> Fraction:
    return Fraction("".join(sign for sign in text if sign in "-.0123456789"))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@given(amount=st.integers(1, 500))
def test_what_is_said_to_be_exact_is_and_what_is_not_is_near(one: str, other: str, amount: int) -> None:
    said = converted(f"convert {amount} {one} to {other}", "en")

    assert said is not None
    factor, back = _units()[one].factor, _units()[other].factor
    exact = (amount - _units()[one].zero) * factor / back + _units()[other].zero

    assert float(number(said[1])) == pytest.approx(float(exact), rel=1e-3, abs=6e-5)
    assert said[1].startswith("≈") == (number(said[1]) != exact)


@pytest.mark.parametrize(
    "text", ["10 kg in km", "Wake me in 10 minutes", "5 km from Seoul", "in miles", "100 dollars in won"]
)
def test_what_has_no_conversion_gets_none(text: str) -> None:
    assert converted(text, "en") is None


@given(st.text(alphabet="0123456789 kmincelsuFC도를화씨섭로몇마일°.-,", max_size=40))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    found = converted(text, "ko")

    assert found is None or all(found)
