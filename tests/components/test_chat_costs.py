"""What a conversation costs: the API's own numbers where it told them, estimates that say so, nothing unknown as 0."""

from decimal import Decimal

from components import chat_costs, money
from components.chat_costs import Bill, bill_of, chip
from playground.branches import Node
from playground.exchange import Usage
from playground.pricing import price
from playground.spending import Refusal
from tests.scripted import exchange_of

USAGE = {"prompt_tokens": 1000, "completion_tokens": 100, "cached_tokens": 400, "reasoning_tokens": 60}
BODY = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hello! I'm John."}]}


def test_cached_and_reasoning_tokens_are_named_apart_and_cached_ones_cost_less() -> None:
    node = Node("a", {"role": "assistant", "content": "Hi"}, facts={"model": "gpt-4o", "usage": USAGE})

    bill = bill_of(node, None)

    assert bill is not None and bill.cost is not None
    assert chip(bill) == ["1,100 tokens", "400 cached", "60 reasoning", "\\$0.0030"]
    full = price("gpt-4o", 1000, 100)
    assert full is not None and bill.cost.dollars < full.dollars


def test_of_an_answer_without_usage_an_estimate_is_made_and_named() -> None:
    message = {"role": "assistant", "content": "Hello John! How can"}
    node = Node("a", message, "partial", facts={"model": "gpt-4"})

    bill = bill_of(node, exchange_of(BODY, message))

    assert bill is not None and bill.estimated
    assert chip(bill)[0] == "about 19 tokens (estimate)"


def test_what_is_unknown_is_never_nothing() -> None:
    assert money.said(None, simulated=False) == "no known price"
    assert "0" not in chip(Bill(Usage(1, 1), None, simulated=False))[1]
    assert bill_of(Node("a", {"role": "assistant", "content": ""}), None) is None


def test_a_refusal_says_what_to_do() -> None:
    said = chat_costs.refused(Refusal("cap", Decimal("0.5"), Decimal("0.25")))

    assert "\\$0.50" in said and "\\$0.25" in said and "raise the cap" in said
    assert "another model" in chat_costs.refused(Refusal("price"))
    assert "max_completion_tokens" in chat_costs.refused(Refusal("output"))
