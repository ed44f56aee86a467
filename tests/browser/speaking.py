"""A server of the API that says what it is told, at a pace: `python -m tests.browser.speaking PORT`. No simulator.

The model's name says what: "echo" repeats the last message in pieces of three characters, 100 a second;
"speak-4000-200-paragraphs" says 4,000 pieces, 200 a second, in the shape of paragraphs. GET /received gives the bytes
of every request, in hex. Only tests and benchmarks use it.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.browser.served import ROOT, free_port

WORDS = [
    "the",
    "sea",
    "is",
    "wide",
    "and",
    "the",
    "boat",
    "is",
    "small",
    "but",
    "nobody",
    "who",
    "looks",
    "at",
    "it",
    "would",
    "say",
    "so",
]
SHAPES = {
    "paragraphs": lambda n: WORDS[n % len(WORDS)] + (".\n\n" if n % 60 == 59 else " "),
    "paragraph": lambda n: WORDS[n % len(WORDS)] + " ",
    "code": lambda n: "```py\n" if n == 0 else f"x{n}" + (" = 1\n" if n % 3 else ", "),
    "table": lambda n: "| a | b |\n|---|---|\n" if n == 0 else f"| {n} | {WORDS[n % len(WORDS)]} |\n",
}

END = "END"
"""The last piece of what is spoken."""

received: list[bytes] = []


def pieces(model: str, text: str) -> tuple[list[str], float]:
    """What a model of this name says, and seconds between two pieces."""
    kind, _, rest = model.partition("-")
    if kind == "speak":
        count, rate, shape = rest.split("-")
        return [*(SHAPES[shape](number) for number in range(int(count))), END], 1 / float(rate)
    return [text[start : start + 3] for start in range(0, len(text), 3)], 0.01


def event(choices: list[dict[str, object]], **more: object) -> bytes:
    chunk = {"id": "chatcmpl-spoken", "object": "chat.completion.chunk", "created": 1, "model": "speaker"}
    return b"data: " + json.dumps({**chunk, "choices": choices, **more}, ensure_ascii=False).encode() + b"\n\n"


async def spoken(body: dict[str, object]) -> AsyncIterator[bytes]:
    messages = body["messages"]
    said, step = pieces(str(body["model"]), str(messages[-1]["content"]))  # type: ignore[index]
    began = time.monotonic()
    for number, piece in enumerate(said):
        # By the clock, not by sleeping a step each time: what is late is made up for.
        if (ahead := began + number * step - time.monotonic()) > 0:
            await asyncio.sleep(ahead)
        yield event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}])
    yield event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
    yield event([], usage={"prompt_tokens": 8, "completion_tokens": len(said), "total_tokens": 8 + len(said)})
    yield b"data: [DONE]\n\n"


async def complete(request: Request) -> Response:
    received.append(await request.body())
    return StreamingResponse(spoken(json.loads(received[-1])), media_type="text/event-stream")


async def told(request: Request) -> Response:
    return JSONResponse([body.hex() for body in received])


app = Starlette(routes=[Route("/v1/chat/completions", complete, methods=["POST"]), Route("/received", told)])


@dataclass(frozen=True)
class Speaker:
    """A running one."""

    url: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def received(self) -> list[bytes]:
        """The bytes of every request so far."""
        with urllib.request.urlopen(f"{self.url}/received", timeout=5) as answer:
            return [bytes.fromhex(each) for each in json.load(answer)]


@contextmanager
def speaking() -> Iterator[Speaker]:
    """Run it in a process of its own."""
    port = free_port()
    speaker = Speaker(f"http://127.0.0.1:{port}")
    command = [sys.executable, "-m", "tests.browser.speaking", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    speaker.received()
                    break
                except OSError:
                    if process.poll() is not None:
                        raise RuntimeError("the speaker did not start") from None
                    time.sleep(0.05)
            yield speaker
        finally:
            process.terminate()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
