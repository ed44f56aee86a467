import inspect
import json
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.resources.chat.completions import Completions

from playground.messages import system, user
from playground.parameters import COURSE, PARAMETERS, body_of
from simulator.effects import EFFECTS

names = st.sampled_from([*PARAMETERS, "logit_bias", "something_new"])
values = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(), st.just([]))
settings = st.dictionaries(names, values)


@given(settings)
def test_exactly_what_is_set_is_sent(chosen: dict[str, Any]) -> None:
    body = body_of("gpt-4", [user("Hi")], chosen)

    sent = {name: value for name, value in body.items() if name not in ("model", "messages")}
    assert sent == {name: value for name, value in chosen.items() if value is not None}


@given(settings, st.randoms())
def test_the_order_of_the_clicks_does_not_change_the_request(chosen: dict[str, Any], random: Any) -> None:
    known = {name: value for name, value in chosen.items() if name in PARAMETERS}
    shuffled = list(known.items())
    random.shuffle(shuffled)

    assert json.dumps(body_of("gpt-4", [], dict(shuffled))) == json.dumps(body_of("gpt-4", [], known))


def test_a_bare_request_is_the_course_s_first_request() -> None:
    messages = [system("You are a helpful assistant."), user("Hello! I'm John.")]

    body = body_of("gpt-4", messages, {})

    assert body == {
        "model": "gpt-4",
        "messages": [
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Hello! I'm John."},
        ],
    }


def test_adding_to_the_conversation_later_leaves_the_request_as_it_was() -> None:
    messages = [user("Hi")]
    body = body_of("gpt-4", messages, {})

    messages.append(user("And?"))

    assert body["messages"] == [user("Hi")]


def test_zero_and_false_are_values_and_are_sent() -> None:
    body = body_of("gpt-4", [], {"temperature": 0, "logprobs": False, "seed": 0})

    assert body == {"model": "gpt-4", "messages": [], "temperature": 0, "seed": 0, "logprobs": False}


def test_the_course_s_five_come_first() -> None:
    assert COURSE == ("temperature", "n", "stop", "max_tokens", "user")
    assert tuple(PARAMETERS)[:5] == COURSE


def test_the_ranges_and_defaults_are_the_course_s_where_the_course_is_right() -> None:
    temperature, n, stop = PARAMETERS["temperature"], PARAMETERS["n"], PARAMETERS["stop"]

    assert (temperature.minimum, temperature.maximum, temperature.default) == (0, 2, 1)
    assert (n.minimum, n.default) == (1, 1)
    assert (stop.maximum, stop.default) == (4, None)


def test_max_tokens_has_no_default_and_says_whose_default_is_16() -> None:
    max_tokens = PARAMETERS["max_tokens"]

    assert max_tokens.default is None
    assert "16 is the default of the older Completions endpoint" in max_tokens.summary


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_is_one_that_the_sdk_sends(name: str) -> None:
    accepted = inspect.signature(Completions.create).parameters

    assert name in accepted


def test_the_effect_shown_is_the_effect_that_the_simulator_has() -> None:
    shown = {name: parameter.effect for name, parameter in PARAMETERS.items()}

    assert shown == {name: EFFECTS[name] for name in PARAMETERS}


@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_says_what_it_does_and_where_that_was_read(name: str) -> None:
    parameter = PARAMETERS[name]

    assert parameter.name == name
    assert parameter.summary.endswith(".")
    assert parameter.effect in ("effective", "echoed", "none")
    assert parameter.source
    assert parameter.date.year >= 2026
    assert parameter.default is None or parameter.minimum is None or parameter.default >= parameter.minimum


def test_a_parameter_can_not_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PARAMETERS["n"].maximum = 3  # type: ignore[misc]
