import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.parameter_knobs import fits, position
from playground.parameters import COURSE, PARAMETERS

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()


def form(names: list[str]) -> None:
    import json

    import streamlit as st

    from components import parameter_form

    st.button("Reset", key="probe_reset", on_click=parameter_form.reset, args=(names, "probe"))
    st.code(json.dumps(parameter_form.draw(names, "probe")), language="json")


def open_form(*names: str) -> AppTest:
    return AppTest.from_function(form, kwargs={"names": list(names)}, default_timeout=10).run()


def what_is_set(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    return json.loads(at.code[0].value)


def switch_on(at: AppTest, name: str) -> AppTest:
    return at.toggle(key=f"probe_set_{name}").set_value(True).run()


def test_the_form_has_a_knob_for_each_parameter_of_the_table() -> None:
    at = open_form(*PARAMETERS)

    for name in PARAMETERS:
        switch_on(at, name)

    assert [toggle.label for toggle in at.toggle] == list(PARAMETERS)
    assert all(at.get_by_key(f"probe_{name}") is not None for name in PARAMETERS)


def test_nothing_is_set_at_first() -> None:
    at = open_form(*COURSE)

    assert what_is_set(at) == {}


@pytest.mark.parametrize(
    ("name", "kind", "position", "sent"),
    [
        ("temperature", "slider", 0.0, 0),
        ("temperature", "slider", 0.7, 0.7),
        ("temperature", "slider", 2.0, 2),
        ("n", "number_input", 5, 5),
        ("max_tokens", "number_input", 3, 3),
        ("user", "text_input", "class-7", "class-7"),
        ("stop", "multiselect", ["."], "."),
        ("stop", "multiselect", [".", "끝"], [".", "끝"]),
        ("stop", "multiselect", ["\\n"], "\n"),
        ("presence_penalty", "slider", -2.0, -2),
        ("logprobs", "button_group", True, True),
        ("parallel_tool_calls", "button_group", False, False),
        ("verbosity", "selectbox", "high", "high"),
        ("modalities", "button_group", ["audio"], ["audio"]),
        ("logit_bias", "text_area", '{"9906": -100}', {"9906": -100}),
        ("logit_bias", "text_area", "{}", {}),
        ("tools", "text_area", "[]", []),
        ("tool_choice", "text_area", '"auto"', "auto"),
        ("tool_choice", "text_area", '{"type": "x"}', {"type": "x"}),
    ],
)
def test_a_knob_s_position_is_sent_in_the_shape_of_the_wire(name: str, kind: str, position: Any, sent: Any) -> None:
    at = switch_on(open_form(name), name)

    getattr(at, kind)(key=f"probe_{name}").set_value(position).run()

    assert what_is_set(at) == {name: sent}
    assert type(what_is_set(at)[name]) is type(sent)


@pytest.mark.parametrize(
    ("name", "kind", "empty"),
    [("user", "text_input", ""), ("stop", "multiselect", []), ("logit_bias", "text_area", " ")],
)
def test_an_empty_knob_is_not_sent(name: str, kind: str, empty: Any) -> None:
    at = switch_on(open_form(name), name)

    getattr(at, kind)(key=f"probe_{name}").set_value(empty).run()

    assert what_is_set(at) == {}


def test_switching_a_knob_off_and_on_keeps_where_it_stood() -> None:
    at = switch_on(open_form("temperature"), "temperature")
    at.slider(key="probe_temperature").set_value(0.3).run()

    at.toggle(key="probe_set_temperature").set_value(False).run()
    off = what_is_set(at)
    switch_on(at, "temperature")

    assert off == {}
    assert what_is_set(at) == {"temperature": 0.3}


def test_reset_switches_every_knob_off_and_puts_it_back() -> None:
    at = open_form(*COURSE)
    for name in COURSE:
        switch_on(at, name)
    at.number_input(key="probe_n").set_value(7).run()

    at.button(key="probe_reset").click().run()
    reset = what_is_set(at)
    switch_on(at, "n")

    assert reset == {}
    assert what_is_set(at) == {"n": 3}


def test_a_knob_says_what_the_simulator_does_with_it_unless_it_works() -> None:
    at = open_form("temperature", "user")

    captions = " ".join(caption.value for caption in at.caption)

    assert captions.count("It has no effect in the simulator.") == 1


def test_a_deprecated_parameter_says_so_once_it_is_sent() -> None:
    at = open_form("max_tokens")
    before = [caption.value for caption in at.caption]

    switch_on(at, "max_tokens")

    assert not any("Deprecated" in caption for caption in before)
    assert any("max_completion_tokens replaces it" in caption.value for caption in at.caption)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('{"9906": NaN}', "JSON has no NaN."),
        ('{"9906": -100', "This is no JSON: line 1"),
        ("[9906]", "A JSON object is wanted here"),
    ],
)
def test_json_that_can_not_be_sent_says_why_and_stays_typed(typed: str, said: str) -> None:
    at = switch_on(open_form("logit_bias"), "logit_bias")

    at.text_area(key="probe_logit_bias").set_value(typed).run()

    assert what_is_set(at) == {}
    assert said in at.error[0].value
    assert at.text_area(key="probe_logit_bias").value == typed


def test_the_tokens_of_a_logit_bias_are_named_and_unknown_ones_too() -> None:
    at = switch_on(open_form("logit_bias"), "logit_bias")

    at.text_area(key="probe_logit_bias").set_value('{"15339": -100, "999999999": 5, "sea": 1}').run()

    assert what_is_set(at) == {"logit_bias": {"15339": -100, "999999999": 5, "sea": 1}}
    assert [text.value for text in at.text] == [
        "cl100k_base: 15339 hello -100",
        "No token of cl100k_base: 999999999, sea",
    ]


def test_a_value_that_is_the_default_is_told_from_one_that_differs() -> None:
    at = switch_on(open_form("temperature"), "temperature")
    at.slider(key="probe_temperature").set_value(1.0).run()
    same = " ".join(caption.value for caption in at.caption)

    at.slider(key="probe_temperature").set_value(1.3).run()
    other = " ".join(caption.value for caption in at.caption)

    assert "It is the default: it changes nothing." in same
    assert "It differs from the default." in other


def judged_form(verdict: str) -> None:
    import json
    from datetime import date

    import streamlit as st

    from components import parameter_form
    from playground.compatibility import Judgement
    from playground.exchange import ApiError

    judged = {"stop": Judgement(verdict, "It said so.", "a page", date(2026, 11, 23))}
    refused = ApiError("status", "Unsupported parameter.", "Leave it out.", param="stop[0]")
    st.code(json.dumps(parameter_form.draw(["stop", "n"], "probe", judged, refused)), language="json")


def test_a_refused_parameter_is_closed_with_its_reason_until_it_is_sent_anyway() -> None:
    at = AppTest.from_function(judged_form, kwargs={"verdict": "refused"}, default_timeout=10).run()
    closed = at.toggle(key="probe_set_stop").disabled

    at.button(key="probe_set_stop_anyway").click().run()
    at.multiselect(key="probe_stop").set_value(["."]).run()

    assert closed
    assert not at.toggle(key="probe_set_stop").disabled
    assert what_is_set(at) == {"stop": "."}
    assert any("It said so." in caption.value for caption in at.caption)
    assert not at.toggle(key="probe_set_n").disabled


def test_an_unsure_parameter_is_open_and_says_its_doubt_once_it_is_sent() -> None:
    at = AppTest.from_function(judged_form, kwargs={"verdict": "unsure"}, default_timeout=10).run()
    before = [caption.value for caption in at.caption]

    switch_on(at, "stop")
    at.multiselect(key="probe_stop").set_value(["."]).run()

    assert not any("It said so." in each for each in before)
    assert any("It said so." in caption.value for caption in at.caption)


def test_the_api_s_refusal_stands_at_the_knob_that_it_is_about() -> None:
    at = AppTest.from_function(judged_form, kwargs={"verdict": "accepted"}, default_timeout=10).run()

    assert [text.value for text in at.text] == ["Unsupported parameter."]


@given(st.sampled_from(list(PARAMETERS)), st.recursive(plain, lambda inner: st.lists(inner, max_size=4), max_leaves=5))
def test_a_knob_stands_only_where_it_can(name: str, value: Any) -> None:
    parameter = PARAMETERS[name]

    if fits(parameter, value):
        assert position(parameter, value) is not None
    assert fits(parameter, None) is False or parameter.kind == "json"
