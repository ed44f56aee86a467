"""Two hundred things that people say: each answer is useful or honest, and none is an invented fact."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from simulator.intents import plan
from simulator.phrases import book

BOOK: dict[str, Any] = tomllib.loads(Path(__file__).with_name("prompts.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{category}: {row['ask']}") for category, each in BOOK.items() for row in each["rows"]]
ALL = [row for each in BOOK.values() for row in each["rows"]]
HONEST = {"unknown", "rude", "feeling", "abilities", "code", "acknowledged"}
"""Intents that say what they can't do; each of them offers three prompts."""
OFFERED = re.compile(r'"([^"\n]+)"')


def conversation(row: dict[str, Any]) -> list[dict[str, str]]:
    """The messages of a row: the simulator gives the answers between the questions."""
    asked = [row["ask"]] if isinstance(row["ask"], str) else row["ask"]
    messages = [{"role": "system", "content": row["system"]}] if "system" in row else []
    for question in asked:
        messages.append({"role": "user", "content": question})
        if question != asked[-1]:
            messages.append({"role": "assistant", "content": plan({"messages": messages}).text[0][1]})
    return messages


def test_there_are_200_of_them_and_half_are_korean() -> None:
    korean = [row for row in ALL if re.search("[가-힣ㄱ-ㅎ]", str(row["ask"]))]

    assert len(ALL) >= 200
    assert len(korean) * 2 >= len(ALL) * 0.95
    assert all(("says" in row) != ("honest" in row) for row in ALL)


@pytest.mark.parametrize("row", ROWS)
def test_an_answer_is_useful_or_honest_in_each_of_its_ways(row: dict[str, Any]) -> None:
    messages = conversation(row)

    planned = plan({"messages": messages})

    assert not planned.calls
    for _, text in planned.text:
        if "says" in row:
            assert re.search(row["says"], text, re.IGNORECASE | re.DOTALL), (planned.intent, text)
        else:
            assert planned.intent in HONEST, (planned.intent, text)
            korean = bool(re.search("[가-힣ㄱ-ㅎ]", messages[-1]["content"]))
            assert ("시뮬레이터" in text) == korean, text
            assert korean or "simulator" in text or "know no programming" in text
            assert len(OFFERED.findall(text)) == 3, text


@pytest.mark.parametrize("offer", book("fallback")["offers"]["en"] + book("fallback")["offers"]["ko"])
@pytest.mark.parametrize("before", [[], ["What is the capital of France?"], ["프랑스의 수도는?"]])
def test_every_prompt_that_is_offered_is_answered(offer: str, before: list[str]) -> None:
    messages = conversation({"ask": [*before, offer]})

    assert plan({"messages": messages}).intent not in HONEST | {"unknown"}


def test_different_questions_are_offered_different_prompts() -> None:
    questions = ["What is the capital of France?", "Who wrote Hamlet?", "Why?", "How tall is Mount Everest?", "banana"]

    said = [plan({"messages": conversation({"ask": each})}).text[0][1] for each in questions]
    offered = [frozenset(OFFERED.findall(text)) for text in said]

    assert len(set(offered)) == len(questions)
    assert len(frozenset.union(*offered)) >= 8


@pytest.mark.parametrize("question", ["what is the meaning of this? ", "이게 다 무슨 소리야 "])
def test_a_very_long_prompt_is_answered_in_its_language(question: str) -> None:
    text = plan({"messages": [{"role": "user", "content": question * 800}]}).text[0][1]

    assert ("시뮬레이터" in text) == ("이게" in question)
    assert "simulator" in text or "시뮬레이터" in text


def test_no_polite_ending_is_left_when_a_friend_is_asked_for() -> None:
    polite = re.compile(r"(?:니다|세요|까요|[에예어아]요|군요|나요|가요)(?=[.!?,:]|$)")

    for row in ALL:
        if not re.search("[가-힣]", str(row["ask"])) or "system" in row:
            continue
        planned = plan({"messages": conversation({**row, "system": "반말로 대답해."})})
        for _, text in planned.text if planned.intent not in ("creative", "term", "long") else ():
            said = re.sub(r'"[^"]*"|용어집.*|^[^:]{1,30}: .*', "", text)
            assert not polite.search(said), text
