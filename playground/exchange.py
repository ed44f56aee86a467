"""Exchange: the immutable record of one HTTP request and what came back. It records nothing itself; recorder.py does.

Everything is what went over the wire. Bodies are bytes, exactly as sent and as received (after removal of a
compression, if there was one); the secrets of a request were dropped where the record was made.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from playground.stream import fold, parse_events, parse_object

Outcome = Literal["running", "complete", "closed", "broken", "failed"]
"""running: not over yet. complete: `[DONE]` seen or body exhausted. closed: the reader left early.
broken: the body ended by an error. failed: no response at all."""

ErrorKind = Literal["status", "connection", "timeout", "not_json", "broken_chunk", "stream_error", "cut_short"]


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event."""

    at_ms: float
    """Milliseconds since the request left."""
    data: str
    """The payload as it came: JSON text, or `[DONE]`."""


@dataclass(frozen=True)
class Usage:
    """The tokens that the API says it counted."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    reasoning_tokens: int = 0

    @property
    def total(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class ApiError:
    """Why a call gave no answer, in the API's own words where it said any."""

    kind: ErrorKind
    """Where it failed."""
    message: str
    remedy: str
    """One sentence that says what to do; a source string for translation, `{model}` in it stands for `instead`."""
    type: str | None = None
    code: str | None = None
    param: str | None = None
    instead: str | None = None
    """A model to use instead, where that is what to do."""


@dataclass(frozen=True)
class Exchange:
    """One HTTP attempt. A failed call is an exchange too: status, body and error are there to learn from."""

    id: str
    started: datetime
    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int | None = None
    response_headers: tuple[tuple[str, str], ...] = ()
    response_body: bytes = b""
    wire_bytes: int = 0
    """Bytes of the response body as they came, before removal of a compression."""
    events: tuple[Event, ...] = ()
    duration_ms: float = 0.0
    first_token_ms: float | None = None
    """Until the first event that carries content or a call; None when none came."""
    attempt: int = 1
    outcome: Outcome = "complete"
    error: ApiError | None = field(default=None)

    @cached_property
    def request(self) -> dict[str, Any]:
        """The request body, parsed; empty for a request without a JSON body."""
        return parse_object(self.request_body)

    @cached_property
    def response(self) -> dict[str, Any]:
        """The response body, parsed; a stream's events are folded into one completion. Empty when it is no JSON."""
        if self.streamed:
            return fold(parse_events(event.data for event in self.events))
        return parse_object(self.response_body)

    @property
    def streamed(self) -> bool:
        """Whether the response came as server-sent events."""
        return header(self.response_headers, "content-type").startswith("text/event-stream")

    @property
    def ok(self) -> bool:
        """Whether it was answered in full."""
        return self.error is None and self.outcome == "complete" and self.status is not None and self.status < 400

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The choices of the response; empty when there are none."""
        choices = self.response.get("choices")
        return [choice for choice in choices if isinstance(choice, dict)] if isinstance(choices, list) else []

    @property
    def message(self) -> dict[str, Any] | None:
        """The message of the first choice, as it came."""
        message = self.choices[0].get("message") if self.choices else None
        return message if isinstance(message, dict) else None

    @property
    def finish_reason(self) -> str | None:
        """Why the first choice ended; None when it did not end by itself."""
        return self.choices[0].get("finish_reason") if self.choices else None

    @property
    def tool_calls(self) -> list[dict[str, Any]]:
        """The tool calls of the first choice, as they came."""
        calls = (self.message or {}).get("tool_calls")
        return [call for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []

    @property
    def usage(self) -> Usage | None:
        """What the API counted; None when it did not say, as for a stream without stream_options or one cut short."""
        usage = self.response.get("usage")
        if not isinstance(usage, dict) or not isinstance(usage.get("prompt_tokens"), int):
            return None
        return Usage(
            usage["prompt_tokens"],
            _count(usage, "completion_tokens"),
            _count(usage.get("prompt_tokens_details"), "cached_tokens"),
            _count(usage.get("completion_tokens_details"), "reasoning_tokens"),
        )

    @property
    def request_id(self) -> str | None:
        """The server's own name for this request, to quote in a bug report."""
        return header(self.response_headers, "x-request-id") or None

    @property
    def simulated(self) -> bool:
        """Whether a simulator answered; it says so in a header of its own."""
        return header(self.response_headers, "x-simulator") != ""

    @property
    def size(self) -> int:
        """Bytes that this record keeps: bodies, headers and events."""
        texts = [text for pair in (*self.request_headers, *self.response_headers) for text in pair]
        texts += [event.data for event in self.events]
        return len(self.request_body) + len(self.response_body) + sum(map(len, texts))


def header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """The value of a header, whatever its case; empty when it is not there.

    >>> header((("Content-Type", "application/json"),), "content-type")
    'application/json'
    """
    return next((value for key, value in headers if key.lower() == name.lower()), "")


def _count(counts: object, name: str) -> int:
    value = counts.get(name) if isinstance(counts, dict) else None
    return value if isinstance(value, int) else 0
