import inspect
import json
import re
from dataclasses import FrozenInstanceError
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.resources.chat.completions import Completions
from openai.resources.completions import Completions as TextCompletions
from openai.types import completion_create_params as text_types
from openai.types.chat import completion_create_params as chat_types

from playground import parameters
from playground.messages import system, user
from playground.parameter_row import Parameter
from playground.parameters import COURSE, PARAMETERS, REQUIRED, TEXT_PARAMETERS, TEXT_REQUIRED, body_of
from simulator.api import Request, handle
from simulator.effects import EFFECTS
from simulator.text_rules import TEXT_EFFECTS

names = st.sampled_from([*PARAMETERS, "something_new"])
BOTH = [*PARAMETERS.values(), *TEXT_PARAMETERS.values()]
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


def fields_of(types: Any) -> set[str]:
    """What the SDK's types know of a request; stream is in two subclasses of its own."""
    return set(types.CompletionCreateParamsBase.__annotations__) | {"stream"}


def test_the_table_has_every_parameter_of_the_sdk_s_types_and_no_other() -> None:
    assert set(PARAMETERS) | set(REQUIRED) == fields_of(chat_types)
    assert set(TEXT_PARAMETERS) | set(TEXT_REQUIRED) == fields_of(text_types)


@pytest.mark.parametrize(
    ("table", "create"), [(PARAMETERS, Completions.create), (TEXT_PARAMETERS, TextCompletions.create)]
)
def test_each_parameter_is_one_that_the_sdk_sends(table: dict[str, Parameter], create: Any) -> None:
    accepted = inspect.signature(create).parameters

    assert set(table) <= set(accepted)


def test_each_choice_is_one_that_the_sdk_s_types_name() -> None:
    for name, parameter in PARAMETERS.items():
        if parameter.choices:
            written = str(get_type_hints(chat_types.CompletionCreateParamsBase)[name])
            assert set(re.findall(r"'(\w+)'", written)) == set(parameter.choices), name


def test_the_effect_shown_is_the_effect_that_the_simulator_has() -> None:
    shown = {name: parameter.effect for name, parameter in PARAMETERS.items()}
    text = {name: each.effect for name, each in TEXT_PARAMETERS.items() if each.effect != "refused"}

    assert shown == {name: EFFECTS[name] for name in PARAMETERS}
    assert text == {name: effect for name, effect in TEXT_EFFECTS.items() if name not in TEXT_REQUIRED}


def send(body: dict[str, Any], path: str = "/v1/chat/completions") -> tuple[int, Any]:
    """Send a body to the simulator; status and parsed answer."""
    response = handle(Request("POST", path, {"Authorization": "Bearer any"}, json.dumps(body).encode()))
    return response.status, json.loads(response.body)


BODY = {"model": "gpt-4", "messages": [user("Write a slogan for a bakery.")], "seed": 3}


def value_of(parameter: Parameter) -> Any:
    """Something that can be sent."""
    if parameter.example:
        return json.loads(parameter.example)
    values = {"text": "x", "texts": "x", "boolean": True, "integer": 2, "number": 1.5}
    first = parameter.choices[0] if parameter.choices else None
    return [first] if parameter.kind == "choices" else first or values[parameter.kind]


@pytest.mark.parametrize("name", [name for name, each in PARAMETERS.items() if each.effect == "none"])
def test_a_parameter_without_effect_is_taken_and_changes_nothing(name: str) -> None:
    _, plain = send(BODY)

    status, answer = send({**BODY, name: value_of(PARAMETERS[name])})

    assert status == 200
    assert answer["choices"] == plain["choices"]
    assert answer["usage"] == plain["usage"]


def test_an_echoed_parameter_comes_back_and_changes_nothing_else() -> None:
    _, plain = send(BODY)

    _, answer = send({**BODY, "service_tier": "flex"})

    assert [name for name, each in PARAMETERS.items() if each.effect == "echoed"] == ["service_tier"]
    assert answer["service_tier"] == "flex"
    assert answer["choices"] == plain["choices"]


@pytest.mark.parametrize("name", [name for name, each in TEXT_PARAMETERS.items() if each.effect == "refused"])
def test_a_parameter_that_the_simulator_refuses_is_refused(name: str) -> None:
    body = {"model": "text-davinci-003", "prompt": "Hello", name: value_of(TEXT_PARAMETERS[name])}

    status, answer = send(body, path="/v1/completions")

    assert status == 400
    assert answer["error"]["param"] == name


@pytest.mark.parametrize("parameter", BOTH, ids=lambda each: f"{each.name}-{each.source[-30:]}")
def test_each_parameter_says_what_it_does_and_where_that_was_read(parameter: Parameter) -> None:
    assert parameter.summary.endswith(".")
    assert parameter.effect in ("effective", "echoed", "none", "refused")
    assert parameter.source
    assert parameter.date.year >= 2026
    if isinstance(parameter.default, int) and parameter.minimum is not None:
        assert parameter.default >= parameter.minimum
    if parameter.kind in ("map", "object", "list", "json"):
        shape = {"map": dict, "object": dict, "list": list, "json": str}[parameter.kind]
        assert isinstance(json.loads(parameter.example), shape)
    assert bool(parameter.choices) == (parameter.kind in ("choice", "choices"))


def test_the_same_name_means_the_same_range_at_both_endpoints_unless_a_row_says_otherwise() -> None:
    for name in PARAMETERS.keys() & TEXT_PARAMETERS.keys() - {"max_tokens", "logprobs"}:
        chat, text = PARAMETERS[name], TEXT_PARAMETERS[name]
        assert (chat.kind, chat.minimum, chat.maximum) == (text.kind, text.minimum, text.maximum)


def test_a_parameter_can_not_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PARAMETERS["n"].maximum = 3  # type: ignore[misc]
    assert parameters.PARAMETERS["n"].maximum == 128
