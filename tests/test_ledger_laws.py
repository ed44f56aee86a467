"""What holds for every request: the entries add up, none is negative, nothing crashes, more text never costs less."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from playground import json_paths
from playground.ledger import count_completion, count_prompt, prompt_borders, prompt_entries, render_prompt, without

MODELS = (
    "gpt-3.5-turbo-0301",
    "gpt-3.5-turbo",
    "gpt-4",
    "gpt-4o",
    "gpt-4.1-nano",
    "gpt-5",
    "o3-mini",
    "gpt-9",
    "?",
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
types = st.sampled_from(["string", "integer", "object", "array", "null", "colour", ["string", "null"], ["null", 3]])
schemas = st.recursive(
    json_values | st.fixed_dictionaries({"type": types}),
    lambda inner: st.fixed_dictionaries(
        {"type": types},
        optional={
            "properties": st.dictionaries(st.text(max_size=5), inner, max_size=3) | json_values,
            "items": inner,
            "anyOf": st.lists(inner, max_size=3) | json_values,
            "enum": json_values,
            "required": json_values,
            "title": json_values,
            "description": json_values,
            "default": json_values,
            "format": json_values,
            "$ref": st.sampled_from(["#", "#/properties/a", "#/$defs/none", "elsewhere"]) | json_values,
        },
    ),
    max_leaves=6,
)
functions = (
    st.fixed_dictionaries({"name": json_values}, optional={"description": json_values, "parameters": schemas})
    | json_values
)
parts = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image_url", "file", "input_audio", "refusal", "smell"]) | json_values},
    optional={"text": json_values, "image_url": json_values, "file": json_values},
)
calls = st.fixed_dictionaries({"id": json_values, "function": json_values}) | st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b"]),
        "function": st.fixed_dictionaries({"name": st.text(max_size=5), "arguments": st.text(max_size=9)}),
    }
)
messages = (
    st.fixed_dictionaries(
        {"role": st.sampled_from(["system", "developer", "user", "assistant", "tool", "function", "king"])},
        optional={
            "content": json_values | st.lists(parts, max_size=3),
            "name": json_values,
            "refusal": json_values,
            "tool_calls": st.lists(calls, max_size=3) | json_values,
            "function_call": json_values,
            "tool_call_id": st.sampled_from(["a", "b"]) | json_values,
        },
    )
    | json_values
)
bodies = st.fixed_dictionaries(
    {"model": st.sampled_from(MODELS)},
    optional={
        "messages": st.lists(messages, max_size=4) | json_values,
        "tools": st.lists(st.fixed_dictionaries({"function": functions}), max_size=3) | json_values,
        "functions": st.lists(functions, max_size=3) | json_values,
        "tool_choice": st.sampled_from(["none", "auto"]) | json_values,
        "function_call": json_values,
        "response_format": st.fixed_dictionaries(
            {"json_schema": st.fixed_dictionaries({"name": json_values, "schema": schemas}) | json_values}
        )
        | json_values,
    },
)
well_formed = st.fixed_dictionaries(
    {
        "model": st.sampled_from(MODELS),
        "messages": st.lists(
            st.fixed_dictionaries({"role": st.sampled_from(["system", "user", "assistant"]), "content": st.text()}),
            min_size=1,
            max_size=3,
        ),
    },
    optional={
        "tools": st.lists(
            st.fixed_dictionaries(
                {"function": st.fixed_dictionaries({"name": st.just("f"), "description": st.text(max_size=9)})}
            ),
            min_size=1,
            max_size=2,
        )
    },
)


@given(body=bodies)
def test_entries_add_up_none_is_negative_and_no_body_is_refused(body):
    ledger = count_prompt(body)

    assert ledger.total == sum(entry.tokens for entry in ledger.entries)
    assert ledger.total >= 2
    assert all(entry.tokens > 0 for entry in ledger.entries)
    assert ledger.total == sum(entry.tokens for entry in prompt_entries(body))
    assert render_prompt(body) == "".join(entry.text for entry in prompt_entries(body))


@given(body=bodies)
def test_as_many_tokens_begin_in_a_piece_as_it_is_billed_for(body):
    entries = prompt_entries(body)

    borders = prompt_borders(body)

    assert len(borders) == len(entries)
    for entry, places in zip(entries, borders, strict=True):
        assert list(places) == sorted(places)
        assert not places or len(places) == entry.tokens
        assert all(0 <= place < len(entry.text) for place in places)


@given(body=bodies)
def test_every_entry_stands_at_a_path_that_can_be_left_out(body):
    before = copy.deepcopy(body)

    for entry in count_prompt(body).entries:
        json_paths.steps(entry.where)
        assert isinstance(without(body, entry.where), int)

    assert body == before


@given(body=bodies, message=messages)
def test_no_answer_is_refused(body, message):
    tokens = count_completion(message if isinstance(message, dict) else {}, body)

    assert tokens >= 0


@given(body=well_formed, at=st.integers(0, 2))
def test_adding_a_sentence_never_lowers_the_total(body, at):
    longer = copy.deepcopy(body)
    longer["messages"][at % len(body["messages"])]["content"] += "\n\nand more words"

    assert count_prompt(longer).total >= count_prompt(body).total


@given(body=well_formed, text=st.text())
def test_adding_a_message_costs_at_least_its_frame(body, text):
    longer = {**body, "messages": [*body["messages"], {"role": "user", "content": text}]}

    assert count_prompt(longer).total >= count_prompt(body).total + 4


@given(body=well_formed, description=st.text(min_size=1))
def test_adding_a_tool_or_a_description_never_lowers_the_total(body, description):
    parameters = {"type": "object", "properties": {"x": {"type": "string"}}}
    bare = {"function": {"name": "g", "parameters": parameters}}
    described = {"function": {"name": "g", "parameters": parameters, "description": f"So: {description}"}}
    tools = body.get("tools", [])

    without_it = count_prompt(body).total
    with_it = count_prompt({**body, "tools": [*tools, bare]}).total

    assert with_it >= without_it
    assert count_prompt({**body, "tools": [*tools, described]}).total >= with_it
