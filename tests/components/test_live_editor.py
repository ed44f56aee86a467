"""The editor's Python half: who wins when both the page and the person change the text."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def page(text: str) -> None:
    import streamlit as st

    from components.live_editor import live_editor, waits

    st.code(live_editor(text, label="Text", key="ed"))
    st.caption(str(waits("ed")))


def drawn(text: str) -> AppTest:
    at = AppTest.from_function(page, kwargs={"text": text}).run()
    assert not at.exception
    return at


def sent(at: AppTest) -> dict[str, Any]:
    """What the browser gets."""
    (component,) = at.get("bidi_component")
    return json.loads(component.proto.json)


def type_in(at: AppTest, text: Any, revision: Any, number: str = "x-1") -> AppTest:
    at.session_state["ed"] = {"typed": {"text": text, "revision": revision, "id": number}}
    at.run()
    assert not at.exception
    return at


def test_the_page_gives_the_first_text() -> None:
    at = drawn("Hello")

    assert at.code[0].value == "Hello"
    assert sent(at)["text"] == "Hello"


def test_what_is_typed_is_answered() -> None:
    at = drawn("Hello")

    type_in(at, "Hello!", revision=sent(at)["revision"])

    assert at.code[0].value == "Hello!"


def test_an_echo_carries_no_new_revision_so_the_browser_keeps_what_was_typed_since() -> None:
    at = drawn("Hello")
    revision = sent(at)["revision"]

    type_in(at, "Hello!", revision, number="x-7")

    assert sent(at)["revision"] == revision
    assert sent(at)["answered"] == "x-7"


def test_a_text_that_the_page_changed_is_a_new_revision() -> None:
    at = drawn("Hello")
    revision = sent(at)["revision"]

    at.session_state["scratch_live_editor_ed"]["text"] = "something else"
    at.run()

    assert sent(at)["revision"] > revision
    assert at.code[0].value == "Hello"


def test_what_was_typed_before_the_page_changed_the_text_does_not_undo_the_change() -> None:
    at = drawn("Hello")
    old = sent(at)["revision"] - 1

    type_in(at, "typed too late", revision=old)

    assert at.code[0].value == "Hello"


def test_a_long_text_that_waits_in_the_browser_leaves_the_answer_as_it_was() -> None:
    at = drawn("Hello")
    revision = sent(at)["revision"]

    at.session_state["ed"] = {"typed": {"waits": True, "revision": revision, "id": "x-1"}}
    at.run()

    assert at.code[0].value == "Hello"
    assert at.caption[0].value == "True"
    assert sent(at)["answered"] == "x-1"


def test_a_long_text_that_was_asked_for_no_longer_waits() -> None:
    at = drawn("Hello")
    revision = sent(at)["revision"]
    at.session_state["ed"] = {"typed": {"waits": True, "revision": revision, "id": "x-1"}}
    at.run()

    at.session_state["ed"] = {"typed": {"waits": False, "text": "a" * 200_001, "revision": revision, "id": "x-2"}}
    at.run()

    assert at.code[0].value == "a" * 200_001
    assert at.caption[0].value == "False"


def test_a_text_that_waited_before_the_page_changed_the_text_waits_no_longer() -> None:
    at = drawn("Hello")
    old = sent(at)["revision"] - 1

    at.session_state["ed"] = {"typed": {"waits": True, "revision": old, "id": "x-1"}}
    at.run()

    assert at.caption[0].value == "False"


@pytest.mark.parametrize(
    "nonsense", [None, 7, [], {"text": 7, "revision": 1}, {"text": "x"}, "text", {"waits": 1, "revision": 1}]
)
def test_nonsense_from_a_browser_changes_nothing(nonsense: Any) -> None:
    at = drawn("Hello")

    at.session_state["ed"] = {"typed": nonsense}
    at.run()

    assert not at.exception
    assert at.code[0].value == "Hello"
    assert at.caption[0].value == "False"
