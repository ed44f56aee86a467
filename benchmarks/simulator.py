"""The simulator's speed: `python -m benchmarks.simulator` prints the figures, and ends with 1 when a limit is broken.

A figure without another side has its limit as baseline. In process nothing waits: what is measured is the drawing. The
streams over HTTP come at a steady pace; ideal is what the pace alone takes.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx2

from benchmarks.figure import Figure, report
from playground import encodings
from simulator.api import Request, handle
from simulator.pacing import READABLE as PACE
from simulator.transport import BASE_URL, SimulatorTransport
from tests.simulator.served import program

RUNS, LONG_RUNS, STREAMS = 200, 10, 50
ANSWER_LIMIT_MS, STREAM_LIMIT_MS, TOKENS_LIMIT, READY_LIMIT_S, MEMORY_LIMIT_MB = 4.0, 3.0, 8_000, 0.5, 30.0
WALL_LIMIT = 1.2
KEY = {"authorization": "Bearer any", "content-type": "application/json"}
ASKED: dict[str, Any] = {
    "model": "gpt-4",
    "messages": [{"role": "user", "content": "Tell me a story about a cat."}],
    "max_tokens": 30,
}
LONG = {"model": "gpt-4", "messages": [{"role": "user", "content": "Explain the API in detail."}], "temperature": 0}
ONE_ANSWER = """
import time, tracemalloc
from playground import encodings
encodings.load("cl100k_base").encode("warm")
if {trace}: tracemalloc.start()
start = time.perf_counter()
from simulator.api import Request, handle
for seed in range({times}):
    body = b'{{"model": "gpt-4", "messages": [{{"role": "user", "content": "Tell me a story."}}], "seed": %d}}' % seed
    assert handle(Request("POST", "/v1/chat/completions", {{"authorization": "Bearer any"}}, body)).status == 200
print(tracemalloc.get_traced_memory()[0] / 1e6 if {trace} else time.perf_counter() - start)
"""


def measure() -> Iterator[Figure]:
    """Measure the drawing, the start, and many readers at once."""
    answers = [_seconds(ASKED | {"seed": seed}) * 1000 for seed in range(RUNS + 10)][10:]
    yield Figure("a 30-token answer, p50", median(answers), "ms", "limit", ANSWER_LIMIT_MS, ANSWER_LIMIT_MS)
    new = [_seconds(ASKED | {"messages": [_about(number)]}) * 1000 for number in range(RUNS + 10)][10:]
    yield Figure(
        "a 30-token answer to what was never asked, p50", median(new), "ms", "limit", ANSWER_LIMIT_MS, ANSWER_LIMIT_MS
    )
    streams = [_streamed(seed) * 1000 for seed in range(RUNS + 10)][10:]
    replayed = [_replayed() * 1000 for _ in range(RUNS + 10)][10:]
    added = median(streams) - median(replayed)
    yield Figure(
        "the same streamed, beyond reading as many frames", added, "ms", "limit", STREAM_LIMIT_MS, STREAM_LIMIT_MS
    )
    _seconds(LONG)
    tokens = encodings.count(_said(LONG), "cl100k_base")
    per_token = min(_seconds(LONG) for _ in range(LONG_RUNS)) / tokens * 1e6
    yield Figure("a token of a long answer", per_token, "µs", "limit", 1e6 / TOKENS_LIMIT, 1e6 / TOKENS_LIMIT)
    ready = median(_program(trace=False, times=1) for _ in range(3))
    yield Figure("ready after the vocabulary", ready, "s", "limit", READY_LIMIT_S, READY_LIMIT_S)
    memory = _program(trace=True, times=100)
    yield Figure("memory on top of the vocabulary", memory, "MB", "limit", MEMORY_LIMIT_MB, MEMORY_LIMIT_MB)
    wall, ideal = asyncio.run(_together())
    yield Figure(f"{STREAMS} streams at once", wall, "s", "the pace alone", ideal, WALL_LIMIT, of_baseline=True)


def _request(body: dict[str, Any]) -> Request:
    return Request("POST", "/v1/chat/completions", KEY, json.dumps(body).encode())


def _about(number: int) -> dict[str, str]:
    return {"role": "user", "content": f"Write a haiku about cat {number}."}


def _seconds(body: dict[str, Any]) -> float:
    request = _request(body)
    start = perf_counter()
    handle(request)
    return perf_counter() - start


def _said(body: dict[str, Any]) -> str:
    content = handle(_request(body)).body
    assert isinstance(content, bytes)
    text: str = json.loads(content)["choices"][0]["message"]["content"]
    return text


def _streamed(seed: int) -> float:
    return _read(SimulatorTransport(), ASKED | {"seed": seed, "stream": True})


def _replayed() -> float:
    """Read a stream of as many frames that was drawn before."""
    frame = b'data: {"choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}]}\n\n'
    answer = httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=frame * 32)
    return _read(httpx2.MockTransport(lambda _: answer), ASKED)


def _read(transport: httpx2.BaseTransport, body: dict[str, Any]) -> float:
    with httpx2.Client(transport=transport, base_url=BASE_URL, headers=KEY) as client:
        start = perf_counter()
        with client.stream("POST", "/chat/completions", json=body) as response:
            for _ in response.iter_lines():
                pass
        return perf_counter() - start


def _program(trace: bool, times: int) -> float:
    """Answer in a new program: gives its seconds, or the megabytes that it keeps."""
    command = [sys.executable, "-c", ONE_ANSWER.format(trace=trace, times=times)]
    root = Path(__file__).parent.parent
    # A program that may not keep its compiled files compiles all of them each time: that is a setting, and no speed.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


async def _together() -> tuple[float, float]:
    """Read streams at once over HTTP, by bare sockets: a client's own work is not the server's. Each arrives whole."""
    with program("--pace", "natural") as (_, url):
        host, port = url.split("/")[2].split(":")

        async def read(seed: int) -> int:
            body = json.dumps(ASKED | {"seed": seed, "temperature": 0, "stream": True})
            head = "".join(f"{name}: {value}\r\n" for name, value in KEY.items())
            head += f"host: {host}\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n"
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"POST /v1/chat/completions HTTP/1.1\r\n{head}{body}".encode())
            content = await reader.read(-1)
            writer.close()
            assert b"data: [DONE]" in content[-40:], f"a stream broke: {content[-200:]!r}"
            return content.count(b"data: ")

        await read(0)
        start = perf_counter()
        frames = await asyncio.gather(*(read(seed) for seed in range(STREAMS)))
        return perf_counter() - start, PACE.first + PACE.step * (max(frames) - 1)


if __name__ == "__main__":
    sys.exit(report(measure()))
