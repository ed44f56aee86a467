from typing import Any

import pytest

from playground.builtin_tools import BUILT_IN
from playground.dialects import LOST, in_dialect
from playground.loop import first_body, parse_calls, second_body
from playground.tools import GET_CURRENT_WEATHER, run_tool
from tests.scripted import CALLS_FUNCTION, CALLS_TOOL, QUESTION


def followed(dialect: Any, message: dict[str, Any]) -> dict[str, Any]:
    body = first_body(dialect, "gpt-4", QUESTION, GET_CURRENT_WEATHER, "auto")
    results = [run_tool(GET_CURRENT_WEATHER, call.id, call.name, call.arguments) for call in parse_calls(message)]
    return second_body(body, message, results, dialect, send_functions_again=True)


def test_both_dialects_of_the_course_s_second_request_are_each_other_s_translation() -> None:
    functions, tools = followed("functions", CALLS_FUNCTION), followed("tools", CALLS_TOOL)

    assert in_dialect(functions, "tools") == (tools, ())
    assert in_dialect(tools, "functions") == (functions, ())


@pytest.mark.parametrize("dialect", ["functions", "tools"])
def test_a_request_in_its_own_dialect_stays_as_it_is(dialect: Any) -> None:
    body = first_body(dialect, "gpt-4", QUESTION, tuple(BUILT_IN.values()), "calculator")

    assert in_dialect(body, dialect) == (body, ())


def test_what_functions_can_not_say_is_named() -> None:
    body = first_body("tools", "gpt-4", QUESTION, GET_CURRENT_WEATHER, "required", parallel=False)
    body["tools"][0]["function"]["strict"] = True
    calls = [
        {"id": f"c{n}", "type": "function", "function": {"name": "get_current_weather", "arguments": "{}"}}
        for n in range(2)
    ]
    body["messages"] += [{"role": "assistant", "tool_calls": calls}]
    body["messages"] += [{"role": "tool", "tool_call_id": f"c{n}", "content": str(n)} for n in range(2)]

    translated, lost = in_dialect(body, "functions")

    assert set(lost) == set(LOST)
    roles = [message["role"] for message in translated["messages"]]
    assert roles == ["user", *["assistant", "function"] * 2]
    assert [message["content"] for message in translated["messages"][2::2]] == ["0", "1"]
