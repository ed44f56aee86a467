"""The core's routes and headers; and that no request, however odd, makes it raise or answer in another shape."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import models
from simulator.api import Request, handle
from tests.simulator.conftest import KEY, send
from tests.simulator.course import FUNCTION, HELLO, SYSTEM, WEATHER

SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}, "more": {"type": "object"}}}


def get(path: str, headers: dict[str, str] = KEY) -> tuple[int, dict]:
    response = handle(Request("GET", path, headers, b""))
    return response.status, json.loads(response.body)


def test_an_answer_says_that_it_is_simulated_and_carries_the_apis_headers():
    response = send({"model": "gpt-4", "messages": [HELLO]})

    assert response.headers["x-simulator"] == "true"
    assert response.headers["x-request-id"].startswith("req_")
    assert response.headers["openai-processing-ms"].isdecimal()
    assert response.headers["content-type"] == "application/json"
    assert json.loads(response.body)["model"] == "gpt-4-0613-simulated"


@pytest.mark.parametrize("body", [{"model": "gpt-4", "messages": [HELLO]}, {"model": "gpt-4"}, b"{"])
def test_an_answer_and_a_refusal_carry_the_headers_of_rate_limits(body):
    headers = send(body).headers

    for what in ("requests", "tokens"):
        assert int(headers[f"x-ratelimit-remaining-{what}"]) < int(headers[f"x-ratelimit-limit-{what}"])
        assert headers[f"x-ratelimit-reset-{what}"].endswith("s")


def test_half_a_surrogate_pair_and_a_pattern_get_an_answer():
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^[a-z]+$"}}, "required": ["a"]}
    format_ = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema | {"additionalProperties": False}}}

    response = send(
        {"model": "gpt-4", "messages": [{"role": "user", "content": "half \ud800"}], "response_format": format_}
    )

    assert response.status == 200


def test_a_stream_has_the_content_type_of_server_sent_events():
    response = send({"model": "gpt-4", "messages": [HELLO], "stream": True})

    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"


def test_hangul_is_sent_as_it_is_read():
    response = send({"model": "gpt-4", "messages": [{"role": "user", "content": "안녕!"}], "temperature": 0})

    assert "안녕하세요!".encode() in response.body


def test_the_models_are_those_of_the_catalogue():
    status, listed = get("/v1/models")

    assert status == 200
    assert [model["id"] for model in listed["data"]] == [model.id for model in models.MODELS]
    assert get("/v1/models/gpt-4")[1]["owned_by"] == "simulator"
    assert get("/v1/models/gpt-4?x=1")[0] == 200


def test_every_chat_model_of_the_catalogue_answers_retired_or_not():
    for model in models.MODELS:
        response = send({"model": model.id, "messages": [HELLO], "temperature": 0})

        assert response.status == (200 if model.chat else 404), model.id


def test_a_model_that_is_not_there_is_404_in_the_apis_words():
    status, answer = get("/v1/models/gpt-99")

    assert status == 404
    assert answer["error"] == {
        "message": "The model 'gpt-99' does not exist",
        "type": "invalid_request_error",
        "param": "model",
        "code": "model_not_found",
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/completions"), ("GET", "/v1/chat/completions"), ("POST", "/v2/chat/completions"), ("DELETE", "/")],
)
def test_every_other_address_is_404_in_the_apis_error_shape(method, path):
    response = handle(Request(method, path, KEY, b"{}"))

    assert response.status == 404
    assert list(json.loads(response.body)["error"]) == ["message", "type", "param", "code"]
    assert json.loads(response.body)["error"]["message"] == f"Invalid URL ({method} {path})"


def test_a_warm_answer_takes_less_than_20_ms():
    body = {"model": "gpt-4", "messages": [SYSTEM, HELLO]}
    send(body)

    taken = []
    for _ in range(20):
        # The processor's time: other programs on this machine are not what is measured.
        begun = time.process_time()
        send(body)
        taken.append(time.process_time() - begun)

    assert sorted(taken)[len(taken) // 2] < 0.020


def shape(response) -> str:
    """Read an answer to its end; say whether it is a completion, a stream, or the API's error."""
    if not isinstance(response.body, bytes):
        assert b"".join(response.body).endswith(b"data: [DONE]\n\n")
        return "stream"
    answer = json.loads(response.body)
    if "error" in answer:
        assert list(answer["error"]) == ["message", "type", "param", "code"]
        assert response.status >= 400
        return "error"
    assert answer["object"] == "chat.completion"
    assert answer["usage"]["total_tokens"] > 0
    return "completion"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
texts = st.text(max_size=40) | st.sampled_from(
    ["Hello! I'm John.", "내 이름 알아?", "What's the weather in Seoul?", "Write a poem about \ud83d", "날씨 " * 50]
)
contents = texts | anything | st.lists(st.fixed_dictionaries({"type": st.just("text"), "text": texts}), max_size=2)
functions = st.fixed_dictionaries(
    {"name": st.just("weather") | texts}, optional={"parameters": anything | st.just(FUNCTION["parameters"])}
)
calls = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.just("c1"),
            "type": st.just("function"),
            "function": st.fixed_dictionaries({"name": st.just("weather"), "arguments": texts}),
        }
    ),
    max_size=2,
)
messages = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["system", "user", "assistant", "tool", "function", "developer"]),
            "content": contents,
        },
        optional={"name": st.just("weather"), "tool_call_id": st.just("c1"), "tool_calls": calls},
    ),
    min_size=1,
    max_size=4,
)
bodies = st.fixed_dictionaries(
    {"model": st.sampled_from(["gpt-4", "gpt-4o", "gpt-6-luna"]), "messages": messages | anything},
    optional={
        "temperature": st.floats(0, 2) | anything,
        "top_p": st.floats(0, 1),
        "n": st.integers(1, 2) | anything,
        "stop": texts | st.lists(texts, max_size=4) | anything,
        "seed": st.integers(-(2**63), 2**63 - 1),
        "max_tokens": st.integers(1, 30) | anything,
        "frequency_penalty": st.floats(-2, 2),
        "logit_bias": st.dictionaries(st.integers(0, 300_000).map(str), st.integers(-100, 100), max_size=3) | anything,
        "logprobs": st.booleans(),
        "stream": st.booleans(),
        "tools": st.lists(functions.map(lambda one: {"type": "function", "function": one}), max_size=2) | anything,
        "functions": st.lists(functions, max_size=2) | anything,
        "tool_choice": st.sampled_from(["auto", "none", "required"]) | anything,
        "function_call": st.sampled_from(["auto", "none"]) | anything,
        "response_format": anything,
    },
)


@settings(max_examples=300)
@given(body=bodies)
def test_any_body_gets_a_completion_or_an_error_in_the_apis_shape(body):
    assert shape(send(body)) in ("completion", "stream", "error")


def schemas(types: list[str], optional: dict[str, Any], around: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        st.fixed_dictionaries(
            {"type": st.sampled_from(types)}, optional={"description": texts, "title": texts, **optional}
        ),
        lambda inner: (
            st.fixed_dictionaries(
                {"type": st.just("object"), "properties": st.dictionaries(texts, inner, max_size=3)},
                optional={
                    "required": st.lists(texts, max_size=2, unique=True) | st.just(["location"]),
                    **{name: st.lists(inner, max_size=most) for name, most in around.items()},
                },
            )
            | st.fixed_dictionaries({"type": st.just("array"), "items": inner})
        ),
        max_leaves=4,
    )


def offering(schema: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"name": st.sampled_from(["get_current_weather", "write_poem", "f"])},
        optional={
            "description": texts,
            "parameters": st.fixed_dictionaries(
                {
                    "type": st.just("object"),
                    "properties": st.dictionaries(texts | st.just("location"), schema, max_size=3),
                },
                optional={"required": st.just(["location"])},
            ),
        },
    )


TYPES = ["string", "number", "integer", "boolean", "null"]
sound_offers = offering(schemas(TYPES, {}, {}))
odd_offers = offering(
    schemas([*TYPES, "poem"], {"enum": st.lists(anything, max_size=2), "default": anything}, {"anyOf": 2})
)
spoken = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["system", "user", "assistant"]), "content": texts})
    | st.fixed_dictionaries({"role": st.just("function"), "name": st.just("get_current_weather"), "content": texts})
    | st.fixed_dictionaries(
        {"role": st.just("function"), "name": st.just("f"), "content": anything.map(json.dumps)},
    ),
    min_size=1,
    max_size=5,
)
valid = st.fixed_dictionaries(
    {"model": st.sampled_from(["gpt-4", "gpt-4o", "gpt-6-luna"]), "messages": spoken},
    optional={
        "temperature": st.floats(0, 2),
        "top_p": st.floats(0, 1),
        "n": st.integers(1, 2),
        "stop": texts | st.lists(texts, max_size=4),
        "seed": st.integers(-(2**63), 2**63 - 1),
        "max_tokens": st.integers(1, 40),
        "presence_penalty": st.floats(-2, 2),
        "logit_bias": st.dictionaries(st.integers(0, 300_000).map(str), st.integers(-100, 100), max_size=3),
        "logprobs": st.booleans(),
        "stream": st.booleans(),
        "response_format": st.just({"type": "json_schema", "json_schema": {"name": "x", "schema": SCHEMA}}),
    },
)


@settings(max_examples=200)
@given(
    body=valid,
    offered=st.lists(sound_offers, min_size=1, max_size=2),
    dialect=st.sampled_from(["functions", "tools", ""]),
)
def test_any_valid_body_gets_a_completion(body, offered, dialect):
    offer = {"functions": offered, "tools": [{"type": "function", "function": one} for one in offered]}

    response = send({**body, **({dialect: offer[dialect]} if dialect else {})})

    assert response.status == 200
    assert shape(response) == ("stream" if body.get("stream") else "completion")


@settings(max_examples=200)
@given(
    body=valid, offered=st.lists(odd_offers, min_size=1, max_size=2), dialect=st.sampled_from(["functions", "tools"])
)
def test_a_function_of_any_schema_is_offered_or_refused_for_its_schema(body, offered, dialect):
    offer = {"functions": offered, "tools": [{"type": "function", "function": one} for one in offered]}

    response = send({**body, dialect: offer[dialect]})

    if response.status != 200:
        refused = json.loads(response.body)["error"]
        assert (response.status, refused["code"]) == (400, "invalid_function_parameters")
        assert refused["param"].startswith(dialect)


@given(body=anything)
def test_any_json_gets_an_error_in_the_apis_shape(body):
    assert shape(send(body)) == "error"


@given(content=st.binary(max_size=60))
def test_any_bytes_get_an_error_in_the_apis_shape(content):
    assert shape(send(content)) == "error"


@given(method=st.text(max_size=6), path=st.text(max_size=30), name=st.text(max_size=12), value=st.text(max_size=20))
def test_any_address_and_header_get_an_answer(method, path, name, value):
    response = handle(Request(method, path, {name: value}, b""))

    assert shape(response) == "error"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"model": "gpt-4", "messages": ' + b"[" * 500 + b"]" * 500 + b"}",
        b'{"model": NaN}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b"",
    ],
    ids=["deep", "deep and whole", "NaN", "long number", "not UTF-8", "empty"],
)
def test_what_is_no_json_is_refused_as_such(content):
    response = send(content)

    assert response.status == 400
    assert json.loads(response.body)["error"]["message"].startswith("We could not parse the JSON body of your request.")


def test_half_of_a_surrogate_pair_comes_back_as_a_question_mark():
    weather = {"role": "function", "name": "f", "content": "\ud83d"}

    response = send({"model": "gpt-4", "messages": [WEATHER, weather], "temperature": 0})

    assert shape(response) == "completion"


def test_a_huge_message_is_read_and_counted():
    response = send({"model": "gpt-6-luna", "messages": [{"role": "user", "content": "Hello! " * 100_000}]})

    assert json.loads(response.body)["usage"]["prompt_tokens"] > 200_000
