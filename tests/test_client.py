"""What is sent is what was asked for, what is recorded is what was sent; neither the environment nor a key leaks."""

import gzip
import json
import socket
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from playground.client import Call, as_python_prints, connect
from playground.diagnosis import KIND_REMEDIES, UNSENDABLE
from playground.exchange import Exchange, header
from playground.messages import user
from playground.recorder import BODY_LIMIT, EVENT_LIMIT

KEY = "sk-test-0123456789abcdef"
BODY = {"model": "gpt-4", "messages": [user("안녕!")]}
STREAM = BODY | {"stream": True}
ANSWER = {
    "id": "chatcmpl-1",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "안녕!"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
}


class Body(httpx2.SyncByteStream):
    """A response body of these pieces; an exception among them is raised in its place."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.pieces = pieces
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed = True


def event(**chunk: Any) -> bytes:
    return f"data: {json.dumps(chunk)}\n\n".encode()


def delta(text: str, finish: str | None = None) -> bytes:
    return event(id="c", choices=[{"index": 0, "delta": {"content": text}, "finish_reason": finish}])


DONE = b"data: [DONE]\n\n"


def call(answer: Callable[[httpx2.Request], httpx2.Response], body: dict[str, Any] = BODY, **options: Any) -> Call:
    return connect("http://server.invalid/v1", KEY, httpx2.MockTransport(answer), **options).send(body)


def streaming(*pieces: bytes | Exception) -> Callable[[httpx2.Request], httpx2.Response]:
    headers = {"content-type": "text/event-stream; charset=utf-8"}
    return lambda request: httpx2.Response(200, headers=headers, stream=Body(*pieces))


def test_the_record_holds_the_exact_bytes_of_both_ways() -> None:
    sent = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        return httpx2.Response(
            200, content=b'{"choices": [],   "b": 1.0}', headers={"content-type": "application/json"}
        )

    exchange = call(answer).exchange

    assert exchange.request_body == sent[0]
    assert exchange.request == BODY
    assert exchange.response_body == b'{"choices": [],   "b": 1.0}'
    assert exchange.outcome == "complete"


def test_a_body_is_sent_in_the_order_and_with_the_keys_it_has() -> None:
    body = {"zebra": None, "messages": [], "model": "m", "temperature": 3}

    exchange = call(lambda request: httpx2.Response(200, json=ANSWER), body).exchange

    assert exchange.request_body == b'{"zebra":null,"messages":[],"model":"m","temperature":3}'


def test_the_answer_is_read_from_the_record() -> None:
    exchange = call(lambda request: httpx2.Response(200, json=ANSWER, headers={"x-request-id": "req_1"})).exchange

    assert exchange.ok
    assert exchange.message == {"role": "assistant", "content": "안녕!"}
    assert exchange.finish_reason == "stop"
    assert exchange.usage is not None
    assert exchange.usage.total == 12
    assert exchange.request_id == "req_1"


def test_no_secret_is_in_the_record(caplog: pytest.LogCaptureFixture) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        error = {"message": f"Incorrect API key provided: {KEY}", "type": "x", "code": "invalid_api_key", "param": None}
        return httpx2.Response(401, json={"error": error}, headers={"set-cookie": "session=secret"})

    exchange = call(answer).exchange

    assert KEY not in repr(exchange) + caplog.text
    assert "secret" not in repr(exchange)
    assert "authorization" not in {name.lower() for name, _ in exchange.request_headers}


def test_nothing_of_the_environment_reaches_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-the-server")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-of-the-server")
    monkeypatch.setenv(
        "OPENAI_CUSTOM_HEADERS", "X-Secret: of-the-server\nX-Other: of-the-server\nauthorization: Bearer of-the-server"
    )
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-server")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "admin-of-the-server")
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.headers.raw))
        return httpx2.Response(200, json=ANSWER)

    connect("http://server.invalid/v1", "", httpx2.MockTransport(answer)).send(BODY).exchange
    call(answer).exchange

    assert len(seen) == 2
    assert "of-the-server" not in "".join(seen)
    assert b"authorization" not in seen[0].lower().encode()


def test_a_redirect_is_not_followed() -> None:
    exchange = call(lambda request: httpx2.Response(302, headers={"location": "http://elsewhere.invalid/"})).exchange

    assert exchange.status == 302
    assert exchange.error is not None


def test_a_stream_is_recorded_event_by_event_and_folded() -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 2}
    pieces = [delta("안"), delta("녕"), delta("", "stop"), event(choices=[], usage=usage), DONE]

    running = call(streaming(*pieces), STREAM)
    texts = list(running.texts())

    assert texts == ["안", "녕"]
    assert [each.data for each in running.exchange.events][-1] == "[DONE]"
    assert len(running.exchange.events) == 5
    assert running.exchange.message == {"content": "안녕"}
    assert running.exchange.outcome == "complete"
    assert running.exchange.first_token_ms is not None
    assert running.exchange.response_body == b"".join(pieces)


def test_a_snapshot_shows_what_came_so_far() -> None:
    running = call(streaming(delta("One"), delta("Two"), DONE), STREAM)

    first = next(iter(running.texts()))

    assert first == "One"
    assert running.snapshot().outcome in ("running", "closed")


def test_leaving_a_stream_early_closes_it_and_keeps_what_came() -> None:
    body = Body(delta("One"), delta("Two"), delta("", "stop"), DONE)
    headers = {"content-type": "text/event-stream"}
    ended: list[Exchange] = []
    running = call(lambda request: httpx2.Response(200, headers=headers, stream=body), STREAM, on_exchange=ended.append)

    for _ in running:
        break
    running.close()

    assert body.closed
    assert running.exchange.outcome == "closed"
    assert running.exchange.error is None
    assert not running.exchange.ok
    assert running.exchange.message == {"content": "One"}
    assert ended == [running.exchange]


@pytest.mark.parametrize(
    ("pieces", "kind", "outcome"),
    [
        ([delta("One"), httpx2.ReadError("reset")], "connection", "broken"),
        ([delta("One"), httpx2.ReadTimeout("slow")], "timeout", "broken"),
        ([delta("One")], "cut_short", "complete"),
        ([delta("One"), DONE], "cut_short", "complete"),
        ([delta("One"), b"data: {broken\n\n", DONE], "broken_chunk", "broken"),
        ([delta("One"), event(error={"message": "Overloaded", "code": "x"}), DONE], "stream_error", "broken"),
    ],
)
def test_a_stream_that_breaks_keeps_its_beginning_and_says_how_it_broke(
    pieces: list[bytes | Exception], kind: str, outcome: str
) -> None:
    running = call(streaming(*pieces), STREAM)

    texts = list(running.texts())

    assert texts == ["One"]
    assert running.exchange.error is not None
    assert running.exchange.error.kind == kind
    assert running.exchange.outcome == outcome
    assert running.exchange.message == {"content": "One"}
    assert not running.exchange.ok


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (200, b"<html><title>Log in to the Wi-Fi</title></html>", "not_json"),
        (200, b"", "not_json"),
        (503, b"<html>Bad gateway</html>", "status"),
        (
            429,
            b'{"error": {"message": "No credit", "type": "insufficient_quota", "code": "insufficient_quota"}}',
            "status",
        ),
    ],
)
@pytest.mark.parametrize("body", [BODY, STREAM])
def test_what_is_no_answer_is_an_error_with_a_remedy(
    status: int, content: bytes, kind: str, body: dict[str, Any]
) -> None:
    headers = {"content-type": "text/html" if content.startswith(b"<") else "application/json"}

    exchange = call(lambda request: httpx2.Response(status, content=content, headers=headers), body).exchange

    assert exchange.error is not None
    assert exchange.error.kind == kind
    assert exchange.error.remedy
    assert exchange.response_body == content


def test_no_credit_is_told_from_too_fast() -> None:
    def answer(code: str) -> Callable[[httpx2.Request], httpx2.Response]:
        error = {"message": "m", "type": code, "code": code, "param": None}
        return lambda request: httpx2.Response(429, json={"error": error})

    billing, rate = (call(answer(code)).exchange.error for code in ("insufficient_quota", "rate_limit_exceeded"))

    assert billing is not None and rate is not None
    assert billing.remedy != rate.remedy


def test_a_refused_connection_is_an_exchange_without_a_response() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("[Errno 111] Connection refused")

    exchange = call(refuse).exchange

    assert exchange.outcome == "failed"
    assert exchange.status is None
    assert exchange.error is not None
    assert exchange.error.kind == "connection"


def test_each_retry_is_an_exchange_of_its_own() -> None:
    answers = iter([httpx2.Response(500, headers={"retry-after-ms": "1"}), httpx2.Response(200, json=ANSWER)])
    exchanges: list[Exchange] = []

    running = call(lambda request: next(answers), on_exchange=exchanges.append, max_retries=1)

    assert [(each.attempt, each.status) for each in exchanges] == [(1, 500), (2, 200)]
    assert running.exchange is exchanges[-1]


def test_more_headers_are_asked_for_before_each_attempt_and_recorded() -> None:
    asked = iter([{"x-sim-fault": "500"}, {}])
    exchanges: list[Exchange] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(500 if "x-sim-fault" in request.headers else 200, json=ANSWER)

    call(answer, on_exchange=exchanges.append, max_retries=1, more_headers=lambda: next(asked))

    assert [header(each.request_headers, "x-sim-fault") for each in exchanges] == ["500", ""]


def test_a_compressed_answer_is_shown_decoded_and_counted_as_it_came() -> None:
    content = json.dumps(ANSWER).encode()
    packed = gzip.compress(content)
    headers = {"content-encoding": "gzip", "content-type": "application/json"}

    exchange = call(lambda request: httpx2.Response(200, headers=headers, stream=Body(packed))).exchange

    assert exchange.response_body == content
    assert exchange.wire_bytes == len(packed)
    assert ("accept-encoding", "identity") in exchange.request_headers


def test_an_endless_answer_is_cut_and_says_so() -> None:
    exchange = call(streaming(*[b": keep-alive\n" * 100_000] * 20), STREAM).exchange

    assert exchange.outcome == "broken"
    assert exchange.error is not None
    assert "10,000,000" in exchange.error.message
    assert len(exchange.response_body) < BODY_LIMIT + 2_000_000


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_a_compressed_stream_is_read_chunk_by_chunk(encoding: str) -> None:
    pack = zlib.compressobj(wbits=zlib.MAX_WBITS if encoding == "deflate" else zlib.MAX_WBITS | 16)
    frames = [delta("안"), delta("녕"), delta("", "stop"), DONE]
    packed = [pack.compress(frame) + pack.flush(zlib.Z_SYNC_FLUSH) for frame in frames]
    headers = {"content-type": "text/event-stream", "content-encoding": encoding}

    running = call(lambda request: httpx2.Response(200, headers=headers, stream=Body(*packed)), STREAM)

    assert list(running.texts()) == ["안", "녕"]
    assert running.exchange.ok
    assert running.exchange.response_body == b"".join(frames)
    assert running.exchange.wire_bytes == sum(map(len, packed))


def bombs() -> dict[str, tuple[str, bytes]]:
    once = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    return {"gzip": ("gzip", once), "gzip twice": ("gzip, gzip", gzip.compress(once))}


@pytest.mark.parametrize("name", ["gzip", "gzip twice"])
def test_a_compressed_bomb_is_not_unpacked_and_said_so(name: str) -> None:
    encoding, packed = bombs()[name]
    headers = {"content-encoding": encoding, "content-type": "application/json"}

    tracemalloc.start()
    exchange = call(lambda request: httpx2.Response(200, headers=headers, stream=Body(packed))).exchange
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert exchange.outcome == "broken"
    assert exchange.error is not None
    assert exchange.error.kind == "not_json"
    assert ("10,000,000" if name == "gzip" else "gzip, gzip") in exchange.error.message
    assert most < 6 * BODY_LIMIT


def test_what_only_says_that_it_is_compressed_is_an_error_with_a_remedy() -> None:
    headers = {"content-encoding": "gzip", "content-type": "application/json"}

    exchange = call(lambda request: httpx2.Response(200, headers=headers, stream=Body(b'{"choices": []}'))).exchange

    assert exchange.outcome == "broken"
    assert exchange.error is not None
    assert "compressed as gzip, and is not" in exchange.error.message


def test_a_stream_of_nothing_but_events_is_cut_and_says_so() -> None:
    exchange = call(streaming(*[b"data:{}\n\n" * 1_000] * 200), STREAM).exchange

    assert exchange.error is not None
    assert "100,000 events" in exchange.error.message
    assert len(exchange.events) <= EVENT_LIMIT + 1_000


@pytest.mark.parametrize("sign", ["\n", "\r", "\0"])
def test_a_key_that_can_not_be_sent_is_told_and_not_quoted(sign: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        exchange = connect(f"http://127.0.0.1:{port}/v1", f"{KEY}{sign}x", timeout=5).send(BODY).exchange

    assert exchange.outcome == "failed"
    assert KEY not in repr(exchange)
    assert exchange.error is not None
    assert exchange.error.remedy == UNSENDABLE


def test_a_port_that_nobody_listens_at_is_a_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    exchange = connect(f"http://127.0.0.1:{port}/v1", KEY, timeout=5).send(BODY).exchange

    assert (exchange.outcome, exchange.status) == ("failed", None)
    assert exchange.error is not None
    assert exchange.error.remedy == KIND_REMEDIES["connection"]


def test_the_older_endpoint_streams_its_text() -> None:
    choices = [{"index": 0, "text": "a", "finish_reason": None}, {"index": 0, "text": "b", "finish_reason": "stop"}]
    pieces = [event(choices=[choice]) for choice in choices]

    running = call(streaming(*pieces, DONE), STREAM)

    assert list(running.texts()) == ["a", "b"]
    assert running.exchange.ok
    assert running.exchange.first_token_ms is not None
    assert running.exchange.choices == [{"index": 0, "text": "ab", "finish_reason": "stop"}]


def test_the_sdk_prints_nulls_that_were_not_on_the_wire() -> None:
    exchange = call(lambda request: httpx2.Response(200, json=ANSWER)).exchange

    printed = json.loads(as_python_prints(exchange))

    assert printed["choices"][0]["message"]["content"] == "안녕!"
    assert printed["service_tier"] is None
    assert "service_tier" not in exchange.response


@pytest.mark.parametrize("odd", [{"_fields_set": 1}, {"choices": "none"}, {"id": "\ud83d"}, {"usage": []}])
def test_whatever_a_server_sends_can_be_printed(odd: dict[str, Any]) -> None:
    content = json.dumps(ANSWER | odd).encode()

    exchange = call(lambda request: httpx2.Response(200, content=content)).exchange

    assert as_python_prints(exchange).startswith("{")


def test_a_body_that_is_no_json_is_a_failure_before_anything_left() -> None:
    exchange = call(lambda request: httpx2.Response(200, json=ANSWER), BODY | {"n": object()}).exchange

    assert exchange.outcome == "failed"
    assert exchange.error is not None


def test_the_list_of_models_is_an_exchange_too() -> None:
    client = connect(
        "http://server.invalid/v1", KEY, httpx2.MockTransport(lambda r: httpx2.Response(200, json={"data": []}))
    )

    exchange = client.list_models().exchange

    assert (exchange.method, exchange.url) == ("GET", "http://server.invalid/v1/models")
    assert exchange.ok
