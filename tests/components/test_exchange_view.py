"""The exchange view shows the record: nothing more, nothing made up, nothing secret."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.exchange import ApiError, Event, Exchange
from tests import exchanges
from tests.exchanges import JSON
from tests.shown import is_shown, json_of, lit_of, text_of

REQUEST = b'{"model":"gpt-4","messages":[{"role":"user","content":"\xec\x95\x88\xeb\x85\x95"}]}'
RESPONSE = (
    b'{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":23,"completion_tokens":11}}'
)


def exchange(**changes: Any) -> Exchange:
    values: dict[str, Any] = {
        "request_headers": JSON,
        "request_body": REQUEST,
        "response_headers": (*JSON, ("x-request-id", "req_1")),
        "response_body": RESPONSE,
        "duration_ms": 512.4,
    }
    return exchanges.exchange(**values | changes)


def drawn(record: Exchange, **options: Any) -> AppTest:
    def script(record, options):  # type: ignore[no-untyped-def]
        from components import exchange_view

        exchange_view.draw(record, "view", **options)

    at = AppTest.from_function(script, kwargs={"record": record, "options": options}, default_timeout=20).run()
    assert not at.exception
    return at


def test_the_head_tells_status_tokens_and_time() -> None:
    at = drawn(exchange())

    assert at.caption[0].value == "200 · 23 + 11 = 34 tokens · 512\u00a0ms"


def test_a_simulated_answer_says_so() -> None:
    at = drawn(exchange(response_headers=(("content-type", "application/json"), ("x-simulator", "true"))))

    assert at.caption[0].value.endswith("simulated")


def test_hangul_is_readable_in_the_pretty_request() -> None:
    at = drawn(exchange())

    assert "안녕" in json_of(at, "view_request_json")["messages"][0]["content"]


def test_raw_shows_the_bytes_as_they_went() -> None:
    at = drawn(exchange())

    at.toggle(key="view_request_raw").set_value(True).run()

    assert text_of(at, "view_request_text") == REQUEST.decode()


def test_only_the_open_tab_is_drawn() -> None:
    at = drawn(exchange())

    assert is_shown(at, "view_request_json")
    assert not is_shown(at, "view_response_json")


def piece(delta: dict[str, Any], finish: str | None = None) -> str:
    return json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def called(**function: str) -> str:
    return piece({"tool_calls": [{"index": 0, "function": function}]})


def stream(*data: str) -> Exchange:
    events = tuple(Event(12.0 + 10 * place, each) for place, each in enumerate(data))
    return exchange(response_headers=(("content-type", "text/event-stream"),), events=events)


def test_a_stream_lists_its_events_on_request() -> None:
    chunk = piece({"content": "Hi"}, "stop")

    at = drawn(stream(chunk, "[DONE]"), show="events")
    at.toggle(key="view_events_all").set_value(True).run()

    assert [line.split(maxsplit=1) for line in text_of(at, "view_events").split("\n")] == [
        ["12", chunk],
        ["22", "[DONE]"],
    ]


def test_each_step_through_a_stream_shows_the_event_and_what_it_adds() -> None:
    at = drawn(
        stream(piece({"role": "assistant"}), piece({"content": "Hel"}), piece({"content": "lo"}), "[DONE]"),
        show="events",
    )

    seen = []
    for step in range(3):
        seen.append(json_of(at, "view_events_so_far")["choices"][0]["message"])
        if step:
            assert lit_of(at, "view_events_so_far") == [f'"content": "{seen[-1]["content"]}"']
        at.button(key="view_events_x_next").click().run()

    assert seen == [
        {"role": "assistant"},
        {"role": "assistant", "content": "Hel"},
        {"role": "assistant", "content": "Hello"},
    ]
    assert text_of(at, "view_events_event") == "[DONE]"
    assert at.button(key="view_events_x_next").disabled
    assert any(
        "Event 4 of 4, 42\u00a0ms" in each.value and "10\u00a0ms after the one before" in each.value
        for each in at.caption
    )


def test_the_slider_goes_to_any_event_and_back_steps_before_it() -> None:
    at = drawn(stream(piece({"content": "a"}), piece({"content": "b"}), piece({"content": "c"})), show="events")

    at.slider(key="view_events_x_at").set_value(3).run()
    at.button(key="view_events_x_back").click().run()

    assert json_of(at, "view_events_so_far")["choices"][0]["message"] == {"content": "ab"}


def test_the_arguments_of_a_call_grow_with_the_events() -> None:
    at = drawn(
        stream(called(name="get_weather", arguments='{"loc'), called(arguments='ation": "서울"}')), show="events"
    )
    assert text_of(at, "view_events_arguments_0") == '{"loc'

    at.button(key="view_events_x_next").click().run()

    assert text_of(at, "view_events_arguments_0") == '{"location": "서울"}'


@pytest.mark.parametrize(
    ("name", "sign"), [("Python", "completions.create("), ("curl", "--data-raw"), ("JavaScript", "await fetch(")]
)
def test_the_request_is_there_as_a_program_in_three_languages(name: str, sign: str) -> None:
    at = drawn(exchange(), show="code")

    at.segmented_control(key="view_code").set_value(name).run()

    assert sign in at.code[0].value
    assert "안녕" in at.code[0].value
    assert "http://server.invalid/v1" in at.code[0].value


def test_a_program_for_the_simulator_names_an_address_that_others_can_call() -> None:
    record = exchange(url="http://simulator.invalid/v1/chat/completions", response_headers=(("x-simulator", "true"),))

    at = drawn(record, show="code")

    assert "http://127.0.0.1:8080/v1" in at.code[0].value
    assert any("python -m simulator" in each.value for each in at.caption)


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = ApiError(
        "status", "Incorrect API key provided", "Check the key.", "invalid_request_error", "invalid_api_key"
    )

    at = drawn(exchange(status=401, response_body=b"<html>", error=error))

    shown = [each.value for each in [*at.markdown, *at.text]]
    assert "Incorrect API key provided" in shown
    assert "Check the key." in shown
    assert any("401" in each and "invalid_api_key" in each for each in shown)


@pytest.mark.parametrize("show", ["request", "response", "headers", "python", "code"])
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
    later = REQUEST.replace(b"]}", b',{"role":"assistant","content":"Hi"}]}')

    at = drawn(exchange(request_body=later), previous=exchange())

    assert lit_of(at, "view_request_json") == ["{", '"role": "assistant",', '"content": "Hi"', "}"]
