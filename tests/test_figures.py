"""Figures of lessons: the course's numbers come out of their definitions, and wrong definitions are refused."""

import pytest

from playground.figures import figure
from tests.simulator.course import CALL, COURSE, FUNCTION, RESULT, WEATHER

KOREAN = "LLM을 사용해서 멋져 보이는 것을 만들기는 쉽지만, 프로덕션 수준으로 만들어 내기는 매우 어렵다."
ENGLISH = "It's easy to make something cool with LLMs, but very hard to make something production-ready with them."
WITHOUT_UNIT = RESULT | {"content": RESULT["content"].replace('"celsius"', "null")}


def tokens(text: str, model: str = "gpt-4") -> dict:
    return {"count": "tokens", "model": model, "text": text}


def prompt(*messages: dict, **more: object) -> dict:
    return {"count": "prompt", "body": {"model": "gpt-4", "messages": list(messages), **more}}


def completion(name: str) -> dict:
    body, message, _ = COURSE[name]
    return {"count": "completion", "message": message, "body": {"model": "gpt-4", **body}}


@pytest.mark.parametrize(
    ("definition", "number"),
    [
        (prompt(*COURSE["greeting"][0]["messages"]), 23),
        ({"count": "completion", "model": "gpt-4", "text": COURSE["greeting"][1]["content"]}, 11),
        (prompt(*COURSE["name"][0]["messages"]), 47),
        ({"count": "completion", "model": "gpt-4", "text": COURSE["name"][1]["content"]}, 22),
        (prompt(WEATHER, functions=[FUNCTION]), 79),
        (completion("call"), 18),
        (prompt(WEATHER, CALL, RESULT), 72),
        (prompt(WEATHER, CALL, WITHOUT_UNIT), 70),
        ({"count": "completion", "model": "gpt-4", "text": COURSE["result"][1]["content"]}, 21),
        (tokens("ChatGPT"), 3),
        (tokens("ChatGPT", "gpt-4o"), 2),
        ({"count": "tokens", "encoding": "p50k_base", "text": "ChatGPT"}, 3),
        (tokens("챗GPT"), 5),
        (tokens("챗GPT", "gpt-4o"), 3),
        (tokens(ENGLISH), 23),
        (tokens(KOREAN), 47),
    ],
)
def test_the_courses_numbers_are_computed(definition, number):
    assert figure(definition) == number


@pytest.mark.parametrize(
    "definition",
    [
        {},
        {"count": "words", "text": "a"},
        {"count": ["tokens"], "text": "a", "model": "gpt-4"},
        {"count": "tokens", "text": "a"},
        {"count": "tokens", "text": "a", "model": "gpt-4", "encoding": "gpt2"},
        {"count": "tokens", "text": 3, "model": "gpt-4"},
        {"count": "prompt", "body": "Hello!"},
        {"count": "prompt", "body": {}, "model": "gpt-4"},
        {"count": "completion", "text": "a"},
    ],
)
def test_a_wrong_definition_is_refused(definition):
    with pytest.raises(ValueError, match=r"count is|wants|can't be"):
        figure(definition)
