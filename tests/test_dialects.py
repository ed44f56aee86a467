import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.builtin_tools import BUILT_IN
from playground.dialects import LOST, in_dialect
from playground.function_source import source_of
from playground.json_two_ways import SCHEMA, by_format, by_function, rows, written_by
from playground.ledger import count_prompt
from playground.loop import first_body, parse_calls, second_body
from playground.parallel_results import rows as parallel_rows
from playground.run_diagram import diagram, label
from playground.strict import problems
from playground.tools import GET_CURRENT_WEATHER, run_tool
from tests.scripted import CALLS_FUNCTION, CALLS_TOOL, QUESTION, exchange_of
from tests.test_staged_run import IN_TURN, agent


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


def test_the_schema_of_the_two_ways_is_one_that_the_api_takes_as_strict() -> None:
    assert list(problems(SCHEMA)) == []
    assert by_function("gpt-4", "x", SCHEMA)["functions"][0]["parameters"] == SCHEMA
    assert by_format("gpt-4", "x", SCHEMA)["response_format"]["json_schema"]["strict"] is True


def test_the_json_is_found_in_a_call_and_in_an_answer() -> None:
    body = by_function("gpt-4", "x", SCHEMA)
    called = exchange_of(body, {"function_call": {"name": "save_person", "arguments": '{"name": "Kim"}'}})
    said = exchange_of(body, {"role": "assistant", "content": '{"name": "Lee"}'})

    assert [rows(written_by(each)) for each in (called, said)] == [[("name", "Kim")], [("name", "Lee")]]
    assert rows("no JSON") == rows("[1]") == rows("[" * 5000) == []


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text() | st.lists(st.integers(), max_size=3), max_size=4)
)
def test_every_leaf_has_its_row(value: dict[str, Any]) -> None:
    leaves = sum(len(each) if isinstance(each, list) and each else 1 for each in value.values())

    assert len(rows(json.dumps(value))) == (leaves if value else 1)


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1-mini"])
def test_escapes_cost_where_results_stand_alone_and_the_ledger_reads_them_where_they_stand_together(model: str) -> None:
    together, together_escaped, alone, alone_escaped = parallel_rows(model)

    assert together.tokens == together_escaped.tokens
    assert alone_escaped.tokens > alone.tokens * 1.4
    assert [count_prompt(row.body).total for row in (together, alone)] == [together.tokens, alone.tokens]
    assert "\\u" in alone_escaped.body["messages"][2]["content"]
    assert "서울" in alone.body["messages"][2]["content"]


def test_what_every_function_needs_runs_on_its_own_and_no_name_is_defined_twice() -> None:
    source = source_of([tool.function for tool in BUILT_IN.values()])
    space: dict[str, Any] = {}

    exec(source, space)

    assert json.loads(space["calculator"]("2 * 21"))["result"] == 42
    assert json.loads(space["get_current_weather"]("Seoul"))["unit"] == "celsius"
    tops = [line.split("(")[0].split(":")[0].split(" =")[0] for line in source.splitlines() if line[:1].strip()]
    names = [line.removeprefix("def ") for line in tops if line.isidentifier() or line.startswith("def ")]
    assert len(names) == len(set(names))


def test_a_run_becomes_a_sequence_diagram_in_its_order() -> None:
    from playground.staged_run import advance_to_the_end
    from tests.scripted import Script

    run = advance_to_the_end(agent(), Script(*IN_TURN), "gpt-4")

    lines = diagram(run.steps, QUESTION, ("Model", "Program", "Function")).splitlines()

    arrows = [line.strip().split(":")[0] for line in lines[4:]]
    assert arrows == ["P->>M", "M-->>P", "P->>F", "F-->>P"] * 3 + ["P->>M", "M-->>P"]
    assert all("\n" not in line and line.count(":") >= 1 for line in lines[4:])


@given(st.text())
def test_any_text_is_one_safe_line_in_a_diagram(text: str) -> None:
    written = label(text)

    assert "\n" not in written
    assert not set('<>"%:{}[]`\\') & set(written)
