"""The schema of a structured answer: what of it the model is shown, and what its name costs."""

import pytest

from playground.encodings import count
from playground.ledger import count_prompt, render_prompt

SYSTEM = {"role": "system", "content": "Be brief"}
ASK = {"role": "user", "content": "Which day?"}
SCHEMA = {"type": "object", "properties": {"day": {"type": "string"}}}


def cost(messages, name="Day", schema=None, **more):
    """What the format adds to a request."""
    format_ = {"type": "json_schema", "json_schema": {"name": name, "schema": SCHEMA if schema is None else schema}}
    body = {"model": "gpt-4o", "messages": messages, **more}
    return count_prompt({**body, "response_format": format_}).total - count_prompt(body).total


@pytest.mark.parametrize("type_", ["text", "json_object"])
def test_any_text_and_any_json_cost_nothing(type_):
    body = {"model": "gpt-4o", "messages": [SYSTEM, ASK]}

    assert count_prompt({**body, "response_format": {"type": type_}}).total == count_prompt(body).total


def test_the_format_joins_the_system_message_and_opens_the_answer():
    section = '\n\n# Response Formats\n\n## Day\n\n{"type":"object","properties":{"day":{"type":"string"}}}'

    tokens = cost([SYSTEM, ASK])

    joined = count("Be brief" + section, "o200k_base") - count("Be brief", "o200k_base")
    assert tokens == joined + 2 + count("Day", "o200k_base")


def test_without_a_system_message_it_makes_one():
    named = count("Day", "o200k_base")
    section = count(
        '# Response Formats\n\n## Day\n\n{"type":"object","properties":{"day":{"type":"string"}}}', "o200k_base"
    )

    assert cost([ASK]) == 3 + 1 + section + 2 + named


def test_each_answer_in_the_history_is_opened_by_the_name_too():
    answer = {"role": "assistant", "content": '{"day":"Monday"}'}

    assert cost([SYSTEM, ASK, answer, ASK]) == cost([SYSTEM, ASK, ASK]) + 2 + count("Day", "o200k_base")


def test_with_tools_no_answer_is_opened_by_the_name():
    tools = [{"type": "function", "function": {"name": "now"}}]

    assert cost([SYSTEM, ASK], tools=tools) == cost([SYSTEM, ASK]) - 2 - count("Day", "o200k_base")


@pytest.mark.parametrize(
    "limit",
    [
        {"default": "Monday"},
        {"minimum": 1, "maximum": 9},
        {"maxItems": 3},
        {"required": ["day"], "additionalProperties": False},
    ],
)
def test_the_model_is_not_shown_limits_and_defaults(limit):
    limited = {"type": "object", "properties": {"day": {"type": "string", **limit}}, **limit}

    assert cost([SYSTEM, ASK], schema=limited) == cost([SYSTEM, ASK])


def test_a_property_may_be_called_like_a_limit():
    named = {"type": "object", "properties": {"default": {"type": "string"}}}

    assert cost([SYSTEM, ASK], schema=named) >= cost([SYSTEM, ASK])


def test_what_is_not_ascii_is_escaped():
    format_ = {"json_schema": {"name": "Day", "schema": {"type": "string", "description": "요일"}}}

    prompt = render_prompt({"model": "gpt-4o", "messages": [ASK], "response_format": format_})

    assert '{"type":"string","description":"\\uc694\\uc77c"}' in prompt
