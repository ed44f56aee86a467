"""The way out: connect() opens a client that sends bodies through OpenAI's SDK. The only file that imports openai.

>>> from playground.messages import user
>>> client = connect("http://simulator.invalid/v1", "any key", transport=_example_transport())
>>> client.send({"model": "gpt-4", "messages": [user("Hi")]}).exchange.message
{'role': 'assistant', 'content': 'Hello!'}
"""

import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import httpx2
import openai
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from playground.diagnosis import unsent
from playground.exchange import Exchange
from playground.messages import Body
from playground.recorder import Recording, RecordingTransport
from playground.stream import parse_events, sound_text


def connect(
    base_url: str,
    key: str,
    transport: httpx2.BaseTransport | None = None,
    on_exchange: Callable[[Exchange], None] = lambda exchange: None,
    timeout: float = 60.0,
    max_retries: int = 0,
    more_headers: Callable[[], Mapping[str, str]] = dict,
) -> "Client":
    """Open a client of one base URL; every HTTP attempt is handed to on_exchange when it has ended.

    An empty key sends no Authorization header. Nothing of the environment reaches the server: no organization, no
    project, no custom header, no proxy. Redirects are not followed. timeout: seconds without a byte. more_headers is
    asked before each attempt.
    """
    recorder = RecordingTransport(
        transport or httpx2.HTTPTransport(trust_env=False, verify=_trusted()),
        on_exchange=lambda exchange: client._ended(exchange),
        on_start=lambda recording: client._started(recording),
    )
    http = openai.DefaultHttpx2Client(transport=recorder, trust_env=False, follow_redirects=False)
    http.event_hooks = {"request": [lambda request: request.headers.update(more_headers())]}
    sdk = openai.OpenAI(
        # The SDK wants some key; without one the header is left out below.
        api_key=key or "no key",
        admin_api_key="",
        base_url=base_url,
        timeout=httpx2.Timeout(timeout, connect=min(timeout, 10.0)),
        max_retries=max_retries,
        default_headers=_headers(),
        http_client=http,
    )
    client = Client(sdk, key, on_exchange)
    return client


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    # Reading all certificates takes 37 ms, more than everything else before a call leaves (measured 2026-11-23).
    return httpx2.create_ssl_context(trust_env=False)


def _headers() -> dict[str, Any]:
    # The SDK would add these from the environment of the server, whatever the base URL.
    lines = os.environ.get("OPENAI_CUSTOM_HEADERS", "").splitlines()
    names = [
        "OpenAI-Organization",
        "OpenAI-Project",
        *(line.partition(":")[0].strip() for line in lines if ":" in line),
    ]
    headers: dict[str, Any] = {name: openai.Omit() for name in names}
    # So that the bytes shown are the bytes sent.
    return headers | {"Accept-Encoding": "identity"}


class Client:
    """Sends bodies to one base URL. What the API refuses or breaks is in the exchange, never an exception."""

    def __init__(self, sdk: openai.OpenAI, key: str, on_exchange: Callable[[Exchange], None]) -> None:
        self._sdk = sdk
        # Said with each request, for an Authorization among the environment's custom headers would win otherwise.
        authorization: Any = f"Bearer {key}" if key else openai.Omit()
        self._options: openai.RequestOptions = {"headers": {"Authorization": authorization}}
        self._on_exchange = on_exchange
        self._recording: Recording | None = None

    def send(self, body: Body, endpoint: str = "chat/completions") -> "Call":
        """Send a body as it is and answer the running call; iterate it to read a stream."""
        return self._run(
            endpoint,
            lambda: self._sdk.post(
                f"/{endpoint}",
                body=body,
                options=self._options,
                cast_to=object,
                stream=bool(body.get("stream")),
                stream_cls=openai.Stream[object],
            ),
        )

    def list_models(self) -> "Call":
        """Ask which models there are: GET /models."""
        return self._run("models", lambda: self._sdk.get("/models", options=self._options, cast_to=object))

    def _run(self, endpoint: str, send: Callable[[], object]) -> "Call":
        self._recording = None
        answer: object = None
        try:
            answer = send()
        except Exception as error:  # noqa: BLE001
            # A door where foreign things happen: whatever broke is in the record.
            if self._recording is None:
                return Call(None, None, _unsent(error, f"{self._sdk.base_url}{endpoint}"))
        return Call(answer if isinstance(answer, openai.Stream) else None, self._recording)

    def _started(self, recording: Recording) -> None:
        self._recording = recording

    def _ended(self, exchange: Exchange) -> None:
        self._on_exchange(exchange)


class Call:
    """A call that runs: iterating it yields the chunks as they arrive; .exchange is the record of its last attempt."""

    def __init__(
        self, stream: openai.Stream[object] | None, recording: Recording | None, failed: Exchange | None = None
    ) -> None:
        self._stream = stream
        self._recording = recording
        self._failed = failed

    def __iter__(self) -> Iterator[dict[str, Any]]:
        if self._stream is None:
            return
        try:
            for chunk in self._stream:
                if isinstance(chunk, dict):
                    yield chunk
        except Exception:  # noqa: BLE001
            # A door where foreign things happen: whatever broke is in the record.
            return
        finally:
            self.close()

    def texts(self) -> Iterator[str]:
        """The pieces of the first choice's content as they arrive; of its text, at the older endpoint."""
        for chunk in self:
            choices = chunk.get("choices")
            for choice in choices if isinstance(choices, list) else []:
                if not isinstance(choice, dict) or choice.get("index"):
                    continue
                delta = choice.get("delta")
                piece = delta.get("content") if isinstance(delta, dict) else choice.get("text")
                if isinstance(piece, str) and piece:
                    yield sound_text(piece)

    @property
    def exchange(self) -> Exchange:
        """The record; a stream that was not read yet is read to its end first."""
        for _ in self:
            pass
        self.close()
        return self.snapshot()

    def snapshot(self) -> Exchange:
        """The record so far."""
        if self._recording is None:
            assert self._failed is not None
            return self._failed
        return self._recording.snapshot()

    def close(self) -> None:
        """Leave the stream; the connection is closed at once."""
        if self._stream is not None:
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _unsent(error: Exception, url: str) -> Exchange:
    """Record a call that the SDK refused before anything left."""
    return Exchange("unsent", datetime.now(UTC), "POST", url, (), b"", outcome="failed", error=unsent(str(error)))


def as_python_prints(exchange: Exchange) -> str:
    """What `print(response.model_dump_json(indent=2))` shows; for a stream, each chunk in one line.

    Not the wire: the SDK orders the keys its own way and fills in null for every field that the server left out.
    """
    if exchange.streamed:
        chunks = parse_events(event.data for event in exchange.events)
        return "\n".join(
            ChatCompletionChunk.construct(**_fields(chunk)).model_dump_json(warnings=False) for chunk in chunks
        )
    return ChatCompletion.construct(**_fields(exchange.response)).model_dump_json(indent=2, warnings=False)


def _fields(answer: dict[str, Any]) -> dict[str, Any]:
    """Without names that only a hostile server would send: the SDK takes them for arguments of its own."""
    return {name: value for name, value in answer.items() if not name.startswith("_")}


def _example_transport() -> httpx2.BaseTransport:
    message = {"role": "assistant", "content": "Hello!"}
    body = {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    return httpx2.MockTransport(lambda request: httpx2.Response(200, json=body))
