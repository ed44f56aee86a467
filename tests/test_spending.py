"""The cap holds whatever comes: what may be billed is reserved before it is sent, and nothing unknown counts as 0."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.exchange import ApiError, Exchange
from playground.ledger import count_prompt
from playground.pricing import price
from playground.spending import Purse, most_output
from tests.exchanges import exchange

BODY = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 100}


def answered(body: dict[str, Any], completion_tokens: int | None, **facts: Any) -> Exchange:
    usage = (
        {"usage": {"prompt_tokens": 8, "completion_tokens": completion_tokens}} if completion_tokens is not None else {}
    )
    response = {"model": "gpt-4-0613", "choices": [], **usage}
    return exchange(
        url="https://api.openai.com/v1/chat/completions",
        request_body=json.dumps(body).encode(),
        response_body=json.dumps(response).encode(),
        **facts,
    )


ACTS = st.lists(
    st.tuples(st.sampled_from(["answered", "stopped", "refused"]), st.integers(0, 100), st.integers(1, 3)), max_size=30
)


@given(ACTS, st.decimals(0, 1, places=3))
def test_what_is_billed_never_exceeds_the_cap(acts: list[tuple[str, int, int]], cap: Decimal) -> None:
    purse = Purse({}, cap)
    billed = Decimal(0)

    for number, (end, tokens, n) in enumerate(acts):
        body = {**BODY, "n": n}
        if purse.reserve(str(number), body):
            continue
        # The API bills what it wrote, also when nobody was there any more to read how much.
        wrote = 0 if end == "refused" else n * tokens
        if end != "refused":
            cost = price("gpt-4", count_prompt(body).total, wrote)
            assert cost is not None
            billed += cost.dollars
        if end == "answered":
            purse.settle(str(number), answered(body, wrote))
        if end == "stopped":
            purse.settle(str(number), answered(body, None, outcome="closed"))
        if end == "refused":
            purse.settle(str(number), answered(body, None, status=429))

    assert billed <= purse.spent + purse.reserved <= cap


@given(st.integers(1, 4000), st.integers(1, 5))
def test_a_settled_answer_leaves_nothing_reserved(tokens: int, n: int) -> None:
    purse = Purse({}, None)
    purse.reserve("a", {**BODY, "max_tokens": tokens, "n": n})
    held = purse.reserved

    purse.settle("a", answered(BODY, tokens * n))

    assert purse.reserved == 0
    assert 0 < purse.spent == held


def test_a_stopped_stream_keeps_its_reservation() -> None:
    purse = Purse({}, Decimal(1))
    purse.reserve("a", BODY)

    purse.settle("a", answered(BODY, None, outcome="closed"))

    assert (purse.spent, purse.reserved) == (0, Decimal("0.00624"))


@pytest.mark.parametrize("facts", [{"status": 400}, {"status": 429}, {"status": None, "outcome": "failed"}])
def test_what_was_refused_or_never_arrived_costs_nothing(facts: dict[str, Any]) -> None:
    purse = Purse({}, Decimal(1))
    purse.reserve("a", BODY)

    purse.settle("a", answered(BODY, None, **facts, error=ApiError("status", "No.", "Wait.")))

    assert (purse.spent, purse.reserved) == (0, 0)


def test_an_unknown_price_is_refused_and_never_nothing() -> None:
    refusal = Purse({}, Decimal(1000)).reserve("a", {**BODY, "model": "my-model"})

    assert refusal is not None
    assert (refusal.reason, refusal.needed) == ("price", None)


def test_a_cap_of_nothing_lets_nothing_leave() -> None:
    assert Purse({}, Decimal(0)).reserve("a", BODY) is not None


def test_without_a_limit_the_largest_answer_of_the_model_is_reserved() -> None:
    assert most_output({"model": "gpt-4"}) == 8192
    assert most_output({"model": "gpt-4", "max_tokens": 5, "max_completion_tokens": 7}) == 7
    assert most_output({"model": "gpt-4", "max_tokens": "many"}) == 8192


def test_a_purse_goes_on_where_the_session_left_it() -> None:
    memory: dict[str, Any] = {}
    Purse(memory, None).reserve("a", BODY)

    assert json.loads(json.dumps(memory)) == memory
    assert Purse(memory, Decimal(1)).left == Decimal("0.99376")


def test_a_model_that_a_server_names_in_its_own_way_costs_what_the_one_that_was_asked_for_costs() -> None:
    purse = Purse({}, Decimal(1))
    purse.reserve("a", BODY)
    odd = json.dumps({"model": "my-gpt", "usage": {"prompt_tokens": 8, "completion_tokens": 100}})

    purse.settle("a", replace(answered(BODY, 100), response_body=odd.encode()))

    assert (purse.spent, purse.reserved) == (Decimal("0.00624"), 0)
