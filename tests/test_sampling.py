"""Laws of temperature and top_p on any logits, and odd answers of servers that are read without a stumble."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.sampling import Alternative, Position, nucleus, perplexity, positions, softmax, what_if
from simulator.sampler import Sampling, probabilities

logits = st.lists(st.floats(-50, 0), min_size=1, max_size=20)
temperatures = st.floats(0, 10)
shares = st.floats(0, 1)


@given(logits, temperatures, shares)
def test_probabilities_sum_to_1_and_none_is_negative(values: list[float], temperature: float, top_p: float) -> None:
    shaped = what_if(values, temperature, top_p)

    assert sum(shaped) == pytest.approx(1)
    assert min(shaped) >= 0


@given(logits)
def test_towards_temperature_0_the_likeliest_takes_all(values: list[float]) -> None:
    at_zero, near = softmax(values, 0), softmax(values, 1e-6)

    assert at_zero[values.index(max(values))] == 1
    assert sum(share for share, value in zip(near, values, strict=True) if max(values) - value < 1e-3) > 0.999


@given(logits)
def test_towards_an_endless_temperature_all_are_alike(values: list[float]) -> None:
    shaped = softmax(values, 1e9)

    assert shaped == pytest.approx([1 / len(values)] * len(values), abs=1e-6)


@given(logits, st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_higher_temperature_never_makes_the_likeliest_likelier(values: list[float], one: float, two: float) -> None:
    low, high = sorted((one, two))

    assert max(softmax(values, high)) <= max(softmax(values, low)) + 1e-12


@given(logits, shares, shares)
def test_a_smaller_top_p_keeps_part_of_what_a_larger_one_keeps(values: list[float], one: float, two: float) -> None:
    shaped = softmax(values)
    small, large = (nucleus(shaped, share) for share in sorted((one, two)))

    assert {place for place, each in enumerate(small) if each} <= {place for place, each in enumerate(large) if each}
    assert any(small)


@given(logits, st.floats(0.01, 0.99))
def test_the_nucleus_reaches_top_p_with_as_few_as_can_be(values: list[float], top_p: float) -> None:
    shaped = softmax(values)
    kept = [shaped[place] for place, each in enumerate(nucleus(shaped, top_p)) if each]

    assert sum(kept) >= top_p - 1e-9
    assert sum(kept) - min(kept) < top_p + 1e-9


@given(st.lists(st.floats(-20, 0), min_size=1, max_size=12, unique=True), st.floats(0.2, 3), st.floats(0.05, 1))
def test_it_is_what_the_simulator_draws_from(values: list[float], temperature: float, top_p: float) -> None:
    expected = probabilities(np.array(values), Sampling(temperature=temperature, top_p=top_p))

    assert what_if(values, temperature, top_p) == pytest.approx(list(expected), abs=1e-6)


@given(st.lists(st.floats(-10, 0), min_size=1, max_size=10), st.floats(0.2, 2))
def test_asking_at_a_temperature_and_looking_back_at_it_changes_nothing(values: list[float], asked: float) -> None:
    returned = [math.log(max(each, 1e-300)) for each in softmax(values, asked)]

    assert what_if(returned, asked, asked_temperature=asked) == pytest.approx(softmax(values, asked), abs=1e-6)


def test_perplexity_is_the_number_of_equal_choices() -> None:
    assert perplexity([math.log(0.5), math.log(0.5)]) == 2
    assert perplexity([0.0]) == 1
    assert perplexity([]) is None
    assert math.isfinite(perplexity([-9999.0]) or 0)


def test_the_drawn_token_is_among_the_alternatives_once() -> None:
    likely, drawn = Alternative("sea", (1,), -0.1), Alternative("sky", (2,), -3.0)

    assert Position(drawn, (likely,)).alternatives == (likely, drawn)
    assert Position(likely, (likely, drawn)).alternatives == (likely, drawn)
    assert Position(likely, (likely,)).seen == pytest.approx(math.exp(-0.1))


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"logprobs": None},
        {"logprobs": "yes"},
        {"logprobs": {"content": None}},
        {"logprobs": {"content": [7]}},
        {"logprobs": {"content": [{"token": "a"}]}},
        {"logprobs": {"content": [{"token": "a", "logprob": "high"}]}},
        {"logprobs": {"content": [{"token": "a", "logprob": float("nan")}]}},
        {"logprobs": {"tokens": ["a"], "token_logprobs": [-1.0]}},
    ],
)
def test_a_server_that_sends_something_else_has_no_positions(choice: dict[str, Any]) -> None:
    assert positions(choice) == ()


def test_alternatives_that_can_not_be_read_are_left_out() -> None:
    content = [{"token": "a", "bytes": [97], "logprob": -1, "top_logprobs": [None, {"token": "b", "logprob": -2.0}]}]

    (position,) = positions({"logprobs": {"content": content}})

    assert position.chosen == Alternative("a", (97,), -1.0)
    assert position.top == (Alternative("b", None, -2.0),)
