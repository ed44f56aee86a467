import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from playground.exchange import ApiError
from playground.loop import Step
from playground.pricing import price
from playground.run_cost import dollars, of_step, total
from playground.tools import ToolResult
from tests.scripted import ANSWERS, exchange_of


def step(model: str = "gpt-4", usage: dict[str, Any] | None = None, took: float = 10.0) -> Step:
    """A step whose server counted 79 + 18 tokens, or nothing."""
    exchange = exchange_of({"model": model}, ANSWERS)
    counted = usage if usage is not None else {"prompt_tokens": 79, "completion_tokens": 18}
    body = exchange.response | ({"usage": counted} if counted else {})
    exchange = replace(exchange, response_body=json.dumps(body).encode(), duration_ms=took)
    return Step(1, exchange, (ToolResult("", "f", "", None, 2.5),))


def test_a_step_costs_what_the_price_list_says() -> None:
    known = price("gpt-4", 79, 18)

    taken = of_step(step())

    assert known is not None
    assert (taken.tokens, taken.dollars, taken.model_ms, taken.functions_ms) == (97, known.dollars, 10.0, 2.5)


def test_steps_add_up() -> None:
    taken = total([step(), step(took=5.0)])

    assert (taken.prompt_tokens, taken.completion_tokens, taken.tokens) == (158, 36, 194)
    assert (taken.model_ms, taken.functions_ms) == (15.0, 5.0)
    assert taken.dollars == (of_step(step()).dollars or Decimal(0)) * 2


@pytest.mark.parametrize("unknown", [step(usage={}), step(model="no-such-model")])
def test_one_unknown_price_makes_the_sum_unknown_and_never_nothing(unknown: Step) -> None:
    assert of_step(unknown).dollars is None
    assert dollars([step(), unknown]) is None
    assert total([step(), unknown]).dollars is None


def test_a_refused_request_costs_nothing() -> None:
    refused = Step(2, exchange_of({"model": "gpt-4"}, ApiError("status", "Rate limit reached", "Wait.")))

    assert total([step(), refused]).tokens == 97
    assert dollars([step(), refused]) == of_step(step()).dollars
