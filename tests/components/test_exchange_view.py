"""The exchange view shows the record: nothing more, nothing made up, nothing secret."""

from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.exchange import ApiError, Event, Exchange

REQUEST = b'{"model":"gpt-4","messages":[{"role":"user","content":"\xec\x95\x88\xeb\x85\x95"}]}'
RESPONSE = (
    b'{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":23,"completion_tokens":11}}'
)


def exchange(**changes: Any) -> Exchange:
    values: dict[str, Any] = {
        "id": "x",
        "started": datetime(2026, 11, 23, tzinfo=UTC),
        "method": "POST",
        "url": "http://server.invalid/v1/chat/completions",
        "request_headers": (("content-type", "application/json"),),
        "request_body": REQUEST,
        "status": 200,
        "response_headers": (("content-type", "application/json"), ("x-request-id", "req_1")),
        "response_body": RESPONSE,
        "duration_ms": 512.4,
    }
    return Exchange(**values | changes)


def drawn(record: Exchange, **options: Any) -> AppTest:
    def script(record, options):  # type: ignore[no-untyped-def]
        from components import exchange_view

        exchange_view.draw(record, "view", **options)

    at = AppTest.from_function(script, kwargs={"record": record, "options": options}, default_timeout=20).run()
    assert not at.exception
    return at


def lines(at: AppTest, name: str) -> list[str]:
    """The lines that the JSON component was given."""
    import json

    for node in at.get("bidi_component"):
        if name in node.proto.id:
            return json.loads(node.proto.json)["lines"]
    return []


def test_the_head_tells_status_tokens_and_time() -> None:
    at = drawn(exchange())

    assert at.caption[0].value == "200 · 23 + 11 = 34 tokens · 512\u00a0ms"


def test_a_simulated_answer_says_so() -> None:
    at = drawn(exchange(response_headers=(("content-type", "application/json"), ("x-simulator", "true"))))

    assert at.caption[0].value.endswith("simulated")


def test_hangul_is_readable_in_the_pretty_request() -> None:
    at = drawn(exchange())

    assert any("안녕" in line for line in lines(at, "view_request_json"))


def test_raw_shows_the_bytes_as_they_went() -> None:
    at = drawn(exchange())

    at.toggle(key="view_request_raw").set_value(True).run()

    assert lines(at, "view_request_text") == [REQUEST.decode()]


def test_only_the_open_tab_is_drawn() -> None:
    at = drawn(exchange())

    assert lines(at, "view_request_json")
    assert not lines(at, "view_response_json")


def test_a_stream_lists_its_events() -> None:
    chunk = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}'
    record = exchange(
        response_headers=(("content-type", "text/event-stream"),), events=(Event(12.0, chunk), Event(13.0, "[DONE]"))
    )

    at = drawn(record, show="events")

    assert [line.split(maxsplit=1) for line in lines(at, "view_events")] == [["12", chunk], ["13", "[DONE]"]]


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = ApiError(
        "status", "Incorrect API key provided", "Check the key.", "invalid_request_error", "invalid_api_key"
    )

    at = drawn(exchange(status=401, response_body=b"<html>", error=error))

    shown = [each.value for each in [*at.markdown, *at.text]]
    assert "Incorrect API key provided" in shown
    assert "Check the key." in shown
    assert any("401" in each and "invalid_api_key" in each for each in shown)


@pytest.mark.parametrize("show", ["request", "response", "headers", "python"])
@pytest.mark.parametrize(
    "odd",
    [
        {"response_body": b"<script>alert(1)</script>", "response_headers": (("content-type", "text/html"),)},
        {"response_body": b"", "status": None, "outcome": "failed"},
        {"response_body": b'{"choices": "none", "usage": 3}'},
        {"response_body": b"\xff\xfe\x00"},
        {"request_body": b""},
    ],
)
def test_whatever_came_back_can_be_drawn(show: str, odd: dict[str, Any]) -> None:
    drawn(exchange(**odd), show=show)


def test_what_a_request_adds_to_the_one_before_is_lit() -> None:
    import json

    later = REQUEST.replace(b"]}", b',{"role":"assistant","content":"Hi"}]}')

    at = drawn(exchange(request_body=later), previous=exchange())

    node = next(node for node in at.get("bidi_component") if "view_request_json" in node.proto.id)
    data = json.loads(node.proto.json)
    assert [data["lines"][int(index)].strip() for index in data["signs"]] == [
        "{",
        '"role": "assistant",',
        '"content": "Hi"',
        "}",
    ]
