"""What the simulator's tests share: one way to send a body, and each of the course's calls in turn."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from simulator.api import Request, Response, handle
from tests.simulator.course import COURSE

KEY = {"Authorization": "Bearer any"}


def send(body: Any, headers: dict[str, str] | None = None) -> Response:
    """Send a body to the chat completions of the simulator."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return handle(Request("POST", "/v1/chat/completions", {**KEY, **(headers or {})}, content))


@pytest.fixture(name="send")
def send_fixture() -> Callable[..., Response]:
    return send


@pytest.fixture
def ask() -> Callable[..., dict[str, Any]]:
    """Send a request to gpt-4 and give the answer, parsed; for a stream its chunks."""

    def answer(**body: Any) -> Any:
        response = send({"model": "gpt-4", **body})
        if isinstance(response.body, bytes):
            return json.loads(response.body)
        events = b"".join(response.body).decode().split("\n\n")
        assert events[-2:] == ["data: [DONE]", ""]
        return [json.loads(event.removeprefix("data: ")) for event in events[:-2]]

    return answer


@pytest.fixture(params=COURSE)
def course(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any], tuple[str, int, int]]:
    return COURSE[request.param]
