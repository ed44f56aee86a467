"""The ledger against the numbers that the API reported; its laws are in test_ledger_laws.py."""

import json

import pytest

from playground.ledger import count_answer, count_completion, count_prompt
from tests.simulator.course import CALL, FUNCTION, HELLO, HELLO_BACK, NAME, SYSTEM, WEATHER


def result(unit: str | None) -> dict[str, object]:
    answer = {"location": "Seoul", "temperature": "25", "unit": unit, "forecast": ["sunny", "windy"]}
    return {"role": "function", "name": "get_current_weather", "content": json.dumps(answer)}


# Reported by the API for gpt-4-0613, course of March 2025; 70 follows from the same rule with "unit": null.
REPORTED = [
    ({"messages": [SYSTEM, HELLO]}, 23),
    ({"messages": [SYSTEM, HELLO, HELLO_BACK, NAME]}, 47),
    ({"messages": [WEATHER], "functions": [FUNCTION]}, 79),
    ({"messages": [WEATHER, CALL, result("celsius")]}, 72),
    ({"messages": [WEATHER, CALL, result(None)]}, 70),
]


@pytest.mark.parametrize(("body", "tokens"), REPORTED)
def test_the_courses_prompts_cost_what_the_api_reported(body, tokens):
    ledger = count_prompt({"model": "gpt-4", **body})

    assert ledger.total == tokens
    assert {entry.certainty for entry in ledger.entries} == {"exact"}


@pytest.mark.parametrize(
    ("message", "body", "tokens"),
    [
        (HELLO_BACK, {}, 11),
        ({"content": "Yes, you just told me that your name is John. How can I assist you today, John?"}, {}, 22),
        (CALL, {"functions": [FUNCTION]}, 18),
        (
            {
                "content": "The current weather in Seoul is 25 degrees Celsius. "
                "The forecast indicates it's sunny and windy."
            },
            {},
            21,
        ),
    ],
)
def test_the_courses_answers_cost_what_the_api_reported(message, body, tokens):
    assert count_completion(message, {"model": "gpt-4", **body}) == tokens


def test_an_entry_says_where_in_the_request_its_tokens_are():
    ledger = count_prompt({"model": "gpt-4", "messages": [SYSTEM, HELLO]})

    lines = {(entry.where, entry.text): entry.tokens for entry in ledger.entries}
    assert lines["messages[1].content", "Hello! I'm John."] == 6
    assert lines["messages[1].role", "user"] == 1
    assert lines["", "<|im_start|>assistant<|im_sep|>"] == 3


def test_the_system_message_and_the_functions_share_one_message():
    alone = count_prompt({"model": "gpt-4", "messages": [SYSTEM, WEATHER]}).total

    both = count_prompt({"model": "gpt-4", "messages": [SYSTEM, WEATHER], "functions": [FUNCTION]}).total

    own_message = 79 - count_prompt({"model": "gpt-4", "messages": [WEATHER]}).total
    assert both - alone == own_message - 4


# From the rules fitted to recorded calls; gpt-4o-mini-2024-07-18.
@pytest.mark.parametrize(
    ("extra", "tokens"),
    [({}, 0), ({"tool_choice": "auto"}, 0), ({"tool_choice": "none"}, 1), ({"tool_choice": "required"}, 0)],
)
def test_tool_choice_costs_only_where_it_forbids_or_names(extra, tokens):
    tools = [{"type": "function", "function": FUNCTION}]
    plain = count_prompt({"model": "gpt-4o-mini", "messages": [WEATHER], "tools": tools}).total

    chosen = count_prompt({"model": "gpt-4o-mini", "messages": [WEATHER], "tools": tools, **extra}).total

    assert chosen - plain == tokens


@pytest.mark.parametrize(("choice", "tokens"), [("none", 1), ({"name": "get_current_weather"}, 4 + 3)])
def test_function_call_costs_its_name_and_four(choice, tokens):
    body = {"model": "gpt-4", "messages": [WEATHER], "functions": [FUNCTION]}

    assert count_prompt({**body, "function_call": choice}).total - count_prompt(body).total == tokens


def test_a_tool_call_and_its_result_follow_the_fitted_rule():
    call = {"id": "call_1", "type": "function", "function": {"name": "ggg", "arguments": '{ "a": 1 }'}}
    asked = {"role": "assistant", "content": None, "tool_calls": [call]}
    answer = {"role": "tool", "tool_call_id": "call_1", "content": "x"}

    ledger = count_prompt({"model": "gpt-4o-mini", "messages": [WEATHER, asked, answer]})

    texts = [entry.text for entry in ledger.entries]
    assert " to=functions.ggg" in texts
    assert '{"a":1}' in texts
    assert "functions.ggg" in texts
    assert "fitted" in {entry.certainty for entry in ledger.entries}


def test_the_results_of_several_calls_are_one_list_with_korean_as_it_is():
    calls = [
        {"id": f"c{n}", "type": "function", "function": {"name": "weather", "arguments": '{"city": "서울"}'}}
        for n in range(2)
    ]
    results = [{"role": "tool", "tool_call_id": f"c{n}", "content": "맑음"} for n in range(2)]
    asked = {"role": "assistant", "content": None, "tool_calls": calls}

    ledger = count_prompt({"model": "gpt-4o", "messages": [WEATHER, asked, *results]})

    shown = next(entry for entry in ledger.entries if entry.where == "messages[2].content")
    assert shown.certainty == "fitted"
    assert shown.text == '"맑음"'


def test_a_role_and_a_name_are_one_text():
    named = count_prompt({"model": "gpt-4", "messages": [{**HELLO, "name": "user"}]})

    assert [entry.text for entry in named.entries if entry.where.endswith(("role", "name"))] == ["user", ":user"]
    assert named.total == count_prompt({"model": "gpt-4", "messages": [HELLO]}).total + 1


def test_an_unknown_model_is_counted_as_o200k_and_said_to_be_an_estimate():
    ledger = count_prompt({"model": "gpt-6-luna", "messages": [HELLO]})

    assert {entry.certainty for entry in ledger.entries} == {"estimate"}
    assert ledger.total == count_prompt({"model": "gpt-5.4-mini", "messages": [HELLO]}).total


def test_content_in_parts_costs_what_its_texts_cost():
    parts = [{"type": "text", "text": "Hello! "}, {"type": "text", "text": "I'm John."}]

    ledger = count_prompt({"model": "gpt-4", "messages": [{"role": "user", "content": parts}]})

    assert [entry.where for entry in ledger.entries if entry.what == "content"] == [
        "messages[0].content[0]",
        "messages[0].content[1]",
    ]


def test_a_schema_that_refers_to_itself_is_counted():
    schema = {"type": "object", "properties": {"child": {"$ref": "#"}}}
    tools = [{"type": "function", "function": {"name": "tree", "parameters": schema}}]

    assert count_prompt({"model": "gpt-4o", "messages": [HELLO], "tools": tools}).total > 0


def test_an_answer_has_a_bill_too():
    ledger = count_answer(CALL, {"model": "gpt-4", "functions": [FUNCTION]})

    lines = {entry.where: entry.tokens for entry in ledger.entries}
    assert lines == {"function_call.name": 3 + 5, "function_call.arguments": 10}
    assert {entry.certainty for entry in ledger.entries} == {"exact"}


def test_an_answer_that_was_forced_costs_its_arguments_only():
    body = {"model": "gpt-4", "functions": [FUNCTION], "function_call": {"name": "get_current_weather"}}

    assert [entry.what for entry in count_answer(CALL, body).entries] == ["arguments"]


def test_several_calls_in_one_answer_are_an_estimate():
    call = {"id": "1", "type": "function", "function": CALL["function_call"]}

    ledger = count_answer({"tool_calls": [call, call]}, {"model": "gpt-4o", "tools": [{"function": FUNCTION}]})

    assert {entry.certainty for entry in ledger.entries} == {"estimate"}
