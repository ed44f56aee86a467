"""The meter under the input: what it says while somebody types is what the whole request would cost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import typed_meter
from playground.ledger import count_prompt
from playground.messages import assistant, system, user

TALK = [system("You are a helpful assistant."), user("안녕"), assistant("Hello!")]


def number(said: str) -> int:
    found = re.search(r"([\d,]+) prompt token", said)
    assert found
    return int(found[1].replace(",", ""))


@given(st.text(min_size=1, max_size=60).filter(str.strip), st.sampled_from(["gpt-4", "gpt-4o", "gpt-3.5-turbo"]))
def test_counting_the_new_message_alone_gives_the_whole_request(text: str, model: str) -> None:
    body = {"model": model, "messages": TALK}

    said = typed_meter.said(model, count_prompt(body).total, "exact", text, simulated=True)

    assert number(said) == count_prompt({"model": model, "messages": [*TALK, user(text)]}).total


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (None, ""),
        ({"typed": {"text": "Hi"}}, "Hi"),
        ({"typed": {"length": 200_000}}, None),
        ({"typed": "Hi"}, ""),
        ({"typed": {"text": 7}}, None),
        ({"typed": {"text": "a" * 200_000}}, "a" * typed_meter.LIMIT),
    ],
)
def test_a_browser_may_say_anything(told: object, text: str | None) -> None:
    assert typed_meter.typed(told) == text


def test_window_and_price_stand_beside_the_count() -> None:
    body = {"model": "gpt-4", "messages": TALK[:1]}

    said = typed_meter.said("gpt-4", count_prompt(body).total, "exact", "Hello! I'm John.", simulated=True)

    assert said == "Next request: 23 prompt tokens (exact) · 0.3% of the window · \\$0 (would be \\$0.00069)"


def test_a_model_without_a_known_price_or_window_says_so() -> None:
    body = {"model": "my-model", "messages": TALK[:1]}

    said = typed_meter.said("my-model", count_prompt(body).total, "estimate", "Hi", simulated=False)

    assert said.endswith(" · no known price") and "window" not in said
