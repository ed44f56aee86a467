"""Laws of the sampler, on any logits; then its limits by example."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.sampler import Sampling, draw, entropy, penalised, probabilities

logits = st.lists(st.floats(-30, 30), min_size=1, max_size=12).map(np.array)
temperatures = st.floats(0, 2)


@given(logits=logits, temperature=temperatures, top_p=st.floats(0, 1))
def test_probabilities_add_up_to_one_and_none_is_negative(logits, temperature, top_p):
    distribution = probabilities(logits, Sampling(temperature=temperature, top_p=top_p))

    assert abs(distribution.sum() - 1) < 1e-9
    assert (distribution >= 0).all()


@given(logits=logits, seed=st.integers())
def test_at_temperature_0_every_seed_draws_the_likeliest(logits, seed):
    distribution = probabilities(logits, Sampling(temperature=0))

    assert draw(distribution, Random(str(seed))) == int(np.argmax(logits))


@given(logits=logits, temperatures=st.tuples(temperatures, temperatures))
def test_a_higher_temperature_never_makes_the_choice_more_certain(logits, temperatures):
    cool, warm = sorted(temperatures)

    before = entropy(probabilities(logits, Sampling(temperature=cool)))
    after = entropy(probabilities(logits, Sampling(temperature=warm)))

    assert before <= after + 1e-9


@given(logits=logits, temperature=temperatures, cuts=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_smaller_top_p_keeps_part_of_what_a_larger_one_keeps(logits, temperature, cuts):
    narrow, wide = sorted(cuts)

    few = probabilities(logits, Sampling(temperature=temperature, top_p=narrow)) > 0
    many = probabilities(logits, Sampling(temperature=temperature, top_p=wide)) > 0

    assert (few <= many).all()
    assert few.any()


@given(logits=logits, top_p=st.floats(0.01, 1))
def test_what_top_p_keeps_reaches_top_p(logits, top_p):
    whole = probabilities(logits, Sampling())

    kept = probabilities(logits, Sampling(top_p=top_p)) > 0

    assert whole[kept].sum() >= top_p - 1e-9


@given(logits=logits, seed=st.integers(), temperature=temperatures, top_p=st.floats(0, 1))
def test_only_a_token_with_some_probability_is_drawn(logits, seed, temperature, top_p):
    distribution = probabilities(logits, Sampling(temperature=temperature, top_p=top_p))

    assert distribution[draw(distribution, Random(seed))] > 0


@given(logits=logits, count=st.integers(1, 5), penalty=st.floats(0.01, 2))
def test_a_penalty_makes_a_repeated_token_less_likely(logits, count, penalty):
    counts, bias = np.zeros(len(logits)), np.zeros(len(logits))
    counts[0] = count

    frequency = penalised(logits, counts, bias, Sampling(frequency_penalty=penalty))
    presence = penalised(logits, counts, bias, Sampling(presence_penalty=penalty))

    assert np.isclose(logits[0] - frequency[0], penalty * count)
    assert np.isclose(logits[0] - presence[0], penalty)
    assert (frequency[1:] == logits[1:]).all()
    assert (presence[1:] == logits[1:]).all()


def test_draws_follow_the_probabilities():
    distribution, random = np.array([0.2, 0.0, 0.8]), Random("fixed")

    drawn = [draw(distribution, random) for _ in range(5000)]

    assert set(drawn) == {0, 2}
    assert 0.18 < drawn.count(0) / 5000 < 0.22


def test_temperatures_close_to_0_and_top_p_0_are_no_division_by_zero():
    flat = np.array([1.0, 1.0, 0.5])

    assert probabilities(flat, Sampling(temperature=1e-300)).tolist() == [0.5, 0.5, 0.0]
    assert probabilities(flat, Sampling(top_p=0)).tolist() == [1.0, 0.0, 0.0]
