"""RecordingTransport: records every HTTP attempt that passes. It keeps no secret and changes one thing on the way.

A compressed body is handed on decoded, so that only one place has to know how much may come out of it.

It stores the chunks of a body with their times and cuts them into events only when somebody looks.
"""

import dataclasses
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx2

from playground.diagnosis import Unreadable, diagnose, wire_error
from playground.exchange import ApiError, Event, Exchange, Outcome, header
from playground.stream import DONE, EventSplitter, parse_object

BODY_LIMIT = 10_000_000
"""Bytes of a decoded response body; a longer one is cut off, and the exchange says so."""

EVENT_LIMIT = 100_000
"""Events of a stream; a body of nothing but tiny events would take a hundred times its size."""

SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "api-key", "x-api-key", "cookie", "set-cookie"})
"""Headers that no record ever holds."""

SHORTEST_SECRET, LONGEST_WORD = 8, 16
"""Characters: a shorter key, or one of letters alone that is shorter than the second, is not looked for in bodies."""

Headers = tuple[tuple[str, str], ...]


class Recording:
    """An attempt that is still running; it becomes an Exchange. Times are milliseconds since the request left."""

    def __init__(self, request: httpx2.Request) -> None:
        self._secret = _bearer(request)
        self._left = time.perf_counter()
        self._began = Exchange(
            id=uuid.uuid4().hex[:12],
            started=datetime.now(UTC),
            method=request.method,
            url=str(request.url.copy_with(username=None, password=None, query=None)),
            request_headers=_without_secrets(request.headers),
            request_body=request.content,
            attempt=int(request.headers.get("x-stainless-retry-count", "0")) + 1,
            outcome="running",
        )
        self._status: int | None = None
        self._headers: Headers = ()
        self._decode: Callable[[bytes], bytes] = bytes
        self._chunks: list[tuple[float, bytes]] = []
        self._decoded_bytes = 0
        self._data_lines = 0
        self._wire_bytes = 0
        self._splitter = EventSplitter()
        self._split = 0
        self._events: list[Event] = []
        self._ended: Exchange | None = None

    def answered(self, response: httpx2.Response) -> None:
        """Take the response's head."""
        self._status = response.status_code
        self._headers = tuple((name, self._clean(value)) for name, value in _without_secrets(response.headers))
        self._decode = _decoder(header(self._headers, "content-encoding"))

    def add(self, chunk: bytes) -> bytes:
        """Take the next bytes of the body as they came, and answer them decoded.

        Raises:
            Unreadable: the body is longer than BODY_LIMIT, has more than EVENT_LIMIT events, or can't be decoded.
        """
        self._wire_bytes += len(chunk)
        decoded = self._decode(chunk)
        self._decoded_bytes += len(decoded)
        # At least one such line begins each event.
        self._data_lines += decoded.count(b"data:")
        self._chunks.append((self._now(), decoded))
        if self._decoded_bytes > BODY_LIMIT:
            raise Unreadable(f"The response is longer than {BODY_LIMIT:,} bytes and was cut off there.")
        if self._data_lines > EVENT_LIMIT:
            raise Unreadable(f"The response has more than {EVENT_LIMIT:,} events and was cut off there.")
        return decoded

    def snapshot(self) -> Exchange:
        """The exchange so far; the final one once it has ended."""
        return self._ended or self._exchange("running", None)

    def end(self, outcome: Outcome | None = None, error: ApiError | None = None) -> Exchange:
        """Close the record. No outcome: the reader left; complete if the stream had said `[DONE]`, else closed."""
        if self._ended is None:
            self._cut_events()
            if outcome is None:
                outcome = "complete" if any(event.data == DONE for event in self._events) else "closed"
            if error:
                # The library below may quote a header that it could not send.
                error = dataclasses.replace(error, message=self._clean(error.message))
            self._ended = diagnose(self._exchange(outcome, error))
            self._chunks, self._events = [], []
        return self._ended

    def _exchange(self, outcome: Outcome, error: ApiError | None) -> Exchange:
        self._cut_events()
        body = b"".join(chunk for _, chunk in self._chunks)
        if self._secret:
            # A careless server may say the key back in an error message.
            body = body.replace(self._secret, b"[key]")
        began = self._began
        return Exchange(
            id=began.id,
            started=began.started,
            method=began.method,
            url=began.url,
            request_headers=began.request_headers,
            request_body=began.request_body,
            attempt=began.attempt,
            status=self._status,
            response_headers=self._headers,
            response_body=body,
            wire_bytes=self._wire_bytes,
            events=tuple(self._events),
            duration_ms=self._now(),
            first_token_ms=next((event.at_ms for event in self._events if _says_something(event)), None),
            outcome=outcome,
            error=error,
        )

    def _cut_events(self) -> None:
        if not header(self._headers, "content-type").startswith("text/event-stream"):
            return
        for at_ms, chunk in self._chunks[self._split :]:
            self._events += [Event(at_ms, self._clean(data)) for data in self._splitter.feed(chunk)]
        self._split = len(self._chunks)

    def _clean(self, data: str) -> str:
        return data.replace(self._secret.decode("latin-1"), "[key]") if self._secret else data

    def _now(self) -> float:
        return (time.perf_counter() - self._left) * 1000


class RecordingTransport(httpx2.BaseTransport):
    """Wraps any transport; each attempt becomes an Exchange that is handed over once, when it has ended."""

    def __init__(
        self,
        inner: httpx2.BaseTransport,
        on_exchange: Callable[[Exchange], None],
        on_start: Callable[[Recording], None] = lambda recording: None,
    ) -> None:
        self._inner = inner
        self._on_exchange = on_exchange
        self._on_start = on_start

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Pass the request on and record it."""
        request.read()
        recording = Recording(request)
        self._on_start(recording)
        try:
            response = self._inner.handle_request(request)
        except httpx2.TransportError as error:
            self._on_exchange(recording.end("failed", wire_error(error)))
            raise
        recording.answered(response)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        # What describes the compressed body is not true of the decoded one.
        dropped = {"content-encoding", "content-length"} if "content-encoding" in response.headers else set()
        return httpx2.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.multi_items() if name not in dropped],
            stream=_RecordedStream(response.stream, recording, self._on_exchange),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close the wrapped transport."""
        self._inner.close()


class _RecordedStream(httpx2.SyncByteStream):
    def __init__(
        self, inner: httpx2.SyncByteStream, recording: Recording, on_exchange: Callable[[Exchange], None]
    ) -> None:
        self._inner = inner
        self._recording = recording
        self._on_exchange = on_exchange
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._inner:
                yield self._recording.add(chunk)
        except httpx2.TransportError as error:
            self._end("broken", wire_error(error))
            raise
        self._end("complete", None)

    def close(self) -> None:
        self._end(None, None)
        self._inner.close()

    def _end(self, outcome: Outcome | None, error: ApiError | None) -> None:
        if self._open:
            self._open = False
            self._on_exchange(self._recording.end(outcome, error))


def _without_secrets(headers: httpx2.Headers) -> Headers:
    pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)
    return tuple((name, value) for name, value in pairs if name.lower() not in SECRET_HEADERS)


def _bearer(request: httpx2.Request) -> bytes:
    secret = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    # What may be a word, as "simulator" is, is no secret; removing it would riddle the body with holes.
    word = len(secret) < SHORTEST_SECRET or (secret.isalpha() and len(secret) < LONGEST_WORD)
    return b"" if word else secret.encode("latin-1", "replace")


def _decoder(encoding: str) -> Callable[[bytes], bytes]:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return bytes
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return lambda chunk: _undecodable(f"The response is compressed as {encoding[:40]!r}, which was not asked for.")
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def decode(chunk: bytes) -> bytes:
        try:
            return decompressor.decompress(chunk, BODY_LIMIT + 1)
        except zlib.error as error:
            return _undecodable(f"The response says it is compressed as {encoding}, and is not: {error}.")

    return decode


def _undecodable(message: str) -> bytes:
    raise Unreadable(message)


def _says_something(event: Event) -> bool:
    choices = parse_object(event.data).get("choices")
    for choice in choices if isinstance(choices, list) else []:
        delta = choice.get("delta") if isinstance(choice, dict) else None
        if isinstance(delta, dict) and any(value for key, value in delta.items() if key != "role"):
            return True
        if isinstance(choice, dict) and choice.get("text"):
            return True
    return False
