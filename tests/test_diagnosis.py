"""From a record to one sentence on what to do."""

from datetime import UTC, datetime

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import models
from playground.diagnosis import (
    BROKE_OFF,
    KIND_REMEDIES,
    NOTICES,
    REMEDIES,
    RETIRED,
    STATUS_REMEDIES,
    UNREADABLE,
    UNSENDABLE,
    Unreadable,
    diagnose,
    notice,
    wire_error,
)
from playground.exchange import Event
from tests.exchanges import exchange

SSE = (("content-type", "text/event-stream"),)
FINISHED = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}'
UNFINISHED = '{"choices":[{"index":0,"delta":{"content":"Hi"}}]}'


def events(*data: str) -> tuple[Event, ...]:
    return tuple(Event(float(place), text) for place, text in enumerate(data))


def test_a_whole_answer_has_no_error() -> None:
    assert diagnose(exchange(response_body=b'{"choices": []}')).error is None
    assert diagnose(exchange(response_headers=SSE, events=events(FINISHED, "[DONE]"))).error is None


def test_an_answer_that_was_only_thought_says_so() -> None:
    body = (
        b'{"choices": [{"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "length"}], '
        b'"usage": {"prompt_tokens": 9, "completion_tokens": 16, '
        b'"completion_tokens_details": {"reasoning_tokens": %d}}}'
    )

    assert notice(exchange(response_body=body % 16)) == NOTICES["thought"]
    assert notice(exchange(response_body=body % 0)) == NOTICES["length"]


@pytest.mark.parametrize(
    "said", [b'"tool_calls": [{"function": {"name": "f", "arguments": "{"}}]', b'"function_call": {"arguments": "{"}']
)
def test_a_call_cut_off_by_the_limit_was_not_only_thought(said: bytes) -> None:
    body = (
        b'{"choices": [{"finish_reason": "length", "message": {"content": null, %s}}],'
        b'"usage": {"prompt_tokens": 1, "completion_tokens": 40,'
        b'"completion_tokens_details": {"reasoning_tokens": 32}}}' % said
    )

    assert notice(exchange(response_body=body)) == NOTICES["length"]


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


@given(st.lists(st.sampled_from([FINISHED, UNFINISHED, "[DONE]", "{", "[1]", "1],[2", '{"a":1},{"b":2}', "", "null"])))
def test_a_broken_chunk_is_found_wherever_it_stands(data: list[str]) -> None:
    error = diagnose(exchange(response_headers=SSE, events=events(*data))).error

    broken = next((text for text in data if text not in (FINISHED, UNFINISHED, "[DONE]")), None)
    assert (error.message if error and error.kind == "broken_chunk" else None) == broken


@pytest.mark.parametrize(
    ("others", "kind"), [([], None), ([UNFINISHED.replace('"index":0', '"index":1')], "cut_short")]
)
def test_every_choice_has_to_end(others: list[str], kind: str | None) -> None:
    error = diagnose(exchange(response_headers=SSE, events=events(FINISHED, *others, "[DONE]"))).error

    assert (error and error.kind) == kind


def test_an_error_s_fields_without_their_frame_are_an_error_too() -> None:
    error = diagnose(exchange(response_headers=SSE, events=events('{"message": "Overloaded", "code": "x"}'))).error

    assert error is not None
    assert (error.kind, error.message, error.code) == ("stream_error", "Overloaded", "x")


@pytest.mark.parametrize(
    ("model", "instead"), [("gpt-4", models.DEFAULT), ("gpt-4-0613", models.DEFAULT), ("gpt-4x", None)]
)
def test_a_model_that_is_shut_down_is_told_from_one_that_never_was(model: str, instead: str | None) -> None:
    said = b'{"error": {"message": "m", "type": "invalid_request_error", "code": "model_not_found", "param": null}}'

    error = diagnose(exchange(status=404, response_body=said, request_body=b'{"model": "%s"}' % model.encode())).error

    assert error is not None
    assert error.instead == instead
    assert ("{model}" in error.remedy) == bool(instead)


def test_a_model_that_still_answers_is_not_called_retired() -> None:
    before = datetime(2026, 10, 1, tzinfo=UTC)
    record = exchange(status=404, response_body=b'{"error": {}}', request_body=b'{"model": "gpt-4"}', started=before)

    error = diagnose(record).error

    assert error is not None
    assert error.instead is None


def test_what_broke_off_is_told_from_what_never_began() -> None:
    assert wire_error(httpx2.ReadError("reset")).remedy == BROKE_OFF
    assert wire_error(httpx2.RemoteProtocolError("incomplete chunked read")).remedy == BROKE_OFF
    assert wire_error(httpx2.ConnectError("refused")).remedy == KIND_REMEDIES["connection"]
    assert wire_error(Unreadable("too long")).kind == "not_json"


def test_an_error_below_http_that_may_quote_a_key_is_not_quoted() -> None:
    assert "sk-" not in repr(wire_error(httpx2.LocalProtocolError("Illegal header value b'Bearer sk-x\\x01'")))


def test_leaving_a_stream_is_no_error() -> None:
    assert diagnose(exchange(response_headers=SSE, events=events(UNFINISHED), outcome="closed")).error is None


def test_a_failure_below_http_is_slow_or_broken() -> None:
    assert wire_error(httpx2.ReadTimeout("")).kind == "timeout"
    assert wire_error(httpx2.ConnectError("refused")).kind == "connection"
    assert wire_error(httpx2.ReadTimeout("")).message == "ReadTimeout"


def test_every_remedy_is_one_or_two_sentences() -> None:
    others = [RETIRED, BROKE_OFF, UNREADABLE, UNSENDABLE]
    for remedy in [*REMEDIES.values(), *STATUS_REMEDIES.values(), *KIND_REMEDIES.values(), *others]:
        assert remedy.endswith(".")
        assert remedy.count(". ") <= 1
