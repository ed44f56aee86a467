"""response_format: whatever strict schema is asked for, the answer is valid; what can't be kept is refused at once."""

import json
import time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import strict
from simulator.schema_values import Filler
from tests.simulator.conftest import send
from tests.simulator.course import FUNCTION, WEATHER


def closed(**properties) -> dict:
    """A strict object."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def respond(schema, prompt="I'm John and I'm 28 years old.", kept=True, **more) -> tuple[int, dict]:
    format_ = {"type": "json_schema", "json_schema": {"name": "it", "strict": kept, "schema": schema}}
    body = {"model": "gpt-4o", "messages": [{"role": "user", "content": prompt}], "response_format": format_, **more}
    response = send(body)
    return response.status, json.loads(response.body)


def value(schema, *args, **more):
    status, answer = respond(schema, *args, **more)
    assert status == 200, answer
    assert answer["choices"][0]["finish_reason"] == "stop"
    return json.loads(answer["choices"][0]["message"]["content"])


names = st.sampled_from(["name", "age", "city", "answer", "이름", "tags", "date"])
bounds = st.fixed_dictionaries(
    {},
    optional={
        "minimum": st.integers(-20, 20) | st.floats(-20, 20),
        "maximum": st.integers(-20, 20) | st.floats(-20, 20),
        "exclusiveMinimum": st.integers(-20, 20),
        "exclusiveMaximum": st.integers(-20, 20),
        "multipleOf": st.sampled_from([1, 2, 5, 0.5, 0.25, 7]),
    },
)
leaves = st.one_of(
    st.just({"type": "string"}),
    st.just({"type": ["string", "null"]}),
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.sampled_from([{"type": "string", "format": name} for name in strict.FORMATS]),
    st.builds(lambda kind, more: {"type": kind, **more}, st.sampled_from(["integer", "number"]), bounds),
    st.lists(st.text(max_size=5) | st.integers(-3, 3) | st.none(), min_size=1, max_size=4).map(lambda v: {"enum": v}),
    st.text(max_size=5).map(lambda text: {"const": text}),
    st.sampled_from([{"$ref": "#/$defs/tree"}, {"$ref": "#/$defs/list"}, {"$ref": "#/$defs/never"}]),
)
counts = st.fixed_dictionaries({}, optional={"minItems": st.integers(0, 4), "maxItems": st.integers(0, 4)})
schemas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.dictionaries(names, inner, max_size=4).map(lambda properties: closed(**properties)),
        st.builds(lambda items, more: {"type": "array", "items": items, **more}, inner, counts),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches}),
    ),
    max_leaves=8,
)
DEFS = {
    "tree": closed(name={"type": "string"}, children={"type": "array", "items": {"$ref": "#/$defs/tree"}}),
    "list": closed(age={"type": "integer"}, next={"anyOf": [{"$ref": "#/$defs/list"}, {"type": "null"}]}),
    "never": closed(again={"$ref": "#/$defs/never"}),
}


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(
    properties=st.dictionaries(names, schemas, min_size=1, max_size=4),
    temperature=st.sampled_from([0, 1, 2]),
    seed=st.integers(0, 1000),
)
def test_every_strict_schema_gets_a_valid_answer_or_is_unsatisfiable(properties, temperature, seed):
    schema = closed(**properties) | {"$defs": DEFS}

    status, answer = respond(schema, temperature=temperature, seed=seed)

    if status == 200:
        content = answer["choices"][0]["message"]["content"]
        jsonschema.validate(json.loads(content), schema)
    else:
        assert "no value can satisfy this schema" in answer["error"]["message"]
        assert Filler(schema).unsatisfiable is not None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(properties=st.dictionaries(names, schemas, min_size=1, max_size=3))
def test_a_schema_of_satisfiable_parts_is_never_called_unsatisfiable(properties):
    parts = {name: one for name, one in properties.items() if "never" not in json.dumps(one)}
    schema = closed(**{name: {"anyOf": [one, {"type": "null"}]} for name, one in parts.items()}) | {"$defs": DEFS}

    assert respond(schema)[0] == 200


def test_what_was_said_stands_in_the_answer_and_what_was_not_is_null():
    person = closed(name={"type": "string"}, age={"type": "integer"}, city={"type": ["string", "null"]})

    assert value(person) == {"name": "John", "age": 28, "city": None}
    assert value(person, "나는 민수야. 서른이 아니라 28살이고 부산에 살아.") == {
        "name": "민수",
        "age": 28,
        "city": "부산",
    }


def test_people_and_days_are_found_where_a_text_lists_them():
    event = closed(
        name={"type": "string"},
        date={"type": "string"},
        participants={"type": "array", "items": {"type": "string"}},
    )

    found = value(event, "Alice and Bob are going to a science fair on Friday.")

    assert (found["date"], found["participants"]) == ("Friday", ["Alice", "Bob"])


def test_an_enum_takes_the_value_that_was_named():
    schema = closed(unit={"type": "string", "enum": ["celsius", "fahrenheit"]})

    assert value(schema, "How warm is it, in Fahrenheit?") == {"unit": "fahrenheit"}


@pytest.mark.parametrize(
    ("prompt", "properties", "expected"),
    [
        (
            "Alice (29) from Busan likes tea and chess",
            {"age": {"type": "integer"}, "hobbies": {"type": "array", "items": {"type": "string"}}},
            {"age": 29, "hobbies": ["tea", "chess"]},
        ),
        (
            "민수는 31살이고 대구에 살아요.",
            {"name": {"type": "string"}, "age": {"type": "integer"}},
            {"name": "민수", "age": 31},
        ),
        ("이 영화 진짜 최악이었어요", {"mood": {"enum": ["positive", "negative", "neutral"]}}, {"mood": "negative"}),
        ("I saw this film", {"mood": {"enum": ["positive", "negative", "neutral"]}}, {"mood": "neutral"}),
        ("hm", {"colour": {"anyOf": [{"enum": ["red", "blue"]}, {"type": "null"}]}}, {"colour": None}),
        ("Invoice A-77, total $1,250.50", {"total": {"type": "number"}}, {"total": 1250.5}),
        (
            "Mina bought 3 apples and 5 pears for 12.5 dollars",
            {
                "buyer": {"type": "string"},
                "items": {"type": "array", "items": closed(name={"type": "string"}, count={"type": "integer"})},
                "price": {"type": "number"},
            },
            {
                "buyer": "Mina",
                "items": [{"name": "apples", "count": 3}, {"name": "pears", "count": 5}],
                "price": 12.5,
            },
        ),
    ],
)
def test_what_strangers_tell_goes_where_it_belongs(prompt, properties, expected):
    assert value(closed(**properties), prompt) == expected


def test_an_answer_in_words_goes_where_the_schema_wants_words():
    assert value(closed(answer={"type": "string"}), "Hello! I'm John.", temperature=0) == {
        "answer": "Hello John! How can I assist you today?"
    }


def test_temperature_2_and_a_forbidden_token_leave_the_answer_valid():
    schema = closed(name={"type": "string"}, colour={"enum": ["빨강", "blue"]})

    for seed in range(20):
        jsonschema.validate(value(schema, temperature=2, seed=seed, logit_bias={"5018": -100}), schema)


def test_a_long_answer_is_not_cut():
    schema = closed(rows={"type": "array", "minItems": 400, "items": closed(n={"type": "integer"})})

    assert len(value(schema)["rows"]) == 400


def test_a_limit_that_was_asked_for_cuts():
    status, answer = respond(closed(name={"type": "string"}), max_tokens=2)

    assert (status, answer["choices"][0]["finish_reason"]) == (200, "length")


@pytest.mark.parametrize(
    ("pattern", "prompt", "expected"),
    [
        ("^[A-Z]{2}-[0-9]+$", "My order is AB-12, where is it?", "AB-12"),
        ("^[A-Z]{2}-[0-9]+$", "Hello! I'm John.", "AA-0"),
        ("^(red|blue)$", "Hello! I'm John.", "red"),
    ],
)
def test_a_pattern_is_kept_and_filled_with_what_was_said(pattern, prompt, expected):
    _, answer = respond(closed(code={"type": "string", "pattern": pattern}), prompt)

    assert json.loads(answer["choices"][0]["message"]["content"]) == {"code": expected}


@pytest.mark.parametrize("dialect", ["tools", "functions"])
def test_a_function_is_still_asked_for(dialect):
    offered = {"tools": [{"type": "function", "function": FUNCTION}], "functions": [FUNCTION]}[dialect]

    _, answer = respond(closed(answer={"type": "string"}), WEATHER["content"], **{dialect: offered})

    assert answer["choices"][0]["finish_reason"] in ("tool_calls", "function_call")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (closed(n={"type": "string", "minLength": 2}), "('properties', 'n'), 'minLength' is not permitted"),
        (closed(n={"type": "string", "pattern": "(?=a)b"}), "('properties', 'n'), 'pattern' must be a pattern that"),
        (closed(n={"type": "string", "pattern": "^(a+)+$", "const": "a" * 40 + "b"}), "no value can satisfy"),
        (closed(n={"oneOf": []}), "'oneOf' is not permitted"),
        (closed(n={"type": "string", "format": "uri"}), "'format' must be one of date-time"),
        (closed(n={}), "schema must have a 'type' key"),
        (closed(n=True), "schema must be an object"),
        (closed(n={"$ref": "https://example.com/a.json"}), "points to no schema"),
        (closed(n={"$ref": "#/properties"}), "points to no schema"),
        (closed(n={"$ref": "#/$defs/none"}), "points to no schema"),
        (closed(n={"type": "array"}), "array schema missing items"),
        (closed(n={"type": "integer", "minimum": "1"}), "'minimum' must be a number"),
        (closed(n={"type": "word"}), "'type' must be one of"),
        (closed(n={"enum": []}), "'enum' must be an array"),
        ({"type": "object", "properties": {"a": {"type": "null"}}, "required": ["a"]}, "'additionalProperties'"),
        (closed(a={"type": "null"}) | {"required": []}, "Missing 'a'"),
        ({"type": "string"}, "of 'type: \"object\"', got 'type: \"string\"'"),
        ({"anyOf": [closed()]}, "'anyOf' is not permitted"),
        (closed(n={"type": "integer", "minimum": 3, "maximum": 2}), "('properties', 'n'), no value can satisfy"),
        (closed(n={"type": "integer", "exclusiveMinimum": 2, "exclusiveMaximum": 3}), "no value can satisfy"),
        (closed(n={"type": "array", "items": {"type": "null"}, "minItems": 3, "maxItems": 2}), "no value can"),
        (closed(n={"type": "string", "enum": [1, None]}), "no value can satisfy"),
        (closed(n={"$ref": "#"}), "no value can satisfy"),
        (closed(n={"type": "array", "items": {"type": "null"}, "minItems": 10**9}), "more than 20000 parts"),
    ],
)
def test_what_cant_be_kept_is_refused_with_its_place_within_200_ms(schema, words):
    started = time.perf_counter()

    status, answer = respond(schema)

    assert time.perf_counter() - started < 0.2
    assert status == 400
    assert answer["error"]["param"] == "response_format"
    assert answer["error"]["message"].startswith("Invalid schema for response_format 'it': In context=(")
    assert words in answer["error"]["message"]


def test_a_chain_of_references_is_followed_or_refused_but_never_a_crash():
    chain = {f"a{at}": closed(x={"$ref": f"#/$defs/a{at + 1}"}) for at in range(300)}
    schema = closed(x={"$ref": "#/$defs/a0"}) | {"$defs": chain | {"a300": {"type": "null"}}}

    status, answer = respond(schema)

    assert (status, "nested deeper" in answer["error"]["message"]) == (400, True)


def test_what_doubles_at_each_reference_is_refused_quickly():
    chain = {f"a{at}": closed(**{name: {"$ref": f"#/$defs/a{at + 1}"} for name in "xy"}) for at in range(40)}
    schema = closed(x={"$ref": "#/$defs/a0"}) | {"$defs": chain | {"a40": {"type": "null"}}}
    started = time.perf_counter()

    status, answer = respond(schema)

    assert time.perf_counter() - started < 0.2
    assert (status, "more than 20000 parts" in answer["error"]["message"]) == (400, True)


def test_an_open_schema_may_leave_properties_out():
    loose = {"type": "object", "properties": {"name": {"type": "string", "default": "x"}}}

    assert value(loose, kept=False) == {"name": "John"}


def test_json_mode_wants_the_word_and_answers_an_object(ask):
    status, refused = (lambda response: (response.status, json.loads(response.body)["error"]))(
        send({"model": "gpt-4", "messages": [WEATHER], "response_format": {"type": "json_object"}})
    )
    assert (status, refused["param"]) == (400, "messages")

    prompt = 'I\'m John, 28 years old. Answer in JSON with the keys "name", "age" and "city".'
    answer = ask(messages=[{"role": "user", "content": prompt}], response_format={"type": "json_object"}, temperature=2)

    assert json.loads(answer["choices"][0]["message"]["content"]) == {"name": "John", "age": 28, "city": None}


def test_json_mode_without_keys_answers_in_words(ask):
    messages = [{"role": "system", "content": "Answer as JSON."}, {"role": "user", "content": "Hello! I'm John."}]

    answer = ask(messages=messages, response_format={"type": "json_object"}, temperature=0)

    said = json.loads(answer["choices"][0]["message"]["content"])
    assert said == {"answer": "Hello John! How can I assist you today?"}


@pytest.mark.parametrize(
    ("format_", "param"),
    [
        ({}, "response_format.type"),
        ({"type": "xml"}, "response_format.type"),
        ({"type": "json_schema"}, "response_format.json_schema"),
        ({"type": "json_schema", "json_schema": {"schema": {}}}, "response_format.json_schema.name"),
        ({"type": "json_schema", "json_schema": {"name": "a b", "schema": {}}}, "response_format.json_schema.name"),
        ({"type": "json_schema", "json_schema": {"name": "a"}}, "response_format.json_schema.schema"),
    ],
)
def test_a_misshapen_format_is_refused_by_its_part(format_, param):
    response = send({"model": "gpt-4", "messages": [WEATHER], "response_format": format_})

    assert (response.status, json.loads(response.body)["error"]["param"]) == (400, param)


@settings(max_examples=100)
@given(
    schema=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-5, 5)
        | st.text(max_size=3)
        | st.sampled_from(["object", "#", "array"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "properties", "items", "anyOf", "$ref", "enum", "required", "minItems", "const", "a"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=10,
    )
)
def test_any_schema_at_all_gets_an_answer_or_an_error(schema):
    format_ = {"type": "json_schema", "json_schema": {"name": "it", "schema": schema}}

    response = send({"model": "gpt-4", "messages": [WEATHER], "response_format": format_})

    assert response.status in (200, 400)


def test_a_response_says_what_each_parameter_did():
    response = send({"model": "gpt-4", "messages": [WEATHER], "user": "ann", "service_tier": "flex", "temperature": 0})

    assert response.headers["x-simulator-parameters"] == (
        "messages=effective, model=effective, service_tier=echoed, temperature=effective, user=none"
    )


def test_chunks_are_veiled_where_that_is_asked_for(ask):
    body = {"messages": [WEATHER], "stream": True}

    assert all(chunk["obfuscation"] for chunk in ask(**body, stream_options={"include_obfuscation": True}))
    assert not any("obfuscation" in chunk for chunk in ask(**body))
