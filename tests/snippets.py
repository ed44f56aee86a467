"""Bodies that a program must send as they are, and a simulator that keeps what arrives at it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.routes import application
from tests.simulator import served

KEY = "sk-test-0123456789abcdef"

TOOL = {
    "type": "function",
    "function": {
        "name": "get_current_weather",
        "parameters": {"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]},
    },
}
ODD = 'It\'s "odd": $HOME `id` \\n ${key} %s {x} </script> !! \\\n\ttab \x7f\x00\u2028 안녕 😀 \'\'\'""" # //'
BODIES: dict[str, dict[str, Any]] = {
    "plain": {"model": "gpt-4", "messages": [{"role": "user", "content": "Hello! I'm John."}]},
    "odd": {
        "model": "gpt-4",
        "messages": [{"role": "system", "content": ODD}, {"role": "user", "content": "안녕하세요"}],
        "temperature": 0.5,
        "stop": None,
        "logit_bias": {},
        "user": ODD,
    },
    "tools": {
        "model": "gpt-4",
        "messages": [{"role": "user", "content": "What's the weather like in Seoul?"}],
        "tools": [TOOL],
        "parallel_tool_calls": False,
        "seed": 9_007_199_254_740_993,
    },
    "stream": {
        "model": "gpt-4",
        "messages": [{"role": "user", "content": "Hello! I'm John."}],
        "stream": True,
        "stream_options": {"include_usage": True},
    },
    "unknown": {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "top_k": [1, {"__proto__": 2}]},
    "incomplete": {"model": "gpt-4"},
}
REFUSED = {"unknown", "incomplete"}
"""The simulator refuses these, as the API would; they arrive all the same."""


class Arrivals:
    """An ASGI application before another one: it keeps the bodies and keys that pass."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self.bodies: list[Any] = []
        self.keys: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            self.keys += [value.decode() for name, value in scope["headers"] if name == b"authorization"]
        content = b""

        async def listen() -> Message:
            nonlocal content
            message = await receive()
            if message["type"] == "http.request" and scope["method"] == "POST":
                content += message.get("body", b"")
                if not message.get("more_body"):
                    self.bodies.append(json.loads(content))
            return message

        await self._inner(scope, listen if scope["type"] == "http" else receive, send)


@contextmanager
def listening() -> Iterator[tuple[str, Arrivals]]:
    """Serve the simulator while the block runs; gives its base URL, and what arrives."""
    made: list[Arrivals] = []

    def before(*wishes: Any) -> Arrivals:
        made.append(Arrivals(application(*wishes)))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(served, "application", before)
        with served.served() as url:
            yield url, made[0]
