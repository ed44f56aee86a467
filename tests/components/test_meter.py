"""The meter says what a request will cost, and afterwards whether that was so."""

import dataclasses
import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import meter
from playground.exchange import Exchange
from playground.messages import system, user
from tests.pages.test_function_calling import open_page as open_functions
from tests.pages.test_parameters import open_page as open_parameters
from tests.scripted import ANSWERS, exchange_of
from tests.started import go, start

HELLO: dict[str, Any] = {
    "model": "gpt-4",
    "messages": [system("You are a helpful assistant."), user("Hello! I'm John.")],
}


def reporting(body: dict[str, Any], tokens: int | None) -> Exchange:
    exchange = exchange_of(body, ANSWERS)
    usage = {} if tokens is None else {"usage": {"prompt_tokens": tokens, "completion_tokens": 1}}
    return dataclasses.replace(exchange, response_body=json.dumps(exchange.response | usage).encode())


def open_chat() -> AppTest:
    return go(start(), "chat")


def captions(at: AppTest) -> list[str]:
    return [each.value for each in at.caption if each.value.startswith(("Next request", "Prompt tokens"))]


def test_before_a_request_is_sent_its_tokens_and_their_certainty_are_said() -> None:
    assert meter.said(HELLO) == "Next request: 23 prompt tokens (exact)"


def test_words_that_are_still_to_come_are_named() -> None:
    assert meter.said(HELLO, typed=False) == "Next request: 23 prompt tokens and what you type (exact)"


def test_a_model_that_nobody_recorded_gets_an_estimate() -> None:
    assert meter.said(HELLO | {"model": "somebody-s-model"}).endswith("(estimate)")


def test_a_prediction_that_held_is_an_equation() -> None:
    assert meter.said(HELLO, reporting(HELLO, 23)) == "Prompt tokens: predicted 23 = reported 23"


@pytest.mark.parametrize(("model", "reason"), [("gpt-4", "counts otherwise"), ("somebody-s-model", "no certain one")])
def test_a_difference_is_shown_with_its_sign_and_what_it_may_come_from(model: str, reason: str) -> None:
    said = meter.said(HELLO | {"model": model}, reporting(HELLO, 1021))

    assert "reported 1,021: a difference of +99" in said
    assert reason in said


def test_an_exchange_without_usage_says_nothing() -> None:
    assert meter.said(HELLO, reporting(HELLO, None)) == ""


def test_a_text_that_the_tokenizer_gives_up_is_said_to_be_one() -> None:
    body = {"model": "gpt-4o", "messages": [user(" " * 1_000_000)]}

    assert meter.said(body).startswith("o200k_base gives up")


def test_the_chat_counts_what_goes_before_the_next_question_and_compares_afterwards() -> None:
    at = open_chat()
    (ahead,) = captions(at)
    assert ahead.startswith("Next request: 17 prompt tokens and what you type (exact)")

    at.chat_input(key="chat_input").set_value("Hello! I'm John.").run()

    assert "Prompt tokens: predicted 23 = reported 23" in captions(at)
    (following,) = [each for each in captions(at) if each.startswith("Next")]
    assert following.startswith("Next request: 4")


def test_the_functions_page_predicts_both_requests_and_compares_both() -> None:
    at = open_functions()
    seen = captions(at)

    for _stage in range(5):
        at.button(key="function_calling_next").click().run()
        seen += captions(at)

    assert seen == [
        "Next request: 79 prompt tokens (exact)",
        "Prompt tokens: predicted 79 = reported 79",
        "Next request: 72 prompt tokens (exact)",
        "Prompt tokens: predicted 72 = reported 72",
    ]


def test_the_parameters_page_counts_the_prompt_as_it_stands() -> None:
    at = open_parameters()
    at.text_area(key="parameters_prompt").set_value("Hello! I'm John.").run()
    (before,) = captions(at)

    at.button(key="parameters_run").click().run()

    assert before == "Next request: 13 prompt tokens (exact)"
    assert "Prompt tokens: predicted 13 = reported 13" in captions(at)
