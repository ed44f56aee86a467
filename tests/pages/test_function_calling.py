"""The course's numbers are those that the API reported to it in March 2025; the simulator counts by the same rules."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.loop import STAGES
from tests.shown import is_shown, json_of, lit_of

APP = Path(__file__).parents[2] / "app.py"
KEYS = [stage.key for stage in STAGES]


def open_page(language: str = "en", **connection: Any) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=20)
    at.session_state["language"] = language
    at.session_state["connection"] = {"instant": True, **connection}
    return opened(at.run())


def opened(at: AppTest) -> AppTest:
    at.switch_page("pages/function_calling.py").run()
    assert not at.exception
    return at


def press(at: AppTest, name: str, times: int = 1) -> AppTest:
    for _ in range(times):
        at.button(key=f"function_calling_{name}").click().run()
        assert not at.exception
    return at


def stage(at: AppTest) -> str:
    """Key of the stage that is shown."""
    number = next(heading.value for heading in at.header if heading.value[0].isdigit())
    return KEYS[int(number[0]) - 1]


def requests(at: AppTest) -> list[dict[str, Any]]:
    """What was sent, oldest first."""
    return [exchange.request for exchange in at.session_state["log"]] if "log" in at.session_state else []


def usages(at: AppTest) -> list[tuple[int, int]]:
    return [(each.usage.prompt_tokens, each.usage.completion_tokens) for each in at.session_state["log"]]


def test_the_page_opens_with_the_function_and_its_schema_and_sends_nothing() -> None:
    at = open_page()

    assert stage(at) == "define"
    assert at.code[0].value.startswith("def get_current_weather(location: str")
    assert json_of(at, "function_calling_definition")["functions"][0]["name"] == "get_current_weather"
    assert requests(at) == []


def test_next_goes_through_the_six_stages_and_sends_two_requests() -> None:
    at = open_page()
    seen = [(stage(at), len(requests(at)))]

    for _ in range(5):
        press(at, "next")
        seen.append((stage(at), len(requests(at))))

    assert seen == [("define", 0), ("ask", 1), ("call", 1), ("run", 1), ("append", 1), ("answer", 2)]


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_the_first_request_is_shown_as_it_was_sent_with_the_functions_lit(dialect: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()

    press(at, "next")

    assert json_of(at, "function_calling_first") == requests(at)[0]
    assert lit_of(at, "function_calling_first")[0] == f'"{dialect}": ['


def test_the_call_is_read_from_the_response() -> None:
    at = press(open_page(), "next", 2)

    response = json_of(at, "function_calling_call_response")

    assert response["choices"][0]["finish_reason"] == "function_call"
    assert response["choices"][0]["message"]["content"] is None
    assert at.code[0].value == "get_current_weather(location='Seoul')"


def test_the_function_is_run_with_the_model_s_arguments() -> None:
    at = press(open_page(), "next", 3)

    assert json_of(at, "function_calling_arguments_0") == {"location": "Seoul"}
    assert json_of(at, "function_calling_result_0") == {
        "location": "Seoul",
        "temperature": "25",
        "unit": "celsius",
        "forecast": ["sunny", "windy"],
    }


@pytest.mark.parametrize(("dialect", "role"), [("functions", "function"), ("tools", "tool")])
def test_only_the_two_new_messages_are_lit_in_the_second_request(dialect: str, role: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()

    press(at, "next", 4)

    lit = lit_of(at, "function_calling_append")
    assert [line for line in lit if line.startswith('"role"')] == ['"role": "assistant",', f'"role": "{role}",']
    assert not any("Seoul?" in line for line in lit)
    assert dialect not in json_of(at, "function_calling_append")


def test_the_answer_and_the_course_s_numbers_stand_at_the_end() -> None:
    at = press(open_page(), "all")

    assert stage(at) == "answer"
    assert any("25 degrees Celsius" in text.value for text in at.text)
    assert usages(at) == [(79, 18), (72, 21)]
    assert any("79 + 18" in button.label for button in at.main.button)
    assert any("72 + 21" in markdown.value for markdown in at.main.markdown)
    assert any("190 tokens" in caption.value for caption in at.caption)


def test_the_second_request_shown_is_the_one_that_was_sent() -> None:
    at = press(open_page(), "next", 4)
    prepared = json_of(at, "function_calling_append")

    press(at, "next")

    assert requests(at)[1] == prepared == json_of(at, "function_calling_answer_request")


def test_the_course_s_way_of_calling_sends_null_and_costs_two_tokens_less() -> None:
    at = press(open_page(), "all")
    press(at, "open_run")

    at.toggle(key="function_calling_by_get").set_value(True).run()
    shown = at.code[0].value
    press(at, "next", 2)

    assert shown == "get_current_weather(location='Seoul', unit=None)"
    assert json.loads(requests(at)[-1]["messages"][2]["content"])["unit"] is None
    assert [prompt for prompt, _ in usages(at)] == [79, 72, 70]


def test_a_unit_that_the_model_gave_is_passed_on_either_way() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("What's the weather like in Seoul in fahrenheit?").run()

    press(at, "next", 3)

    assert json_of(at, "function_calling_result_0")["unit"] == "fahrenheit"
    assert any("The model gave a unit" in caption.value for caption in at.caption)


def test_the_functions_are_sent_again_on_request() -> None:
    at = press(open_page(), "next", 4)

    at.toggle(key="function_calling_again").set_value(True).run()
    press(at, "next")

    assert "functions" in requests(at)[1]
    assert stage(at) == "answer"


def test_a_stage_that_was_reached_can_be_looked_at_again_without_sending() -> None:
    at = press(open_page(), "all")

    press(at, "open_ask")
    again = stage(at)
    press(at, "next")

    assert (again, stage(at)) == ("ask", "call")
    assert len(requests(at)) == 2


def test_a_run_is_still_there_after_another_page() -> None:
    at = press(open_page(), "next", 3)

    at.switch_page("pages/chat.py").run()
    opened(at)

    assert stage(at) == "run"
    press(at, "next", 2)
    assert any("25 degrees Celsius" in text.value for text in at.text)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("text_input", "question", "What's the weather like in Busan?"),
        ("segmented_control", "dialect", "tools"),
    ],
)
def test_another_question_or_dialect_starts_over(kind: str, key: str, value: str) -> None:
    at = press(open_page(), "all")

    getattr(at, kind)(key=f"function_calling_{key}").set_value(value).run()

    assert stage(at) == "define"
    assert len(requests(at)) == 2


def test_start_over_forgets_the_run_and_keeps_the_question() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("What's the weather like in Busan?").run()
    press(at, "all")

    press(at, "restart")

    assert stage(at) == "define"
    assert at.text_input(key="function_calling_question").value == "What's the weather like in Busan?"


def test_a_question_that_needs_no_function_ends_at_the_call() -> None:
    at = open_page()
    at.text_input(key="function_calling_question").set_value("Hello! I'm John.").run()

    press(at, "all")

    assert stage(at) == "call"
    assert any("asked for no function" in markdown.value for markdown in at.main.markdown)
    assert not is_shown(at, "function_calling_lanes_call")
    assert at.button(key="function_calling_restart").proto.type == "primary"


def test_a_refusal_is_shown_and_the_same_stage_is_tried_again() -> None:
    at = press(open_page(model="no-such-model"), "all")

    refused = [text.value for text in at.text]
    at.session_state["connection"] = {"instant": True}
    press(at, "next")

    assert any("no-such-model" in text for text in refused)
    assert stage(at) == "ask"
    assert [exchange.status for exchange in at.session_state["log"]] == [404, 200]


def test_the_whole_exchange_is_one_click_away_and_drawn_only_then() -> None:
    at = press(open_page(), "next", 2)
    before = is_shown(at, "function_calling_call_exchange_request_json")

    at.session_state["function_calling_call_whole"] = True
    at.run()

    assert not before
    assert json_of(at, "function_calling_call_exchange_request_json") == requests(at)[0]


@pytest.mark.parametrize("question", ["<img src=x onerror=alert(1)> weather in Seoul?", "날씨 😀 weather", "w" * 2000])
def test_any_question_is_sent_as_it_is(question: str) -> None:
    at = open_page()

    at.text_input(key="function_calling_question").set_value(question).run()
    press(at, "next")

    assert requests(at)[0]["messages"] == [{"role": "user", "content": question}]


def test_an_empty_question_can_not_be_asked() -> None:
    at = open_page()

    at.text_input(key="function_calling_question").set_value("  ").run()

    assert at.button(key="function_calling_next").disabled


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_first_look_has_one_primary_button_and_few_controls(language: str) -> None:
    at = open_page(language)

    buttons = [button for button in at.main.button if button.key != "connection_chip_phone"]
    controls = [*buttons, *at.main.toggle, *at.main.text_input, *at.main.segmented_control]

    assert [button.key for button in buttons if button.proto.type == "primary"] == ["function_calling_next"]
    assert len(controls) <= 9


@pytest.mark.parametrize(("dialect", "name"), [("functions", "function_call"), ("tools", "tool_choice")])
def test_what_was_chosen_of_calling_is_sent_and_nothing_else(dialect: str, name: str) -> None:
    at = open_page()
    at.segmented_control(key="function_calling_dialect").set_value(dialect).run()
    press(at, "next")
    assert name not in requests(at)[-1]
    press(at, "restart")

    at.segmented_control(key="function_calling_choice").set_value("none").run()
    press(at, "next", times=2)

    assert requests(at)[-1][name] == "none"
    assert stage(at) == "call"
    assert not at.session_state["log"][-1].tool_calls
