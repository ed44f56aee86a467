"""The menu of the parameters page: other parameters, presets, raw JSON, a link. Nothing of it sends by itself."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from playground.parameters import COURSE, PARAMETERS
from tests.pages.test_parameters import open_page, opened, run, sent, turn
from tests.pages.test_parameters_tabs import click, words
from tests.shown import json_of, lit_of
from tests.started import start


def open_menu(at: AppTest) -> AppTest:
    at.session_state["parameters_menu"] = True
    at.run()
    assert not at.exception
    return at


def add(at: AppTest, name: str) -> AppTest:
    open_menu(at).selectbox(key="parameters_add").set_value(name).run()
    assert not at.exception
    return at


def type_raw(at: AppTest, text: str) -> AppTest:
    open_menu(at).text_area(key="parameters_raw").set_value(text).run()
    assert not at.exception
    return at


def open_link(**query: str) -> AppTest:
    return opened(start(), **query)


def request(at: AppTest) -> Any:
    return json_of(at, "parameters_request")


def test_every_other_parameter_can_be_added_and_none_of_the_course_s() -> None:
    at = open_menu(open_page())

    offered = at.selectbox(key="parameters_add").options

    assert [each.split(" · ")[0] for each in offered] == [name for name in PARAMETERS if name not in COURSE]


def test_an_added_parameter_has_a_knob_lights_its_line_and_is_sent() -> None:
    at = add(open_page(), "seed")

    at.number_input(key="parameters_seed").set_value(7).run()
    run(at)

    assert lit_of(at, "parameters_request") == ['"seed": 7']
    assert sent(at)["seed"] == 7


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name not in COURSE])
def test_any_parameter_that_is_added_gives_a_request(name: str) -> None:
    at = add(open_page(), name)

    assert name in request(at) or name in ("safety_identifier", "prompt_cache_key"), "a text begins empty"


def test_reset_takes_added_ones_and_raw_json_away() -> None:
    at = type_raw(add(open_page(), "seed"), '{"top_k": 5}')

    click(at, "parameters_reset")

    assert list(request(at)) == ["model", "messages"]
    assert not any(each.key == "parameters_set_seed" for each in at.toggle)


def test_a_preset_replaces_what_was_set() -> None:
    at = turn(open_page(), "n", "number_input", 7)

    click(open_menu(at), "parameters_preset_creative")

    shown = {name: value for name, value in request(at).items() if name not in ("model", "messages")}
    assert shown == {"temperature": 1.3, "presence_penalty": 0.6}


def test_settings_of_one_s_own_are_kept_under_their_name_as_text() -> None:
    at = open_menu(turn(open_page(), "n", "number_input", 4))
    at.text_input(key="parameters_own_name").set_value("four *bold*").run()
    click(at, "parameters_own_keep")
    click(at, "parameters_reset")

    click(open_menu(at), "parameters_own_0")

    assert at.button(key="parameters_own_0").label == "four \\*bold\\*"
    assert request(at)["n"] == 4


def test_raw_json_sends_a_value_out_of_range_and_the_refusal_is_explained_at_its_knob() -> None:
    at = turn(open_page(), "temperature", "slider", 0.3)
    type_raw(at, '{"temperature": 3}')

    run(at)

    assert sent(at)["temperature"] == 3
    assert at.session_state["log"][-1].status == 400
    assert words(at).count("decimal above maximum value") == 2, "at the knob and in the answer"
    assert "The API refused this value:" in words(at)


def test_raw_json_that_is_none_is_not_sent_and_stays_typed() -> None:
    at = type_raw(open_page(), '{"temperature": NaN}')

    assert "The raw JSON is not sent: JSON has no NaN." in words(at)
    assert list(request(at)) == ["model", "messages"]
    assert at.text_area(key="parameters_raw").value == '{"temperature": NaN}'


@pytest.mark.parametrize(
    "odd",
    [
        '{"messages": 5}',
        '{"model": null}',
        '{"top_k": 5}',
        '{"stop": ""}',
        '{"stop": []}',
        '{"n": 0}',
        '{"logit_bias": {"999999999": 100}}',
        '{"logit_bias": {"no token": 1}}',
        '{"max_tokens": 1, "max_completion_tokens": 1}',
    ],
)
def test_an_odd_request_is_sent_as_it_is_and_the_page_stays_whole(odd: str) -> None:
    at = run(type_raw(open_page(), odd))

    assert sent(at).items() >= json.loads(odd).items()
    assert at.text_area(key="parameters_prompt").value


def test_a_contradiction_is_told_before_it_is_sent_and_by_the_api_after() -> None:
    at = add(open_page(), "top_logprobs")
    told = words(at)

    run(at)

    assert "top_logprobs needs logprobs: true." in told
    assert at.session_state["log"][-1].error.param == "top_logprobs"
    assert "The API refused this value:" in words(at)


def test_a_link_fills_the_page_and_sends_nothing() -> None:
    at = open_link(prompt="Hi there", model="gpt-4o", temperature="0.3", stop='["."]', seed="5", top_p="7")

    assert request(at) == {
        "model": "gpt-4o",
        "messages": [{"role": "user", "content": "Hi there"}],
        "temperature": 0.3,
        "stop": ".",
        "top_p": 7,
        "seed": 5,
    }
    assert "log" not in at.session_state


def test_a_link_can_neither_choose_a_server_nor_carry_a_key() -> None:
    at = open_link(prompt="Hi", base_url="https://evil.example/v1", api_key="sk-evil", kind="other")

    connection = at.session_state["connection"]
    assert connection.get("base_url", "") == ""
    assert connection.get("kind", "simulator") == "simulator"
    assert "evil" not in str(request(at))


def test_what_was_changed_after_a_link_is_not_undone_by_the_next_run() -> None:
    at = open_link(prompt="Hi", temperature="0.3")

    at.slider(key="parameters_temperature").set_value(1.1).run()
    at.run()

    assert request(at)["temperature"] == 1.1


def test_a_link_s_value_that_is_no_json_is_named() -> None:
    at = open_link(prompt="Hi", temperature="warm")

    assert "the values of `temperature` are no JSON" in words(at)


def test_the_link_of_the_menu_leads_back_to_the_same_request() -> None:
    at = open_menu(turn(open_page(), "temperature", "slider", 0.3))
    asked = request(at)

    (link,) = [each.value for each in at.code if "prompt=" in each.value]
    again = open_link(**dict(parse_qsl(link.partition("?")[2])))

    assert request(again) == asked


def test_a_real_model_s_refused_parameter_is_grey_and_can_be_sent_anyway() -> None:
    at = open_page(kind="openai", model="gpt-6-luna", fit=False)
    closed = at.toggle(key="parameters_set_temperature").disabled

    click(at, "parameters_set_temperature_anyway")

    assert closed
    assert "temperature" in request(at)
    assert "While the model reasons it is refused" in words(at)


def test_what_the_page_adds_for_a_model_counts_when_it_is_judged() -> None:
    at = open_page(kind="openai", model="gpt-6-luna")

    turn(at, "temperature", "slider", 0.3)

    assert not at.toggle(key="parameters_set_temperature").disabled
    assert request(at)["reasoning_effort"] == "none"
    assert "it is refused" not in words(at)
