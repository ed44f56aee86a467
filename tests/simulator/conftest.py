"""What the simulator's tests share: one way to send a body, and each of the course's calls in turn."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import openai
import pytest

from simulator.api import Request, Response, handle
from simulator.transport import BASE_URL, SimulatorTransport
from tests.simulator.course import COURSE
from tests.simulator.served import served

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


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The base URL of a simulator behind a socket, one for all tests."""
    with served() as url:
        yield url


@pytest.fixture(params=["in process", "over a socket"])
def connect(request: pytest.FixtureRequest) -> Callable[..., openai.OpenAI]:
    """Connect the SDK to the simulator, through each of its adapters in turn."""
    inside = request.param == "in process"
    url = BASE_URL if inside else request.getfixturevalue("address")

    def connected(timeout: float = 20, max_retries: int = 0) -> openai.OpenAI:
        # A proxy of the environment is none of a test's business.
        http = openai.DefaultHttpx2Client(transport=SimulatorTransport() if inside else None, trust_env=False)
        # A busy machine must be able to connect in this time.
        wait = timeout if inside else max(timeout, 1)
        return openai.OpenAI(base_url=url, api_key="any", http_client=http, timeout=wait, max_retries=max_retries)

    return connected
