"""Bodies that the API would refuse: what is known is counted, the rest is listed, nothing crashes."""

import time

import pytest

from playground.ledger import count_completion, count_prompt, prompt_borders, prompt_entries, without

ASK = {"role": "user", "content": "Which day?"}


def counted(**more):
    return count_prompt({"model": "gpt-4o", "messages": [ASK], **more})


def tool(parameters, name="f"):
    return {"tools": [{"type": "function", "function": {"name": name, "parameters": parameters}}]}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"messages": None}, "messages"),
        ({"messages": "Hello"}, "messages"),
        ({"messages": [None]}, "messages[0]"),
        ({"messages": [{"role": "king", "content": "We"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "smell"}]}]}, "messages[0].content[0]"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0]"),
        ({"messages": [{"role": "assistant", "tool_calls": [None]}]}, "messages[0].tool_calls[0].function"),
        ({"tools": {"type": "function"}}, "tools"),
        ({"tools": [{"type": "function"}]}, "tools[0].function"),
        ({**tool({}), "tool_choice": {"type": "allowed_tools"}}, "tool_choice"),
        (
            tool({"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}),
            "tools[0].function.parameters.properties.a",
        ),
        (
            tool({"type": "object", "properties": {"a": {"$ref": "#"}}}),
            "tools[0].function.parameters.properties.a",
        ),
    ],
)
def test_what_is_not_known_is_listed_with_its_place(more, where):
    ledger = counted(**more)

    assert where in [one.where for one in ledger.unknown]
    assert all(one.what for one in ledger.unknown)
    assert ledger.total > 0


def test_a_body_that_is_right_lists_nothing():
    body = tool({"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"type": "string"}}})

    assert counted(**body).unknown == ()


def test_null_where_a_list_may_be_left_out_lists_nothing():
    assert counted(tools=None, functions=None).unknown == ()


def test_five_thousand_properties_are_counted_within_seconds():
    start = time.perf_counter()

    ledger = counted(**tool({"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(5000)}}))

    assert ledger.total > 15_000
    assert time.perf_counter() - start < 5


def test_ten_levels_are_counted():
    schema = {"type": "string", "description": "the innermost"}
    for _ in range(10):
        schema = {"type": "object", "properties": {"inner": schema}}

    ledger = counted(**tool(schema))

    assert "// the innermost\n" in [entry.text for entry in ledger.entries]
    assert ledger.unknown == ()


def test_a_thousand_levels_end_somewhere():
    schema = {"type": "string"}
    for _ in range(1000):
        schema = {"type": "array", "items": {"type": "object", "properties": {"inner": schema}}}

    assert counted(**tool({"type": "object", "properties": {"outer": schema}})).unknown


def test_references_that_multiply_end_somewhere():
    definitions = {
        f"L{n}": {
            "type": "object",
            "properties": {"a": {"$ref": f"#/$defs/L{n + 1}"}, "b": {"$ref": f"#/$defs/L{n + 1}"}},
        }
        for n in range(40)
    }
    start = time.perf_counter()

    ledger = counted(**tool({"type": "object", "properties": {"x": {"$ref": "#/$defs/L0"}}, "$defs": definitions}))

    assert ledger.unknown
    assert time.perf_counter() - start < 10


def test_a_schema_that_holds_itself_ends_somewhere():
    schema = {"type": "object", "properties": {}}
    schema["properties"]["me"] = schema

    assert counted(**tool(schema)).total > 0
    assert counted(response_format={"json_schema": {"name": "me", "schema": schema}}).total > 0


def test_half_a_character_is_counted():
    body = {"model": "gpt-4o", "messages": [{"role": "user", "name": "\udc00", "content": "a \ud83d b"}], **tool({})}

    assert count_prompt(body).total > 0


@pytest.mark.parametrize("model", ["", None, 7, "gpt-9-nano", "o9", "claude", "ft:gpt-4o-mini:me::1"])
def test_any_model_is_counted_by_the_closest_family(model):
    ledger = count_prompt({"model": model, "messages": [ASK]})

    assert ledger.total > 5
    assert ledger.known == (model == "ft:gpt-4o-mini:me::1")
    assert ("estimate" in {entry.certainty for entry in ledger.entries}) == (not ledger.known)


def test_leaving_out_what_is_not_there_saves_nothing():
    assert without({"model": "gpt-4o", "messages": [ASK]}, "tools[3].function.description") == 0


def test_an_answer_of_nothing_is_counted():
    assert count_completion({}, {}) >= 0
    assert count_completion({"tool_calls": [None, {"function": 3}]}, {"model": "gpt-4o"}) > 0


def test_the_borders_of_five_thousand_properties_are_found_in_the_time_of_counting_them():
    properties = {f"p{n}": {"type": "string", "description": f"The number {n}"} for n in range(5000)}
    body = {"model": "gpt-4o", "messages": [ASK], **tool({"type": "object", "properties": properties})}
    start = time.perf_counter()
    entries = prompt_entries(body)
    counting = time.perf_counter() - start

    start = time.perf_counter()
    borders = prompt_borders(body)

    assert 15_000 < sum(map(len, borders)) <= sum(entry.tokens for entry in entries) + 1
    assert time.perf_counter() - start < 5 * counting + 1
