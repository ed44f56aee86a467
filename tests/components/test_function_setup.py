import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import function_setup
from components.function_stages import another, with_limits
from playground.builtin_tools import BUILT_IN
from playground.function_examples import EXAMPLES
from playground.staged_run import StagedRun, advance_to_the_end
from tests.scripted import QUESTION, Script
from tests.test_staged_run import IN_TURN, agent


def dialog(**told: Any) -> AppTest:
    """The dialog's form on a page of its own: AppTest loses a dialog when one of its fields changes."""

    def page() -> None:
        from components import tool_dialog

        tool_dialog._form(None, lambda name: None)

    at = AppTest.from_function(page, default_timeout=20)
    first = {"name": "find_book", "description": "Find a book", "schema": '{"type": "object"}', "way": "template"}
    for part, value in (first | {"answer": "none"} | told).items():
        at.session_state[f"function_tools_{part}"] = value
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"schema": '{"type": "object", "properties": {"a": {"type": "text"}}}'}, "properties.a.type"),
        ({"schema": '{"type": "object", "properties": {"a": {"$ref": "http://evil/s"}}}'}, "never followed"),
        ({"schema": '{"type": "object", "properties": {"a": {"pattern": "(?=a)"}}}'}, "linear time"),
        ({"schema": '{"type": '}, "line 1, column 10"),
        ({"schema": '{"type": "object", "enum": [' + "[" * 60 + "]" * 60 + "]}"}, "40 levels"),
        ({"schema": "[" * 1000 + "]" * 1000}, "too deep"),
        ({"name": "two words"}, "Name: A name has 1 to 64"),
        ({"name": "calculator"}, "There is a function of this name already"),
        ({"answer": "{city}"}, "Answer {city}: The schema has no property of this name"),
    ],
)
def test_a_hostile_or_broken_description_can_not_be_saved_and_says_where(told: dict[str, str], said: str) -> None:
    at = dialog(**told)

    errors = [error.value.replace("\\", "") for error in at.error]

    assert any(said in error for error in errors), errors
    assert at.button(key="function_tools_save").disabled


def test_a_sound_description_is_kept() -> None:
    at = dialog(answer="There is none.")

    at.button(key="function_tools_save").click().run()

    (kept,) = at.session_state["scratch_function_tools"].values()
    assert (kept["name"], kept["answer"]) == ("find_book", "There is none.")


def edited(text: str) -> AppTest:
    """The editor of a request, once "Use this" was pressed on a text; what it takes is kept as `taken`."""

    def page() -> None:
        from components import body_editor, state

        body_editor._form("probe", lambda body: state.set_widget("taken", body))

    at = AppTest.from_function(page, default_timeout=20)
    at.session_state["probe_text"] = text
    return at.run().button(key="probe_use").click().run()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"messages": [], }', "This is no JSON: line 1, column"),
        ("[" * 100_000, "too deep"),
        ("3", "A JSON object is wanted"),
        ('{"messages": "Hi"}', "A request has a list of messages."),
        ("{}", "A request has a list of messages."),
    ],
)
def test_the_editor_refuses_in_words_what_is_no_request_and_keeps_it(text: str, said: str) -> None:
    at = edited(text)

    assert "taken" not in at.session_state
    (error,) = at.error
    assert said in error.value
    assert at.text_area(key="probe_text").value == text


@pytest.mark.parametrize("content", ["Hi", "x" * 1_000_000], ids=["short", "a megabyte"])
def test_the_editor_takes_a_request(content: str) -> None:
    body = {"messages": [{"role": "user", "content": content}]}

    at = edited(json.dumps(body))

    assert at.session_state["taken"] == body
    assert not at.error


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_names_functions_that_there_are(example: Any) -> None:
    assert set(example.tools) <= set(BUILT_IN)
    assert example.settings().keys() <= function_setup.settings_of(StagedRun("", "tools", ())).keys()


def test_limits_may_change_while_a_run_goes_on_and_what_was_done_stays() -> None:
    run = advance_to_the_end(agent(), Script(*IN_TURN), "gpt-4")

    lower = with_limits(run, agent(max_steps=2))
    higher = with_limits(run, agent(max_steps=20))

    assert (lower.steps, lower.key) == (run.steps, "answer")
    assert higher.max_steps == 20


@pytest.mark.parametrize(
    ("changed", "new"),
    [
        ({}, False),
        ({"max_steps": 3, "send_functions_again": True}, False),
        ({"question": "Hi"}, True),
        ({"dialect": "tools"}, True),
        ({"choice": "none"}, True),
        ({"parallel": True}, True),
        ({"tools": ()}, True),
    ],
)
def test_other_settings_are_another_run(changed: dict[str, Any], new: bool) -> None:
    first: dict[str, Any] = {"question": QUESTION, "dialect": "functions", "tools": (BUILT_IN["calculator"],)}

    assert another(StagedRun(**first), StagedRun(**(first | changed))) is new
