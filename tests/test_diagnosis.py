"""From a record to one sentence on what to do."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from playground.diagnosis import KIND_REMEDIES, REMEDIES, STATUS_REMEDIES, diagnose, wire_error
from playground.exchange import Event, Exchange

JSON = (("content-type", "application/json"),)
SSE = (("content-type", "text/event-stream"),)
FINISHED = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}'
UNFINISHED = '{"choices":[{"index":0,"delta":{"content":"Hi"}}]}'


def exchange(**changes: Any) -> Exchange:
    values: dict[str, Any] = {
        "id": "x",
        "started": datetime(2026, 11, 23, tzinfo=UTC),
        "method": "POST",
        "url": "http://server.invalid/v1/chat/completions",
        "request_headers": (),
        "request_body": b"{}",
        "status": 200,
        "response_headers": JSON,
    }
    return Exchange(**values | changes)


def events(*data: str) -> tuple[Event, ...]:
    return tuple(Event(float(place), text) for place, text in enumerate(data))


def test_a_whole_answer_has_no_error() -> None:
    assert diagnose(exchange(response_body=b'{"choices": []}')).error is None
    assert diagnose(exchange(response_headers=SSE, events=events(FINISHED, "[DONE]"))).error is None


@pytest.mark.parametrize("code", sorted(REMEDIES))
def test_a_code_of_the_api_has_its_own_remedy(code: str) -> None:
    body = b'{"error": {"message": "m", "type": "t", "code": "%s", "param": "p"}}' % code.encode()

    error = diagnose(exchange(status=400, response_body=body)).error

    assert error is not None
    assert (error.kind, error.message, error.type, error.code, error.param) == ("status", "m", "t", code, "p")
    assert error.remedy == REMEDIES[code]


@pytest.mark.parametrize("status", [*sorted(STATUS_REMEDIES), 418, 302])
@pytest.mark.parametrize(
    "body", [b"", b"<html><b>Gone</b></html>", b'{"error": "text"}', b'{"error": {"message": null}}']
)
def test_any_status_has_a_remedy_whatever_the_body(status: int, body: bytes) -> None:
    error = diagnose(exchange(status=status, response_body=body)).error

    assert error is not None
    assert error.message
    assert error.remedy


def test_markup_is_left_out_of_the_message() -> None:
    error = diagnose(exchange(status=503, response_body=b"<html><h1>Bad  gateway</h1></html>")).error

    assert error is not None
    assert error.message == "HTTP 503: Bad gateway"


@pytest.mark.parametrize(
    ("data", "outcome", "kind"),
    [
        (events(UNFINISHED, "[DONE]"), "complete", "cut_short"),
        (events(), "complete", "cut_short"),
        (events(UNFINISHED, "{"), "closed", "broken_chunk"),
        (events(UNFINISHED, '{"error": {"message": "m"}}'), "closed", "stream_error"),
    ],
)
def test_a_stream_that_did_not_end_well_is_told_how(data: tuple[Event, ...], outcome: str, kind: str) -> None:
    error = diagnose(exchange(response_headers=SSE, events=data, outcome=outcome)).error

    assert error is not None
    assert error.kind == kind


def test_leaving_a_stream_is_no_error() -> None:
    assert diagnose(exchange(response_headers=SSE, events=events(UNFINISHED), outcome="closed")).error is None


def test_a_failure_below_http_is_slow_or_broken() -> None:
    assert wire_error(httpx2.ReadTimeout("")).kind == "timeout"
    assert wire_error(httpx2.ConnectError("refused")).kind == "connection"
    assert wire_error(httpx2.ReadTimeout("")).message == "ReadTimeout"


def test_every_remedy_is_one_or_two_sentences() -> None:
    for remedy in [*REMEDIES.values(), *STATUS_REMEDIES.values(), *KIND_REMEDIES.values()]:
        assert remedy.endswith(".")
        assert remedy.count(". ") <= 1
