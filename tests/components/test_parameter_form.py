import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.parameters import COURSE, PARAMETERS


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
    ],
)
def test_a_knob_s_position_is_sent_in_the_shape_of_the_wire(name: str, kind: str, position: Any, sent: Any) -> None:
    at = switch_on(open_form(name), name)

    getattr(at, kind)(key=f"probe_{name}").set_value(position).run()

    assert what_is_set(at) == {name: sent}
    assert type(what_is_set(at)[name]) is type(sent)


@pytest.mark.parametrize(("name", "kind", "empty"), [("user", "text_input", ""), ("stop", "multiselect", [])])
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
