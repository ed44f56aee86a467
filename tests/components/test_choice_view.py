import json
from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from playground.exchange import Exchange
from tests.scripted import exchange_of
from tests.shown import json_of


def draw(*choices: dict[str, Any]) -> AppTest:
    def page(exchange: object) -> None:
        from components import choice_view

        choice_view.draw(exchange, "probe")

    at = AppTest.from_function(page, kwargs={"exchange": exchange_with(*choices)}, default_timeout=10).run()
    assert not at.exception
    return at


def exchange_with(*choices: dict[str, Any]) -> Exchange:
    return replace(exchange_of({}, {}), response_body=json.dumps({"choices": choices}).encode())


def choice(index: int, text: str | None, reason: str = "stop") -> dict[str, Any]:
    return {"index": index, "message": {"role": "assistant", "content": text}, "finish_reason": reason}


def test_each_choice_is_a_card_with_its_text_index_and_finish_reason() -> None:
    at = draw(choice(0, "One"), choice(1, "Two", "length"))

    assert [text.value for text in at.text] == ["One", "Two"]
    assert [caption.value for caption in at.caption][:2] == [
        "index 0 · finish_reason stop",
        "index 1 · finish_reason length",
    ]


def test_each_reason_is_explained_once() -> None:
    at = draw(choice(0, "One"), choice(1, "Two"), choice(2, "Three", "length"))

    assert at.caption[-1].value == (
        "length: It was cut at the token limit. · stop: It ended by itself, or at a stop text."
    )


def test_a_choice_without_text_or_with_an_unknown_reason_is_still_a_card() -> None:
    at = draw(choice(0, None, "something_new"))

    assert [caption.value for caption in at.caption][:2] == ["(empty)", "index 0 · finish_reason something_new"]


def test_a_choice_that_calls_or_refuses_shows_what_its_message_holds() -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}

    at = draw({"index": 0, "message": message, "finish_reason": "tool_calls"})

    assert json_of(at, "probe_0_beside") == {"tool_calls": [call]}


def test_choices_of_an_odd_server_are_cards_too() -> None:
    at = draw({"message": {"content": "One"}}, {"message": {"content": "Two"}}, {"message": "Three"})

    assert [text.value for text in at.text] == ["One", "Two"]


def test_html_in_an_answer_is_text() -> None:
    at = draw(choice(0, "<b>bold</b>"))

    assert [text.value for text in at.text] == ["<b>bold</b>"]
    assert not any("<b>" in markdown.value for markdown in at.markdown)
