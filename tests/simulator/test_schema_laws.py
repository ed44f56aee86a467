"""Whatever schema a function has: it is refused at once, or its arguments keep to it. No schema freezes anything."""

import json
import socket
import time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openai.lib._pydantic import to_strict_json_schema
from pydantic import BaseModel

from simulator.valid_values import fitting
from tests.simulator.conftest import send

PROMPTS = ["Hello! I'm John.", "서울 날씨 어때?", 'Save "AB-12", 7 and 2026-11-23 for bob@example.com', ""]


def answer(schema, prompt="Hello! I'm John.", **more):
    """Status and arguments, or the error, of a call that has to be made; strict is a part of the function."""
    function = {"name": "save", "parameters": schema, "strict": more.pop("strict", False)}
    body = {
        "model": "gpt-4o-mini",
        "messages": [{"role": "user", "content": prompt}],
        "tools": [{"type": "function", "function": function}],
        "tool_choice": "required",
        **more,
    }
    response = send(body)
    parsed = json.loads(response.body)
    if response.status != 200:
        return response.status, parsed["error"]
    return 200, parsed["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]


names = st.sampled_from(["city", "age", "to", "items", "email", "a", "note"])
numbers = st.integers(-20, 20)
leaves = st.one_of(
    st.just({"type": "string"}),
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.just({}),
    st.just(True),
    st.fixed_dictionaries({"enum": st.lists(st.sampled_from(["a", "Seoul", 1, None, True, [1], {}]), min_size=1)}),
    st.fixed_dictionaries({"const": st.sampled_from(["x", 3, None, False])}),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={"minimum": numbers, "maximum": numbers, "exclusiveMinimum": numbers, "multipleOf": st.integers(1, 5)},
    ),
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 9),
            "maxLength": st.integers(0, 9),
            "pattern": st.sampled_from(["^[A-Z]{2}-\\d+$", "a|b", "^(x+)+y$", "^\\S+@\\S+$", "(?=a)b", "["]),
            "format": st.sampled_from(["date", "email", "uuid", "date-time"]),
        },
    ),
    st.just({"type": ["string", "null"]}),
    st.just({"$ref": "#/$defs/part"}),
    st.just({"$ref": "#"}),
)


def grown(inner):
    lists = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={
                "items": inner,
                "minItems": st.integers(0, 3),
                "maxItems": st.integers(0, 4),
                "uniqueItems": st.booleans(),
                "prefixItems": lists,
                "contains": inner,
            },
        ),
        objects(inner),
        lists.map(lambda listed: {"anyOf": listed}),
        lists.map(lambda listed: {"oneOf": listed}),
        lists.map(lambda listed: {"allOf": listed}),
        inner.map(lambda one: {"not": one}),
        st.tuples(inner, inner, inner).map(lambda three: dict(zip(("if", "then", "else"), three, strict=True))),
    )


def objects(inner):
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(names, inner, max_size=4)},
        optional={
            "required": st.lists(names, max_size=3, unique=True),
            "additionalProperties": st.just(False) | inner,
            "minProperties": st.integers(0, 3),
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "^(b+)+$"]), inner, max_size=1),
            "dependentRequired": st.just({"city": ["age"]}),
        },
    )


schemas = st.recursive(leaves, grown, max_leaves=8)
roots = st.tuples(objects(schemas), schemas).map(lambda pair: {**pair[0], "$defs": {"part": pair[1]}})


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(schema=roots, prompt=st.sampled_from(PROMPTS))
def test_arguments_keep_to_their_schema_or_it_is_refused(schema, prompt):
    status, said = answer(schema, prompt, seed=1)

    if status == 200:
        jsonschema.Draft202012Validator(schema).validate(json.loads(said))
    else:
        assert (status, said["code"]) == (400, "invalid_function_parameters")
        assert said["param"] == "tools[0].function.parameters"


class Part(BaseModel):
    name: str
    weight: float | None
    parts: "list[Part]"


class Order(BaseModel):
    customer: str
    count: int
    first: Part
    note: str | None


@pytest.mark.parametrize("temperature", [0, 1, 1.5, 2])
@pytest.mark.parametrize("prompt", PROMPTS)
def test_strict_arguments_are_whole_at_any_temperature(prompt, temperature):
    schema = to_strict_json_schema(Order)

    for seed in range(5):
        status, said = answer(schema, prompt, strict=True, temperature=temperature, seed=seed)

        assert status == 200
        assert Order.model_validate_json(said).note is None


def test_an_honest_schema_is_filled_and_not_refused():
    schema = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{2}$"},
            "tags": {"type": "array", "items": {"type": "string", "minLength": 3}, "minItems": 2, "uniqueItems": True},
            "level": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "null"}]},
            "where": {"allOf": [{"$ref": "#/$defs/place"}, {"required": ["city"]}]},
        },
        "required": ["id", "tags", "level", "where"],
        "additionalProperties": False,
        "$defs": {"place": {"type": "object", "properties": {"city": {"type": "string"}}}},
    }

    status, said = answer(schema, "Save AB-12 for Seoul")

    assert status == 200
    jsonschema.validate(json.loads(said), schema)
    assert json.loads(said)["where"] == {"city": "Seoul"}


def chain(levels: int) -> dict:
    """References that double with each level."""
    doubled = {f"l{at}": {"allOf": [{"$ref": f"#/$defs/l{at + 1}"}] * 2} for at in range(levels)}
    return {"type": "object", "properties": {"a": {"$ref": "#/$defs/l0"}}, "$defs": doubled | {f"l{levels}": {}}}


def deep(levels: int) -> dict:
    schema: dict = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}, "required": ["a"]}
    return schema


HOSTILE = {
    "a pattern that looks around": {"properties": {"a": {"type": "string", "pattern": "(?=a)b"}}},
    "a reference to a network": {"properties": {"a": {"$ref": "https://example.com/schema.json"}}, "required": ["a"]},
    "a reference to a file": {"properties": {"a": {"$ref": "file:///etc/passwd"}}, "required": ["a"]},
    "a reference to nothing": {"properties": {"a": {"$ref": "#/$defs/none"}}, "required": ["a"]},
    "a circle": {"properties": {"a": {"$ref": "#/$defs/a"}}, "required": ["a"], "$defs": {"a": {"$ref": "#/$defs/a"}}},
    "itself, required": {"properties": {"a": {"$ref": "#"}}, "required": ["a"]},
    "nothing at all": {"properties": {"a": False}, "required": ["a"]},
    "both": {"properties": {"a": {"type": "integer", "minimum": 3, "maximum": 2}}, "required": ["a"]},
    "many": {"properties": {"a": {"type": "array", "items": {}, "minItems": 10**9}}, "required": ["a"]},
    "long": {"properties": {"a": {"type": "string", "minLength": 10**9}}, "required": ["a"]},
    "references that double": chain(40) | {"required": ["a"]},
    "no type of JSON": {"properties": {"a": {"type": "word"}}},
    "too many parts": {"properties": {f"p{at}": {"type": "string"} for at in range(6000)}},
}


@pytest.mark.parametrize("schema", HOSTILE.values(), ids=HOSTILE)
def test_what_cant_be_kept_is_refused_at_once_and_nothing_is_fetched(schema, monkeypatch):
    answer({"type": "object", "properties": {}})

    def fetched(*_, **__):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "create_connection", fetched)
    monkeypatch.setattr("urllib.request.urlopen", fetched)
    started = time.process_time()

    status, said = answer({"type": "object", **schema})

    assert time.process_time() - started < 0.2
    assert (status, said["code"]) == (400, "invalid_function_parameters")


def test_a_hostile_pattern_takes_no_time():
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}, "required": ["a"]}
    started = time.process_time()

    status, said = answer(schema, "a" * 3000 + "!")

    assert time.process_time() - started < 1
    assert status == 200
    assert set(json.loads(said)["a"]) == {"a"}


def test_objects_that_hold_themselves_many_times_take_no_time():
    names = [f"part{at}" for at in range(12)]
    node = {"type": "object", "properties": {name: {"$ref": "#"} for name in names}}
    listed = {"type": "object", "properties": {name: {"type": "array", "items": {"$ref": "#"}} for name in names}}
    answer({"type": "object", "properties": {}})
    started = time.process_time()

    for schema in (node, listed, {**node, "properties": {"text": {"type": "string"}, **node["properties"]}}):
        status, said = answer(schema, "Save a, b, c, d and e as 1, 2, 3, 4 and 5.")

        assert status == 200
        jsonschema.validate(json.loads(said), schema)
    assert time.process_time() - started < 2


def test_nesting_has_an_end():
    assert answer(deep(10))[0] == 200
    assert answer(deep(60))[0] == 400


def test_a_value_near_to_what_was_meant_is_mended_and_no_more():
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "count": {"type": "integer", "minimum": 1}},
        "required": ["city", "count"],
        "additionalProperties": False,
    }

    assert fitting(schema).nearest({"city": "Seoul", "count": 0, "more": 1}) == {"city": "Seoul", "count": 1}
