"""The log: what was sent stands there, opens, goes out again changed, is compared and exported without a key."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from playground.exchange import Event, Exchange
from tests import exchanges
from tests.shown import is_shown, json_of, lit_of
from tests.started import go, start

APP = Path(__file__).parents[2] / "app.py"
HELLO = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hello! I'm John."}], "temperature": 0}
BEGAN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def exchange(id_: str, minute: int = 0, body: dict[str, Any] = HELLO, **changes: Any) -> Exchange:
    values: dict[str, Any] = {
        "started": BEGAN + timedelta(minutes=minute),
        "url": "http://simulator.invalid/v1/chat/completions",
        "request_body": json.dumps(body).encode(),
        "response_body": b'{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}',
    }
    return exchanges.exchange(id=id_, **values | changes)


FAILED = exchange("failed", 1, status=401, response_body=b'{"error":{"message":"No key"}}')
STREAMED = exchange(
    "streamed",
    2,
    response_headers=(("content-type", "text/event-stream"),),
    events=(Event(1.0, '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}'),),
)
TOOLS = exchange("tools", 3, HELLO | {"tools": [{"type": "function", "function": {"name": "f"}}]})
FOUR = [exchange("plain"), FAILED, STREAMED, TOOLS]


def open_page(log: list[Exchange], query: dict[str, str] | None = None) -> AppTest:
    return go(start(session={"log": list(log)}), "log", **(query or {}))


def rows(at: AppTest) -> list[str]:
    return [str(each.key).removeprefix("log_open_") for each in at.button if str(each.key).startswith("log_open_")]


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def deed(at: AppTest, id_: str, name: str) -> AppTest:
    at.segmented_control(key=f"log_deed_{id_}").set_value(name).run()
    assert not at.exception
    return at


def test_an_empty_log_says_so_and_offers_the_first_request() -> None:
    at = open_page([])
    assert rows(at) == []
    assert any("Nothing was sent" in each.value for each in at.markdown)

    click(at, "log_first")

    (sent,) = at.session_state["log"]
    assert sent.request["messages"] == HELLO["messages"]
    assert rows(at) == [sent.id]
    assert json_of(at, f"log_exchange_{sent.id}_request_json") == sent.request


def test_an_empty_log_offers_a_request_that_fails_once() -> None:
    at = open_page([])

    click(at, "log_first_fault")

    (failed,) = at.session_state["log"]
    assert (failed.status, failed.error.code) == (429, "rate_limit_exceeded")
    assert any(failed.error.remedy in each.value for each in at.markdown)
    assert at.session_state["scratch_error_lab"]["left"] == []


def test_rows_are_the_newest_twenty_newest_first() -> None:
    log = [exchange(f"id{number}", number) for number in range(23)]

    at = open_page(log)

    assert rows(at) == [f"id{number}" for number in range(22, 2, -1)]
    assert any("3 older exchanges" in each.value for each in at.caption)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("all", ["tools", "streamed", "failed", "plain"]),
        ("failed", ["failed"]),
        ("streamed", ["streamed"]),
        ("tools", ["tools"]),
    ],
)
def test_a_filter_lets_its_own_through(name: str, left: list[str]) -> None:
    at = open_page(FOUR)

    at.pills(key="log_filter").set_value(name).run()

    assert rows(at) == left


def test_a_filter_with_nothing_behind_it_says_so() -> None:
    at = open_page([exchange("plain")])

    at.pills(key="log_filter").set_value("failed").run()

    assert any("No exchange of this kind" in each.value for each in at.markdown)


@pytest.mark.parametrize(
    ("asked", "left"), [("streamed", ["streamed"]), ("nonsense", [each.id for each in FOUR[::-1]])]
)
def test_a_link_can_name_the_filter(asked: str, left: list[str]) -> None:
    at = AppTest.from_file(APP.parent / "pages" / "log.py", default_timeout=20)
    at.session_state["log"] = list(FOUR)
    at.query_params["show"] = asked

    at.run()

    assert rows(at) == left


def test_a_row_opens_its_exchange_and_closes_it() -> None:
    at = click(open_page(FOUR), "log_open_plain")
    assert json_of(at, "log_exchange_plain_request_json") == HELLO

    click(at, "log_close")

    assert not is_shown(at, "log_exchange_plain_request_json")


def test_a_request_goes_out_again_as_it_was_changed() -> None:
    at = deed(click(open_page(FOUR), "log_open_plain"), "plain", "again")
    changed = HELLO | {"max_tokens": 3}

    at.text_area(key="log_body_plain").set_value(json.dumps(changed)).run()
    assert lit_of(at, "log_changed") == ['"max_tokens": 3']
    click(at, "log_send")

    sent = at.session_state["log"][-1]
    assert (sent.request, sent.finish_reason) == (changed, "length")
    assert lit_of(at, f"log_exchange_{sent.id}_request_json") == ['"max_tokens": 3']


@pytest.mark.parametrize(
    ("text", "said"), [("{", "column 2"), ("[1]", "begins with {"), ("", "column 1"), ("null", "begins with {")]
)
def test_what_is_no_json_object_is_not_sent_and_says_why(text: str, said: str) -> None:
    at = deed(click(open_page(FOUR), "log_open_plain"), "plain", "again")

    at.text_area(key="log_body_plain").set_value(text).run()

    assert at.button(key="log_send").disabled
    assert said in at.error[0].value


def test_what_was_typed_stays_when_the_reader_looks_elsewhere() -> None:
    at = deed(click(open_page(FOUR), "log_open_plain"), "plain", "again")
    at.text_area(key="log_body_plain").set_value('{"model": "half').run()

    click(at, "log_open_failed")
    click(at, "log_open_plain")
    deed(at, "plain", "again")

    assert at.text_area(key="log_body_plain").value == '{"model": "half'


def test_a_stream_is_read_to_its_end_when_it_is_sent_again() -> None:
    at = open_page([exchange("plain", body=HELLO | {"stream": True})])

    click(deed(click(at, "log_open_plain"), "plain", "again"), "log_send")

    assert at.session_state["log"][-1].ok
    assert at.session_state["log"][-1].streamed


def test_another_model_takes_the_request_with_what_it_needs_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789abcdef")
    at = open_page([exchange("plain")])
    at.session_state["connection"] = {"kind": "openai", "model": "gpt-6-luna"}

    click(deed(click(at, "log_open_plain"), "plain", "again"), "log_model")

    body = json.loads(at.text_area(key="log_body_plain").value)
    assert (body["model"], body["reasoning_effort"]) == ("gpt-6-luna", "none")
    assert lit_of(at, "log_changed") == ['"model": "gpt-6-luna",', '"reasoning_effort": "none"']
    assert any("`reasoning_effort`" in each.value for each in at.caption)


def test_two_exchanges_stand_beside_each_other_with_their_differences_lit() -> None:
    at = deed(
        click(open_page([exchange("one"), exchange("two", 1, HELLO | {"n": 2})]), "log_open_two"), "two", "compare"
    )

    assert lit_of(at, "log_compare_request_right") == ['"n": 2']
    assert lit_of(at, "log_compare_request_left") == []
    assert json_of(at, "log_compare_response_left") == json_of(at, "log_compare_response_right")


def test_an_exchange_without_json_opens_too() -> None:
    log = [
        exchange("models", url="http://x.invalid/v1/models", method="GET", request_body=b""),
        exchange("refused", 1, status=None, response_body=b"", outcome="failed"),
    ]
    at = open_page(log)

    for each in log:
        click(at, f"log_open_{each.id}")

        assert "again" not in at.segmented_control(key=f"log_deed_{each.id}").options or each.id == "refused"


def test_there_is_one_primary_button_whatever_is_open() -> None:
    def primary(at: AppTest) -> list[str]:
        kinds = [*at.button, *at.get("download_button")]
        return [
            each.proto.label for each in kinds if each.proto.type == "primary" and "connection" not in each.proto.id
        ]

    at = open_page(FOUR)
    assert primary(at) == ["Export JSON"]

    deed(click(at, "log_open_plain"), "plain", "again")

    assert primary(at) == ["Send"]
