"""A comparison in threads: results in their places, failures among them, cancelling; and what is computed of them."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.comparison import THREADS, Column, Comparison, marked, said
from playground.exchange import ApiError, Exchange
from tests.scripted import exchange_of

FAILURE = ApiError("status", "Rate limit reached", "Wait.", code="rate_limit_exceeded")


def says(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def echo(body: dict[str, Any], left: Callable[[], bool] = lambda: False) -> Exchange:
    """Answers with the request's own temperature, whether somebody waits or not."""
    return exchange_of(body, says(f"at {body['temperature']}"))


def asked(values: tuple[float, ...] = (0, 1, 2), repetitions: int = 3) -> Comparison:
    return Comparison("temperature", values, [{"temperature": value} for value in values], repetitions)


def test_each_value_gets_the_answers_to_its_own_requests() -> None:
    job = asked()

    job.start([echo] * THREADS)
    job.wait(10)

    assert not job.running
    assert (job.done, job.total) == (9, 9)
    assert [(column.value, column.distinct) for column in job.columns()] == [
        (0, (("at 0", 3),)),
        (1, (("at 1", 3),)),
        (2, (("at 2", 3),)),
    ]


def test_several_calls_run_at_once() -> None:
    together = threading.Barrier(THREADS, timeout=10)

    def meet(body: dict[str, Any], left: Callable[[], bool]) -> Exchange:
        together.wait()
        return echo(body)

    job = asked((0, 1), THREADS)
    job.start([meet] * THREADS)
    job.wait(20)

    assert job.done == job.total


def test_six_values_ten_times_each_with_a_failure_in_the_middle_keep_the_others() -> None:
    lock, calls = threading.Lock(), iter(range(60))

    def sometimes(body: dict[str, Any], left: Callable[[], bool]) -> Exchange:
        with lock:
            number = next(calls)
        return exchange_of(body, FAILURE) if number == 30 else echo(body)

    job = asked((0, 0.5, 1, 1.3, 1.7, 2), 10)
    job.start([sometimes] * THREADS)
    job.wait(20)

    columns = job.columns()
    assert job.done == 60
    assert sum(len(column.answers) for column in columns) == 59
    (failure,) = [each for column in columns for each in column.failures]
    assert failure.error == FAILURE


def test_cancelling_keeps_what_came_and_begins_nothing_more() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(body: dict[str, Any], left: Callable[[], bool]) -> Exchange:
        begun.release()
        go_on.wait(10)
        return echo(body)

    job = asked()
    job.start([slow, slow])
    begun.acquire(timeout=10)
    begun.acquire(timeout=10)
    job.cancel()
    go_on.set()
    job.wait(10)

    assert not job.running
    assert job.done == 2
    assert job.cancelled
    assert sum(len(column.answers) for column in job.columns()) == 2


def test_cancelling_leaves_the_streams_under_way_and_waits_for_none() -> None:
    begun = threading.Semaphore(0)

    def stream(body: dict[str, Any], left: Callable[[], bool]) -> Exchange:
        begun.release()
        while not left():
            time.sleep(0.001)
        return replace(exchange_of(body, says("Half an")), outcome="closed")

    job = asked()
    job.start([stream, stream])
    begun.acquire(timeout=10)
    begun.acquire(timeout=10)
    job.cancel()

    assert not job.running
    job.wait(10)
    assert (job.done, job.cancelled) == (0, True)
    assert all(not column.answers and not column.failures for column in job.columns())


def test_what_is_cancelled_early_has_something_of_each_value() -> None:
    job = asked((0, 1, 2), 5)
    seen: list[float] = []

    def three(body: dict[str, Any], left: Callable[[], bool]) -> Exchange:
        seen.append(body["temperature"])
        if len(seen) == 3:
            job.cancel()
        return echo(body)

    job.start([three])
    job.wait(10)

    assert sorted(seen) == [0, 1, 2]


def test_every_choice_of_a_response_is_an_answer() -> None:
    response = {
        "choices": [{"message": says(text), "finish_reason": "stop"} for text in ("a", "b", "b")],
        "usage": {"prompt_tokens": 3, "completion_tokens": 6},
    }
    exchange = replace(exchange_of({}, {}), response_body=json.dumps(response).encode())
    job = Comparison("n", (3,), ({"n": 3},), 1)

    job.start([lambda body, left: exchange])
    job.wait(10)

    (column,) = job.columns()
    assert column.distinct == (("b", 2), ("a", 1))
    assert column.tokens == 2
    assert column.diversity == pytest.approx(0.5)
    assert column.reasons == ("stop",)


def test_a_column_without_answers_has_no_numbers_and_no_stumble() -> None:
    column = Column("x")

    assert (column.distinct, column.diversity, column.tokens, column.characters) == ((), None, None, 0)


texts = st.text(alphabet="ab \n끝.", max_size=30)


@given(texts, texts)
def test_the_parts_are_the_text_and_only_what_differs_is_marked(text: str, reference: str) -> None:
    parts = marked(text, reference)

    assert "".join(part for part, _ in parts) == text
    assert not any(differs for _, differs in marked(text, text))
    if text.split() != reference.split() and text.strip():
        plain = "".join(part for part, differs in parts if not differs)
        assert plain.split() != text.split() or len(reference.split()) > len(text.split())


def test_a_very_long_answer_is_marked_as_a_whole() -> None:
    text = "word " * 3000

    assert marked(text, "other") == ((text, True),)


@pytest.mark.parametrize("choice", [{}, {"message": 7}, {"message": {"content": None}}, {"text": 3}])
def test_a_choice_of_another_shape_says_nothing(choice: dict[str, Any]) -> None:
    assert said(choice) == ""
