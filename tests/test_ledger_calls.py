"""Tool calls and results in the history: each family of models is shown them differently."""

import pytest

from playground.encodings import count
from playground.ledger import count_prompt

ASK = {"role": "user", "content": "Which day?"}
ARGUMENTS = '{"day": "Monday"}'
RESULT = {"role": "tool", "tool_call_id": "c1", "content": "done"}


def call(number, name="book"):
    return {"id": f"c{number}", "type": "function", "function": {"name": name, "arguments": ARGUMENTS}}


def cost(model, *messages, **more):
    """What messages cost beside the question before them."""
    alone = count_prompt({"model": model, "messages": [ASK], **more}).total
    return count_prompt({"model": model, "messages": [ASK, *messages], **more}).total - alone


def calling(*calls, content=None):
    return {"role": "assistant", "content": content, "tool_calls": list(calls)}


def test_a_single_call_since_2024_costs_recipient_compact_arguments_and_five():
    tokens = cost("gpt-4o", calling(call(1)))

    texts = count(" to=functions.book", "o200k_base") + count('{"day":"Monday"}', "o200k_base")
    assert tokens == 3 + 1 + texts + 1


def test_its_result_costs_name_content_and_five():
    asked = calling(call(1))

    tokens = cost("gpt-4o", asked, RESULT) - cost("gpt-4o", asked)

    assert tokens == 5 + count("book", "o200k_base") + count("done", "o200k_base")


def test_gpt_4_is_shown_a_tool_call_as_a_function_call():
    function_call = {"role": "assistant", "content": None, "function_call": call(1)["function"]}
    result = {"role": "function", "name": "book", "content": "done"}

    assert cost("gpt-4", calling(call(1)), RESULT) == cost("gpt-4", function_call, result)


@pytest.mark.parametrize(("model", "more"), [("gpt-4o", 20), ("gpt-3.5-turbo", 17)])
def test_parallel_calls_cost_their_wrapper_their_results_and_a_constant(model, more):
    second = {**RESULT, "tool_call_id": "c2"}

    tokens = cost(model, calling(call(1), call(2)), RESULT, second)

    if model == "gpt-4o":
        use = '{"recipient_name":"functions.book","parameters":{"day":"Monday"}}'
        texts = count(f'{{"tool_uses":[{use},{use}]}}', "o200k_base") + count('["done", "done"]', "o200k_base")
    else:
        use = '{"recipient_name": "functions.book", "parameters": {"day": "Monday"}}'
        texts = count(f'{{"tool_uses": [{use}, {use}]}}', "cl100k_base") + count('["done", "done"]', "cl100k_base")
    assert tokens == more + texts


def test_gpt_5_is_shown_parallel_calls_one_by_one_and_six_tokens_once():
    single = cost("gpt-5", calling(call(1)))

    both = cost("gpt-5", calling(call(1), call(2)))

    assert both == 2 * single - 6


def test_what_was_said_beside_a_call_is_a_message_of_its_own():
    said = {"role": "assistant", "content": "One moment."}

    assert cost("gpt-4o", calling(call(1), content="One moment.")) == cost("gpt-4o", said) + cost(
        "gpt-4o", calling(call(1))
    )


def test_a_result_is_shown_as_json_when_it_is_json():
    results = [{**RESULT, "content": '{"ok": true}'}, {**RESULT, "tool_call_id": "c2", "content": "맑음"}]

    ledger = count_prompt({"model": "gpt-4o", "messages": [ASK, calling(call(1), call(2)), *results]})

    texts = [entry.text for entry in ledger.entries if entry.what == "result"]
    assert texts == ['{"ok": true}', ', "맑음"']


@pytest.mark.parametrize(
    ("model", "tools", "tokens"),
    [("o3-mini", 0, 2), ("o3-mini", 1, 3), ("gpt-5", 0, 2), ("gpt-5", 1, 2), ("gpt-4o", 1, 3)],
)
def test_the_opening_of_the_answer(model, tools, tokens):
    offered = [{"type": "function", "function": {"name": "now"}}] * tools

    ledger = count_prompt({"model": model, "messages": [ASK], "tools": offered})

    assert [entry.tokens for entry in ledger.entries if entry.what == "start of the answer"] == [tokens]


def test_gpt_5_is_told_85_tokens_more_with_tools_and_84_with_a_lone_one_that_takes_nothing():
    lone = {"type": "function", "function": {"name": "now"}}

    told = [
        sum(entry.tokens for entry in count_prompt(body).entries if entry.what == "instructions of the API")
        for body in (
            {"model": "gpt-5", "messages": [ASK], "tools": [lone]},
            {"model": "gpt-5", "messages": [ASK], "tools": [lone, lone]},
        )
    ]

    assert told == [84, 85]


def test_a_forced_choice_costs_nothing_on_gpt_5():
    tools = [{"type": "function", "function": {"name": "now"}}]
    choice = {"type": "function", "function": {"name": "now"}}

    bodies = [{"model": "gpt-5", "messages": [ASK], "tools": tools, **more} for more in ({}, {"tool_choice": choice})]

    assert count_prompt(bodies[0]).total == count_prompt(bodies[1]).total
