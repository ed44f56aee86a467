"""The error lab's whole answers: each is what the API would send, in one piece and streamed alike."""

import json

import pytest

from simulator.faults import FAULTS, SLOW
from simulator.spoilt_answers import REFUSAL, SHORT
from tests.simulator.conftest import send
from tests.simulator.course import FUNCTION, HELLO, WEATHER

TOOLS = [{"type": "function", "function": FUNCTION}]
WANTED = {
    *("401", "403", "404", "429", "429-quota", "500", "503", "html", "slow", "stall", "reset", "ends-early"),
    *("broken-chunk", "error-midstream", "bad-arguments", "unknown-tool", "content-filter", "refusal", "length"),
}


def answer(fault: str, stream: bool = False, **body) -> dict:
    """The message of an answer and its finish_reason; of a stream, its deltas put together."""
    response = send({"model": "gpt-4", "temperature": 0, "stream": stream, **body}, {"x-sim-fault": fault})
    if isinstance(response.body, bytes):
        parsed = json.loads(response.body)
        if "error" in parsed:
            return parsed["error"]
        (choice,) = parsed["choices"]
        return {**choice["message"], "finish_reason": choice["finish_reason"]}
    chunks = [json.loads(line[6:]) for line in b"".join(response.body).split(b"\n\n") if line.startswith(b"data: {")]
    message: dict = {"content": None, "refusal": None, "tool_calls": []}
    for chunk in chunks:
        (choice,) = chunk["choices"]
        message["finish_reason"] = choice["finish_reason"]
        for key in ("content", "refusal"):
            if choice["delta"].get(key):
                message[key] = (message[key] or "") + choice["delta"][key]
        for call in choice["delta"].get("tool_calls", []):
            if "id" in call:
                message["tool_calls"].append({"function": {"name": call["function"]["name"], "arguments": ""}})
            message["tool_calls"][call["index"]]["function"]["arguments"] += call["function"]["arguments"]
    return message


def test_every_fault_of_the_lab_is_there():
    assert not WANTED - FAULTS.keys()


@pytest.mark.parametrize("stream", [False, True])
def test_a_refusal_stands_in_its_own_field(stream):
    said = answer("refusal", stream, messages=[HELLO])

    assert (said["refusal"], said["content"], said["finish_reason"]) == (REFUSAL, None, "stop")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(("fault", "reason"), [("length", "length"), ("content-filter", "content_filter")])
def test_a_cut_answer_says_what_cut_it(fault, reason, stream):
    said = answer(fault, stream, messages=[HELLO])

    assert (said["content"], said["finish_reason"]) == ("Hello John! How", reason)


def test_a_cut_answer_costs_what_was_written():
    response = send({"model": "gpt-4", "temperature": 0, "messages": [HELLO]}, {"x-sim-fault": "length"})

    assert json.loads(response.body)["usage"]["completion_tokens"] == SHORT


@pytest.mark.parametrize("stream", [False, True])
def test_malformed_arguments_are_no_json_and_all_else_is_as_ever(stream):
    said = answer("bad-arguments", stream, messages=[WEATHER], tools=TOOLS)

    (call,) = said["tool_calls"]
    assert (call["function"]["name"], said["finish_reason"]) == (FUNCTION["name"], "tool_calls")
    assert call["function"]["arguments"].startswith('{\n  "location": "Seoul"')
    with pytest.raises(ValueError, match=r"delimiter|Expecting"):
        json.loads(call["function"]["arguments"])


@pytest.mark.parametrize("stream", [False, True])
def test_an_unknown_tool_has_a_name_that_nobody_offered_and_arguments_that_are_fine(stream):
    said = answer("unknown-tool", stream, messages=[HELLO], tools=TOOLS)

    (call,) = said["tool_calls"]
    assert call["function"]["name"] not in {FUNCTION["name"]}
    assert json.loads(call["function"]["arguments"])["location"]


def test_functions_have_the_same_faults():
    said = answer("unknown-tool", messages=[WEATHER], functions=[FUNCTION])

    assert said["function_call"]["name"] != FUNCTION["name"]


@pytest.mark.parametrize("fault", ["bad-arguments", "unknown-tool"])
def test_a_fault_of_functions_needs_some(fault):
    error = answer(fault, messages=[HELLO])

    assert fault in error["message"]
    assert "tools" in error["message"]


def test_a_slow_answer_is_the_right_one_later():
    response = send({"model": "gpt-4", "temperature": 0, "messages": [HELLO]}, {"x-sim-fault": "slow"})

    assert response.delay == SLOW
    assert "Hello John!" in json.loads(response.body)["choices"][0]["message"]["content"]
