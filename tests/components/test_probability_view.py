"""How a token and its probability are named: readable, never empty, and the same step for mark and colour."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.probability_view import STEPS, name, percent, step
from playground.sampling import Alternative


@pytest.mark.parametrize(
    ("token", "data", "shown"),
    [
        ("Hello", b"Hello", "Hello"),
        (" sea", b" sea", "·sea"),
        (".\n", b".\n", ".↵"),
        ("\\xeb", b"\xeb", "⟨eb⟩"),
        ("챗", "챗".encode(), "챗"),
        ("<|end|>", None, "<|end|>"),
        ("\ud83d", None, "?"),
        ("\x07", b"\x07", "⟨07⟩"),
        ("\v", b"\v", "⟨0b⟩"),
    ],
)
def test_a_token_is_named_so_that_it_can_be_seen(token: str, data: bytes | None, shown: str) -> None:
    assert name(Alternative(token, tuple(data) if data else None, -1.0)) == shown


@given(st.text(), st.none() | st.binary(min_size=1, max_size=8))
def test_every_token_has_a_name_that_can_be_drawn(token: str, data: bytes | None) -> None:
    shown = name(Alternative(token, tuple(data) if data else None, -1.0))

    assert bool(shown) or not (token or data)
    assert shown.isprintable() or shown.startswith("⟨")


@given(st.floats(0, 1))
def test_a_number_is_short_and_never_rounds_something_to_nothing(probability: float) -> None:
    said = percent(probability)

    assert said.endswith(" %")
    assert len(said) <= 6
    assert said != "0 %"


def test_steps_fall_with_the_probability_and_meet_the_legend() -> None:
    assert [step(each) for each in (1, 0.9, 0.899, 0.6, 0.3, 0.1, 0.0999, 0)] == [0, 0, 1, 1, 2, 3, 4, 4]
    assert math.isclose(sum(STEPS), 1.9)
