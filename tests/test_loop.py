"""The loop with scripted exchanges: no connection, no simulator. The bodies compared with are those of the course."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from playground.builtin_tools import BUILT_IN
from playground.client import connect
from playground.exchange import ApiError, Exchange
from playground.loop import (
    STAGES,
    Call,
    Dialect,
    append,
    dialect_of,
    first_body,
    parse_calls,
    run_loop,
    second_body,
)
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET, Tool, run_tool
from simulator.transport import SimulatorTransport
from tests.scripted import ANSWERS, ARGUMENTS, CALLS_FUNCTION, CALLS_TOOL, QUESTION, WEATHER, Script
from tests.simulator.course import FUNCTION


def without_nulls(value: Any) -> Any:
    """The course's SDK sends nulls and empty lists that say nothing."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item not in (None, [])}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def test_the_course_s_two_requests_come_out_as_the_course_sends_them() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    body = first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER)

    list(run_loop(client, body, WEATHER))

    first, second = client.bodies
    assert first == {
        "model": "gpt-4",
        "messages": [{"role": "user", "content": "What's the weather like in Seoul?"}],
        "functions": [FUNCTION],
    }
    assert without_nulls(second) == {
        "model": "gpt-4",
        "messages": [
            {"role": "user", "content": "What's the weather like in Seoul?"},
            {
                "role": "assistant",
                "function_call": {"name": "get_current_weather", "arguments": '{\n  "location": "Seoul"\n}'},
            },
            {
                "role": "function",
                "name": "get_current_weather",
                "content": '{"location": "Seoul", "temperature": "25", "unit": "celsius",'
                ' "forecast": ["sunny", "windy"]}',
            },
        ],
    }
    client.assert_finished()


def test_the_tools_dialect_answers_the_call_by_its_id() -> None:
    client = Script(CALLS_TOOL, ANSWERS)
    body = first_body("tools", "gpt-4", QUESTION, GET_CURRENT_WEATHER)

    first, last = run_loop(client, body, WEATHER)

    assert client.bodies[0]["tools"] == [{"type": "function", "function": GET_CURRENT_WEATHER.definition}]
    assert client.bodies[1]["messages"][1:] == [
        CALLS_TOOL,
        {"role": "tool", "tool_call_id": "call_1", "content": first.results[0].output},
    ]
    assert "tools" not in client.bodies[1]
    assert (last.number, last.results, last.exchange.message) == (2, (), ANSWERS)
    client.assert_finished()


def test_the_unit_by_get_variant_sends_null_where_the_other_sends_celsius() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    tools = {"get_current_weather": GET_CURRENT_WEATHER_UNIT_BY_GET}

    list(run_loop(client, first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER), tools))

    assert json.loads(client.bodies[1]["messages"][2]["content"])["unit"] is None


@pytest.mark.parametrize(("dialect", "message"), [("functions", CALLS_FUNCTION), ("tools", CALLS_TOOL)])
def test_both_dialects_are_read_into_one_shape(dialect: Dialect, message: dict[str, Any]) -> None:
    (call,) = parse_calls(message)

    assert (call.name, call.arguments) == ("get_current_weather", ARGUMENTS)
    assert call.id == ("call_1" if dialect == "tools" else "")


@pytest.mark.parametrize("message", [None, {}, ANSWERS, {"tool_calls": None}, {"tool_calls": []}])
def test_an_answer_in_words_asks_for_nothing(message: dict[str, Any] | None) -> None:
    assert parse_calls(message) == ()


def test_a_call_that_lacks_its_parts_is_still_read() -> None:
    assert parse_calls({"tool_calls": [{"function": {"name": "f"}}, {}]}) == (Call("", "f", ""), Call("", "", ""))


def test_several_calls_keep_their_order_and_their_ids() -> None:
    calls = [
        {"id": f"call_{city}", "type": "function", "function": {"name": "get_current_weather", "arguments": arguments}}
        for city, arguments in [("b", '{"location": "Busan"}'), ("a", '{"location": "Seoul"}')]
    ]
    client = Script({"role": "assistant", "content": None, "tool_calls": calls}, ANSWERS)

    list(run_loop(client, first_body("tools", "gpt-4", QUESTION, GET_CURRENT_WEATHER), WEATHER))

    answers = client.bodies[1]["messages"][2:]
    assert [answer["tool_call_id"] for answer in answers] == ["call_b", "call_a"]
    assert ["Busan" in answers[0]["content"], "Seoul" in answers[1]["content"]] == [True, True]
    client.assert_finished()


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_appending_keeps_the_message_as_received_and_changes_no_list(dialect: Dialect) -> None:
    message = CALLS_FUNCTION if dialect == "functions" else CALLS_TOOL
    before = [{"role": "user", "content": QUESTION}]
    result = run_tool(GET_CURRENT_WEATHER, "call_1", "get_current_weather", ARGUMENTS)

    after = append(before, message, [result], dialect)

    assert before == [{"role": "user", "content": QUESTION}]
    assert after[:2] == [before[0], message]
    assert after[2]["role"] == ("function" if dialect == "functions" else "tool")


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_the_functions_are_sent_again_only_on_request(dialect: Dialect) -> None:
    body = {**first_body(dialect, "gpt-4", QUESTION, GET_CURRENT_WEATHER), "temperature": 0, "function_call": "auto"}

    without = second_body(body, CALLS_FUNCTION, [], dialect)
    again = second_body(body, CALLS_FUNCTION, [], dialect, send_functions_again=True)

    assert set(without) == {"model", "messages", "temperature"}
    assert set(again) == set(body)
    assert dialect_of(again) == dialect_of(body) == dialect


def test_an_unknown_function_becomes_a_result_and_the_loop_goes_on() -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
    client = Script({"role": "assistant", "tool_calls": [call]}, ANSWERS)

    first, last = run_loop(client, first_body("tools", "gpt-4", QUESTION, GET_CURRENT_WEATHER), WEATHER)

    assert client.bodies[1]["messages"][-1]["content"] == "Error: there is no function named 'get_time'."
    assert first.results[0].error
    assert last.exchange.message == ANSWERS
    client.assert_finished()


def test_a_function_that_raises_becomes_a_result_and_the_loop_goes_on() -> None:
    def broken(location: str) -> str:
        raise TimeoutError("no answer")

    tool = Tool("get_current_weather", "", GET_CURRENT_WEATHER.parameters, broken)
    client = Script(CALLS_FUNCTION, ANSWERS)

    list(run_loop(client, first_body("functions", "gpt-4", QUESTION, tool), {tool.name: tool}))

    expected = "Error: get_current_weather raised TimeoutError: no answer"
    assert client.bodies[1]["messages"][-1]["content"] == expected
    client.assert_finished()


def test_a_model_that_never_stops_calling_is_stopped_and_its_last_call_is_not_run() -> None:
    client = Script(CALLS_FUNCTION, CALLS_FUNCTION, CALLS_FUNCTION)
    body = first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER)

    steps = list(run_loop(client, body, WEATHER, max_steps=3, send_functions_again=True))

    assert [step.number for step in steps] == [1, 2, 3]
    assert [len(step.results) for step in steps] == [1, 1, 0]
    assert [step.stop for step in steps] == [None, None, "max_steps"]
    assert parse_calls(steps[-1].exchange.message)
    client.assert_finished()


@pytest.mark.parametrize("answers_before", [0, 1])
def test_a_failed_exchange_is_the_last_step(answers_before: int) -> None:
    refused = ApiError("status", "Rate limit reached", "Wait a little.", code="rate_limit_exceeded")
    client = Script(*[CALLS_FUNCTION] * answers_before, refused)

    steps = list(run_loop(client, first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER), WEATHER))

    assert len(steps) == answers_before + 1
    assert (steps[-1].exchange.error, steps[-1].results, steps[-1].stop) == (refused, (), "failed")
    client.assert_finished()


def test_whoever_watches_may_hold_the_loop_before_a_call_is_run() -> None:
    client = Script(CALLS_FUNCTION, CALLS_FUNCTION)
    body = first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER)

    steps = list(run_loop(client, body, WEATHER, send_functions_again=True, may_go_on=lambda steps: len(steps) < 2))

    assert [(step.stop, len(step.results)) for step in steps] == [(None, 1), ("held", 0)]
    client.assert_finished()


def test_a_client_is_taken_as_it_is_opened() -> None:
    client = connect("http://simulator.invalid/v1", "any key", transport=SimulatorTransport())
    body = first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER) | {"seed": 1}

    steps = list(run_loop(client, body, WEATHER, max_steps=3))

    assert [step.exchange.usage.total for step in steps if step.exchange.usage] == [97, 93]
    assert steps[-1].stop == "answer"


def test_several_tools_and_every_choice_are_written_in_both_dialects() -> None:
    tools = tuple(BUILT_IN.values())

    functions = first_body("functions", "gpt-4", QUESTION, tools, "calculator", parallel=False)
    today = first_body("tools", "gpt-4", QUESTION, tools, "required", parallel=False)

    assert [each["name"] for each in functions["functions"]] == list(BUILT_IN)
    assert functions["function_call"] == {"name": "calculator"}
    assert "parallel_tool_calls" not in functions
    assert [each["function"] for each in today["tools"]] == functions["functions"]
    assert (today["tool_choice"], today["parallel_tool_calls"]) == ("required", False)


def test_strictness_is_a_word_of_tools_only() -> None:
    tool = replace(GET_CURRENT_WEATHER, strict=True)

    assert first_body("tools", "gpt-4", QUESTION, tool)["tools"][0]["function"]["strict"] is True
    assert "strict" not in first_body("functions", "gpt-4", QUESTION, tool)["functions"][0]


def test_without_a_function_there_is_no_list_of_them() -> None:
    assert first_body("tools", "gpt-4", QUESTION, ()) == {
        "model": "gpt-4",
        "messages": [{"role": "user", "content": QUESTION}],
    }


def test_a_result_that_is_not_sent_is_no_message() -> None:
    results = [replace(run_tool(None, f"call_{n}", "f", "{}"), sent=n == 2) for n in (1, 2)]

    assert [each["tool_call_id"] for each in append([], CALLS_TOOL, results, "tools")[1:]] == ["call_2"]


def test_each_step_is_yielded_before_the_next_request_is_sent() -> None:
    client = Script(CALLS_FUNCTION, ANSWERS)
    steps = run_loop(client, first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER), WEATHER)

    next(steps)

    assert len(client.bodies) == 1


def test_a_step_shows_the_request_as_it_was_then() -> None:
    client: Callable[[dict[str, Any]], Exchange] = Script(CALLS_FUNCTION, ANSWERS)

    first, last = run_loop(client, first_body("functions", "gpt-4", QUESTION, GET_CURRENT_WEATHER), WEATHER)

    assert len(first.exchange.request["messages"]) == 1
    assert len(last.exchange.request["messages"]) == 3


def test_there_are_six_stages_and_each_of_the_three_speaks() -> None:
    assert [stage.key for stage in STAGES] == ["define", "ask", "call", "run", "append", "answer"]
    assert {stage.speaker for stage in STAGES} == {"model", "program", "function"}
    assert all(stage.title and stage.sentence.endswith(".") for stage in STAGES)
