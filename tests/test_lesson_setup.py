"""What lessons may fill their pages with."""

import pytest

from playground.lesson_setup import PAGES, frozen, problems
from playground.parameters import PARAMETERS

GOOD = {
    "chat": {"ask": "Hello!", "system": "", "turns": [["Hello!", "Hi!"]], "history": "last"},
    "tokenizer": {"text": "ChatGPT", "encodings": ["r50k_base", "o200k_base"]},
    "parameters": {
        "prompt": "A slogan",
        "system": "Be brief.",
        "parameters": {"temperature": 0, "stop": ["."], "n": 3},
    },
    "function_calling": {
        "question": "What's the weather like in Seoul?",
        "dialect": "tools",
        "unit": "get",
        "function_call": "none",
        "send_functions_again": True,
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_a_page_can_be_set(page):
    assert GOOD[page].keys() == PAGES[page].keys()
    assert list(problems(page, GOOD[page])) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_only_its_first_key(page):
    first = next(iter(PAGES[page]))

    assert list(problems(page, {first: GOOD[page][first]})) == []
    assert [key for key, _ in problems(page, {})] == [f"setup.{first}"]


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [
        ("chat", "ask", "  "),
        ("chat", "system", None),
        ("chat", "turns", [["one"]]),
        ("chat", "turns", [["", "answer"]]),
        ("chat", "turns", "turns"),
        ("chat", "history", ["all"]),
        ("tokenizer", "text", ""),
        ("tokenizer", "encodings", []),
        ("tokenizer", "encodings", ["gpt-4"]),
        ("tokenizer", "encodings", ["gpt2", "gpt2"]),
        ("tokenizer", "encodings", [["gpt2"]]),
        ("parameters", "parameters", {"top_k": 3}),
        ("parameters", "parameters", {"temperature": "high"}),
        ("parameters", "parameters", {"temperature": True}),
        ("parameters", "parameters", {"n": 1.5}),
        ("parameters", "parameters", {"stop": [3]}),
        ("parameters", "parameters", {"user": 17}),
        ("parameters", "parameters", ["n"]),
        ("function_calling", "dialect", "both"),
        ("function_calling", "unit", "celsius"),
        ("function_calling", "function_call", "required"),
        ("function_calling", "send_functions_again", 1),
    ],
)
def test_a_wrong_value_is_said_with_its_key(page, key, value):
    assert [named for named, _ in problems(page, GOOD[page] | {key: value})] == [f"setup.{key}"]


def test_an_unknown_page_and_an_unknown_key_are_said():
    assert [key for key, _ in problems("home", {})] == ["page"]
    assert [key for key, _ in problems("chat", GOOD["chat"] | {"text": "x"})] == ["setup.text"]


def test_a_value_out_of_range_may_be_meant():
    largest = PARAMETERS["temperature"].maximum

    assert list(problems("parameters", {"prompt": "A slogan", "parameters": {"temperature": largest + 1}})) == []


def test_a_frozen_set_up_has_no_part_that_can_be_changed():
    setup = frozen({"parameters": {"stop": ["a", ["b"]]}, "n": 1})

    assert setup["parameters"]["stop"] == ("a", ("b",))
    with pytest.raises(TypeError):
        setup["parameters"]["n"] = 2
