"""What is refused, in the API's own words. Wordings: see simulator/refusals.py."""

import json

import pytest

from playground.parameters import PARAMETERS
from simulator.effects import EFFECTS
from simulator.validation import MOST_STOPS, RANGES, TYPES, masked
from tests.simulator.conftest import send
from tests.simulator.course import FUNCTION, HELLO, WEATHER

BODY = {"model": "gpt-4", "messages": [HELLO]}
TOOLS = [{"type": "function", "function": FUNCTION}]
TOOL_CALL = {"id": "c1", "type": "function", "function": {"name": "get_current_weather", "arguments": "{}"}}
ASKED = {"role": "assistant", "content": None, "tool_calls": [TOOL_CALL]}


def error(body, headers=None) -> tuple[int, dict]:
    response = send(body, headers)
    return response.status, json.loads(response.body)["error"]


BAD_SCHEMA = {"name": "f", "parameters": {"type": "string"}}
NAMED_X = {"type": "function", "function": {"name": "x"}}


def said(content: object, role: str = "user", **more: object) -> dict:
    return {"messages": [{"role": role, "content": content, **more}]}


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"temperature": 3}, "temperature", "decimal_above_max_value"),
        ({"temperature": -0.5}, "temperature", "decimal_below_min_value"),
        ({"temperature": "hot"}, "temperature", "invalid_type"),
        ({"temperature": True}, "temperature", "invalid_type"),
        ({"n": 0}, "n", "integer_below_min_value"),
        ({"n": 1.5}, "n", "invalid_type"),
        ({"n": 200}, "n", "integer_above_max_value"),
        ({"stop": list("abcde")}, "stop", "array_above_max_length"),
        ({"stop": 7}, "stop", "invalid_type"),
        ({"stop": ["a", 7]}, "stop[1]", "invalid_type"),
        ({"max_tokens": 0}, "max_tokens", "integer_below_min_value"),
        ({"max_tokens": 9000}, "max_tokens", "invalid_value"),
        ({"max_tokens": 8190}, "messages", "context_length_exceeded"),
        ({"max_tokens": 5, "max_completion_tokens": 5}, "max_tokens", "invalid_parameter_combination"),
        ({"top_k": 3}, None, None),
        ({"logit_bias": {"a": 1}}, "logit_bias", None),
        ({"logit_bias": {"5": 101}}, "logit_bias.5", "decimal_above_max_value"),
        ({"stream_options": {"include_usage": True}}, "stream_options", None),
        ({"top_logprobs": 2}, "top_logprobs", None),
        ({"stream": "yes"}, "stream", "invalid_type"),
        ({"tools": []}, "tools", "empty_array"),
        ({"tools": [{"function": FUNCTION}]}, "tools[0].type", "missing_required_parameter"),
        ({"tools": [{"type": "function"}]}, "tools[0].function", "missing_required_parameter"),
        ({"functions": [{"description": "x"}]}, "functions[0].name", "missing_required_parameter"),
        ({"functions": [{"name": "get weather"}]}, "functions[0].name", "invalid_value"),
        ({"functions": [BAD_SCHEMA]}, "functions[0].parameters", "invalid_function_parameters"),
        ({"tool_choice": "auto"}, "tool_choice", None),
        ({"function_call": "auto"}, "function_call", None),
        ({"tools": TOOLS, "tool_choice": "any"}, "tool_choice", "invalid_value"),
        ({"tools": TOOLS, "tool_choice": NAMED_X}, "tool_choice", None),
        ({"functions": [FUNCTION], "function_call": {"name": "x"}}, "function_call", None),
        ({"messages": []}, "messages", "empty_array"),
        ({"messages": "Hello"}, "messages", "invalid_type"),
        ({"messages": ["Hello"]}, "messages[0]", "invalid_type"),
        ({"messages": [{"content": "Hello"}]}, "messages[0].role", "missing_required_parameter"),
        (said("Hello", role="robot"), "messages[0].role", "invalid_value"),
        ({"messages": [{"role": "user"}]}, "messages[0].content", "missing_required_parameter"),
        (said(None), "messages.[0].content", None),
        (said(7), "messages[0].content", "invalid_type"),
        (said([{"type": "poem"}]), "messages[0].content[0].type", "invalid_value"),
        (said([{"type": "text"}]), "messages[0].content[0].text", "missing_required_parameter"),
        (said("Hi", name="two words"), "messages[0].name", "invalid_value"),
        (said("1", role="function"), "messages[0].name", "missing_required_parameter"),
        (said("1", role="tool", tool_call_id="c"), "messages.[0].role", None),
        ({"messages": [WEATHER, ASKED]}, "messages", None),
        ({"messages": [WEATHER, ASKED, HELLO]}, "messages.[2].role", None),
    ],
    ids=str,
)
def test_a_bad_request_is_refused_with_its_parameter_and_code(more, param, code):
    status, refused = error({**BODY, **more})

    assert status == 400
    assert list(refused) == ["message", "type", "param", "code"]
    assert (refused["type"], refused["param"], refused["code"]) == ("invalid_request_error", param, code)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"temperature": 3},
            "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
        ),
        ({"n": 0}, "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead."),
        ({"n": 1.5}, "Invalid type for 'n': expected an integer, but got a decimal number instead."),
        (
            {"stop": list("abcde")},
            "Invalid 'stop': array too long. "
            "Expected an array with maximum length 4, but got an array with length 5 instead.",
        ),
        ({"top_k": 3}, "Unrecognized request argument supplied: top_k"),
        (
            {"tool_choice": "auto"},
            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
        ),
        (
            {"functions": [FUNCTION], "function_call": {"name": "x"}},
            "Invalid value for 'function_call': no function named 'x' was specified in the 'functions' parameter.",
        ),
        (
            said("Hello", role="robot"),
            "Invalid value: 'robot'. "
            "Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.",
        ),
        (said(None), "Invalid value for 'content': expected a string, got null."),
        (
            said(7),
            "Invalid type for 'messages[0].content': "
            "expected one of a string or array of objects, but got an integer instead.",
        ),
        (
            said("1", role="tool", tool_call_id="c"),
            "Invalid parameter: messages with role 'tool' must be a response "
            "to a preceeding message with 'tool_calls'.",
        ),
        (
            {"messages": [WEATHER, ASKED]},
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
            "'tool_call_id'. The following tool_call_ids did not have response messages: c1",
        ),
    ],
    ids=str,
)
def test_a_refusal_speaks_in_the_apis_words(more, message):
    assert error({**BODY, **more})[1]["message"] == message


def test_messages_and_model_are_required():
    assert error({"model": "gpt-4"})[1]["message"] == "Missing required parameter: 'messages'."
    assert error({"messages": [HELLO]})[1]["message"] == "you must provide a model parameter"


def test_null_is_the_same_as_not_there():
    nulls = dict.fromkeys([name for name in EFFECTS if name not in ("model", "messages")])

    assert send({**BODY, **nulls}).status == 200


def test_an_unknown_model_is_404_and_one_that_does_not_chat_says_so():
    status, refused = error({**BODY, "model": "gpt-99"})
    assert (status, refused["code"], refused["param"]) == (404, "model_not_found", None)
    assert refused["message"] == "The model `gpt-99` does not exist or you do not have access to it."

    status, refused = error({**BODY, "model": "text-davinci-003"})
    assert (status, refused["param"]) == (404, "model")
    assert "not a chat model" in refused["message"]


def test_without_a_key_nothing_is_answered():
    for header in ("", "Bearer", "Bearer ", "Basic abc"):
        status, refused = error(BODY, {"Authorization": header})

        assert status == 401
        assert refused["message"].startswith("You didn't provide an API key.")
        assert refused["code"] is None


def test_a_wrong_key_is_refused_and_not_repeated():
    status, refused = error(BODY, {"Authorization": "Bearer sk-wrong-0123456789-abcd"})

    assert (status, refused["code"]) == (401, "invalid_api_key")
    assert "0123456789" not in refused["message"]
    assert "sk-wr***************abcd" in refused["message"]


def test_a_short_key_is_masked_nearly_whole():
    assert masked("sk-wrong") == "sk-*****"


def test_too_long_a_prompt_is_refused_with_both_numbers():
    _, refused = error({**BODY, "messages": [{"role": "user", "content": "word " * 9000}]})

    assert refused["code"] == "context_length_exceeded"
    assert "8192 tokens" in refused["message"]


def test_a_million_blanks_are_refused_and_not_a_crash():
    status, refused = error({**BODY, "messages": [{"role": "user", "content": " " * 1_200_000}]})

    assert (status, refused["code"]) == (400, "context_length_exceeded")


def test_a_stream_that_is_refused_is_an_ordinary_error():
    status, refused = error({**BODY, "stream": True, "temperature": 5})

    assert (status, refused["param"]) == (400, "temperature")


def test_the_ranges_and_effects_are_those_of_the_parameter_table():
    for name, parameter in PARAMETERS.items():
        assert EFFECTS[name] == parameter.effect, name
        if name in RANGES:
            low, high = RANGES[name]
            assert parameter.minimum in (None, low), name
            assert parameter.maximum in (None, high), name
    assert PARAMETERS["stop"].maximum == MOST_STOPS


def test_every_parameter_that_is_checked_is_a_known_one():
    assert set(TYPES) | set(RANGES) <= set(EFFECTS)
