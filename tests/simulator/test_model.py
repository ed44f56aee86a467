"""The language model: a distribution after every context, and the written answers at its heart."""

import math
import tomllib
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import encodings
from simulator.model import BOS, EOS, language_model
from simulator.phrases import FOLDER, fill, weighted

GREETING = ((0.9, "Hello John! How can I assist you today?"), (0.1, "Hi John! How can I help you today?"))
SLOTS = {
    "name": "민수",
    "topic": "the sea",
    "place": "Seoul",
    "degrees": "25 degrees Celsius",
    "forecast": "sunny and windy",
    "function": "now",
    "content": "12:00",
    "given": "100 degrees Celsius",
    "converted": "212 degrees Fahrenheit",
    "term": "token",
    "said": "A piece of text.",
    "lesson": "Tokens",
    "what": "your hobby",
    "value": "hiking",
    "is_": "=",
    "number": "23",
    "tokens": "tokens",
    "encoding": "cl100k_base",
    "first": "What is a token?",
    "second": "Write a haiku about the sea.",
    "third": "What is 12 * 7?",
}


def probability(model, text: str, encoding: str = "cl100k_base") -> float:
    """The probability that this text is drawn, end and all, at temperature 1."""
    context, product = model.start, 1.0
    for token in [*encodings.load(encoding).encode(text), EOS]:
        product *= float(model.next(context)[model.index[token]])
        context = model.after(context, token)
    return product


def likeliest(model, encoding: str) -> str:
    context, ids = model.start, []
    while len(ids) < 400:
        token = model.ids[int(model.next(context).argmax())]
        if token == EOS:
            break
        ids.append(token)
        context = model.after(context, token)
    return encodings.load(encoding).decode(ids)


def written() -> list:
    """Each list of ways to say one thing in intents/."""
    found = []
    for file in sorted(FOLDER.glob("*.toml")):
        for key, ways in tomllib.loads(file.read_text(encoding="utf-8")).items():
            spoken = isinstance(ways, dict) and {"en", "ko"} <= set(ways)
            if spoken and file.stem != "words" and key not in ("no_names", "offers"):
                found += [
                    pytest.param(file.stem, ways[language], id=f"{file.stem}-{key}-{language}")
                    for language in ("en", "ko")
                ]
    return found


@given(data=st.data(), length=st.integers(0, 8))
def test_after_any_context_there_is_a_distribution(data, length):
    model = language_model("cl100k_base", GREETING)
    tokens = data.draw(st.lists(st.sampled_from([BOS, *model.ids]), min_size=length, max_size=length))

    context = reduce(model.after, tokens, model.start)
    distribution = model.next(context)

    assert math.isclose(distribution.sum(), 1)
    assert (distribution > 0).all()


@given(ways=st.lists(st.sampled_from([way for _, way in GREETING] + ["Hello!", "안녕하세요! 존.", "12"]), min_size=1))
def test_the_steps_of_the_answers_are_those_of_the_whole_ladder(ways):
    model = language_model("o200k_base", weighted(ways, even=True))
    context = model.start

    for token in encodings.load("o200k_base").encode(ways[0]):
        ladder, steps = np.cumsum(model.next(context)), model.steps(context)
        assert steps.likeliest == int(np.argmax(model.next(context)))
        for at, lower, upper in zip(steps.at, steps.lower, steps.upper, strict=True):
            assert upper / steps.total == pytest.approx(ladder[at], abs=1e-12)
            assert lower / steps.total == pytest.approx(ladder[at - 1] if at else 0.0, abs=1e-12)
            assert steps.climb((lower + upper) / 2 / steps.total) == at
        assert steps.climb(1 - 1e-12) in (None, len(model.ids) - 1)
        context = model.after(context, token)


def test_each_answer_is_drawn_about_as_often_as_its_weight_says():
    model = language_model("cl100k_base", GREETING)

    assert probability(model, GREETING[0][1]) == pytest.approx(0.9, abs=0.002)
    assert probability(model, GREETING[1][1]) == pytest.approx(0.1, abs=0.002)


def test_off_the_path_the_corpus_goes_on():
    model = language_model("cl100k_base", GREETING)
    boat = encodings.load("cl100k_base").encode("A small boat crossed the")

    following = model.next(reduce(model.after, boat, model.start))

    assert model.ids[int(following.argmax())] == encodings.load("cl100k_base").encode(" lake")[0]


def test_a_name_that_all_ways_share_is_seen_past():
    name = "a long and winding name that fills more than five tokens"
    ways = weighted([f"{name}, hello.", f"Welcome, {name}!", f"I greet {name} today."])

    model = language_model("cl100k_base", ways)

    assert probability(model, ways[1][1]) == pytest.approx(ways[1][0], rel=0.05)


@pytest.mark.parametrize("encoding", ["cl100k_base", "o200k_base"])
@pytest.mark.parametrize(("book", "ways"), written())
def test_the_likeliest_answer_is_the_first_one_written(book, ways, encoding):
    texts = [fill(way, **SLOTS) for way in ways]

    model = language_model(encoding, weighted(texts, even=book == "creative"))

    assert likeliest(model, encoding) == texts[0]


@pytest.mark.parametrize(("book", "ways"), written())
def test_there_are_three_to_eight_different_ways_to_say_each_thing(book, ways):
    assert 3 <= len(set(ways)) == len(ways) <= 8
