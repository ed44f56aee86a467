"""What recording costs: the same SDK stream of 5,000 chunks, recorded and unrecorded."""

import gc
import json
import time
from collections.abc import Iterator
from statistics import median

import httpx2
import openai

from benchmarks.figure import Figure
from playground.exchange import Exchange
from playground.recorder import RecordingTransport

CHUNKS = 5_000
ROUNDS = 15


def _frames() -> Iterator[bytes]:
    """The answer: a frame a chunk, as a server flushes them."""
    for number in range(CHUNKS):
        last = number == CHUNKS - 1
        delta = {} if last else {"content": " word"}
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": "stop" if last else None}
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4-0613"}
        yield f"data: {json.dumps(chunk | {'choices': [choice]})}\n\n".encode()
    yield b"data: [DONE]\n\n"


FRAMES = tuple(_frames())


class _Body(httpx2.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield from FRAMES


def _answer(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=_Body())


def seconds(transport: httpx2.BaseTransport) -> float:
    """Read the stream to its end with the SDK, as a program does; processor time of this process."""
    client = openai.OpenAI(
        base_url="http://server.invalid/v1",
        api_key="any",
        http_client=openai.DefaultHttpx2Client(transport=transport, trust_env=False),
    )
    gc.collect()
    began = time.process_time()
    stream = client.chat.completions.create(
        model="gpt-4", messages=[{"role": "user", "content": "Hi"}], stream=True, max_tokens=CHUNKS
    )
    words = sum(1 for chunk in stream if chunk.choices[0].delta.content)
    took = time.process_time() - began
    assert words == CHUNKS - 1
    return took


def measure() -> Iterator[Figure]:
    """Recorded beside unrecorded, in turns; the fastest of each is told, for a busy machine only ever adds."""
    plain = httpx2.MockTransport(_answer)
    kept: list[Exchange] = []
    recording = RecordingTransport(plain, kept.append)
    for transport in (plain, recording):
        seconds(transport)
    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * ROUNDS):
        recorded = turn % 4 in (1, 2)
        took[recorded].append(seconds(recording if recorded else plain))
    assert all(each.ok and len(each.events) == CHUNKS + 1 for each in kept)
    yield Figure(
        f"recording a stream of {CHUNKS} chunks",
        min(took[True]),
        "s",
        "unrecorded",
        min(took[False]),
        limit=1.05,
        of_baseline=True,
    )
    yield Figure(
        "memory that the record of a chunk takes",
        median(each.size for each in kept) / CHUNKS,
        "bytes",
        "bytes on the wire",
        len(b"".join(FRAMES)) / CHUNKS,
        limit=2.0,
        of_baseline=True,
    )
