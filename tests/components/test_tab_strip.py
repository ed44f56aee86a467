"""The tabs' Python half: which one is open. What a click and an arrow key do is tested in a browser."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from components.tab_strip import tab_strip

    st.text(tab_strip({"one": "Eins", "two": "Zwei"}, label="Tabs", pane="pane", key="tabs"))


def opened(state: Any = None) -> AppTest:
    at = AppTest.from_function(page)
    if state is not None:
        at.session_state["tabs"] = state
    at.run()
    assert not at.exception
    return at


def test_the_first_tab_is_open_at_first() -> None:
    at = opened()

    assert [each.value for each in at.text] == ["one"]


def test_the_tab_that_was_clicked_is_open() -> None:
    at = opened({"open": "two"})

    assert [each.value for each in at.text] == ["two"]
    (strip,) = at.get("bidi_component")
    assert json.loads(strip.proto.json)["open"] == "two"


@pytest.mark.parametrize("sent", ["three", 7, None, ["one"], {"one": 1}])
def test_a_tab_that_there_is_not_opens_the_first(sent: Any) -> None:
    at = opened({"open": sent})

    assert [each.value for each in at.text] == ["one"]
