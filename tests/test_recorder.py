"""The record of an attempt while it runs, and the secrets it never holds. What the SDK makes of it: test_client.py."""

import itertools
import time
from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.exchange import ApiError, Exchange
from playground.recorder import SECRET_HEADERS, Recording, RecordingTransport

KEY = "sk-test-0123456789abcdef"
SSE = {"content-type": "text/event-stream"}


def request(**headers: str) -> httpx2.Request:
    return httpx2.Request("POST", "http://user:pass@server.invalid/v1/x?api-key=secret", headers=headers, content=b"{}")


def recording(**headers: str) -> Recording:
    running = Recording(request(authorization=f"Bearer {KEY}", **headers))
    running.answered(httpx2.Response(200, headers=SSE))
    return running


@pytest.mark.parametrize("name", sorted(SECRET_HEADERS))
def test_a_secret_header_is_dropped_both_ways(name: str) -> None:
    running = Recording(request(**{name: "secret-value"}))
    running.answered(httpx2.Response(200, headers={name: "secret-value"}))

    assert "secret-value" not in repr(running.end("complete"))


def test_a_url_is_recorded_without_user_password_and_query() -> None:
    exchange = recording().end("complete")

    assert exchange.url == "http://server.invalid/v1/x"


@given(st.lists(st.integers(1, 40), max_size=5))
def test_a_key_that_a_server_says_back_is_cut_out_wherever_the_network_cuts(cuts: list[int]) -> None:
    running = recording()
    body = f"data: your key is {KEY}, is it not\n\n".encode()
    edges = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})

    for start, end in itertools.pairwise(edges):
        running.add(body[start:end])
    exchange = running.end("complete")

    assert KEY.encode() not in exchange.response_body
    assert [event.data for event in exchange.events] == ["your key is [key], is it not"]


def test_a_key_that_a_server_says_back_in_a_header_is_cut_out() -> None:
    running = Recording(request(authorization=f"Bearer {KEY}"))

    running.answered(httpx2.Response(200, headers={"x-debug": f"got Bearer {KEY}"}))

    assert running.end("complete").response_headers == (("x-debug", "got Bearer [key]"),)


def test_a_key_that_an_error_below_quotes_is_cut_out() -> None:
    error = ApiError("connection", f"no route for {KEY}", "Send it again.")

    exchange = recording().end("failed", error)

    assert exchange.error is not None
    assert exchange.error.message == "no route for [key]"


def test_a_key_that_is_a_plain_word_leaves_the_word_in_the_body() -> None:
    running = Recording(request(authorization="Bearer simulator"))
    running.answered(httpx2.Response(200))

    running.add(b'{"system_fingerprint": "fp_simulator"}')

    assert running.end("complete").response == {"system_fingerprint": "fp_simulator"}


def test_a_record_counts_its_headers_bodies_and_events() -> None:
    running = recording()
    running.add(b"data: 12345\n\n")

    exchange = running.end("complete")

    headers = sum(len(name) + len(value) for name, value in exchange.request_headers + exchange.response_headers)
    assert exchange.size == len(b"{}") + headers + len(b"data: 12345\n\n") + len("12345")


def test_a_snapshot_grows_with_the_stream_and_the_end_is_final() -> None:
    running = recording()
    assert running.snapshot().outcome == "running"

    running.add(b'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n')
    assert running.snapshot().first_token_ms is None
    running.add(b'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n')

    assert len(running.snapshot().events) == 2
    assert running.snapshot().first_token_ms == running.snapshot().events[1].at_ms
    ended = running.end()
    assert ended.outcome == "closed"
    assert running.end("complete") is ended
    assert running.snapshot() is ended


def test_times_are_those_of_the_chunks() -> None:
    running = recording()

    running.add(b"data: 1\n\n")
    time.sleep(0.02)
    running.add(b"data: 2\n\n")

    first, second = running.snapshot().events
    assert second.at_ms - first.at_ms >= 15


def test_the_reader_gets_each_chunk_when_it_comes() -> None:
    class Body(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"one"
            reached.append("second chunk asked for")
            yield b"two"

    reached: list[str] = []
    exchanges: list[Exchange] = []
    transport = RecordingTransport(
        httpx2.MockTransport(lambda request: httpx2.Response(200, stream=Body())), exchanges.append
    )

    response = transport.handle_request(request())
    chunks = iter(response.stream)  # type: ignore[call-overload]
    first = next(chunks)

    assert first == b"one"
    assert not reached
    assert not exchanges
    assert list(chunks) == [b"two"]
    assert exchanges[0].response_body == b"onetwo"
