"""A scripted model: it answers each body with the next message of a list. It opens no connection."""

import copy
import json
from typing import Any

from playground.exchange import ApiError, Exchange
from playground.tools import GET_CURRENT_WEATHER
from tests.exchanges import exchange

QUESTION = "What's the weather like in Seoul?"
WEATHER = {GET_CURRENT_WEATHER.name: GET_CURRENT_WEATHER}
ARGUMENTS = '{\n  "location": "Seoul"\n}'
CALLS_FUNCTION = {
    "role": "assistant",
    "content": None,
    "refusal": None,
    "annotations": [],
    "function_call": {"name": "get_current_weather", "arguments": ARGUMENTS},
}
CALLS_TOOL = {
    "role": "assistant",
    "content": None,
    "refusal": None,
    "annotations": [],
    "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "get_current_weather", "arguments": ARGUMENTS}}
    ],
}
ANSWERS = {"role": "assistant", "content": "It is sunny.", "refusal": None, "annotations": []}


class Script:
    """Answers each body with the next message; keeps a copy of every body it was sent."""

    def __init__(self, *answers: dict[str, Any] | ApiError) -> None:
        self._answers = list(answers)
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, body: dict[str, Any]) -> Exchange:
        self.bodies.append(copy.deepcopy(body))
        return exchange_of(body, self._answers.pop(0))

    def assert_finished(self) -> None:
        assert not self._answers, "the loop stopped early"


def exchange_of(body: dict[str, Any], answer: dict[str, Any] | ApiError) -> Exchange:
    failed = isinstance(answer, ApiError)
    response = {} if failed else {"choices": [{"index": 0, "message": answer, "finish_reason": "stop"}]}
    return exchange(
        url="http://simulator.invalid/v1/chat/completions",
        request_body=json.dumps(body).encode(),
        status=429 if failed else 200,
        response_body=json.dumps(response).encode(),
        error=answer if failed else None,
    )
