"""What leaving a part of the tools out saves, against counting the request without it."""

import pytest

from playground import json_paths
from playground.ledger import count_prompt
from playground.sample_requests import samples
from playground.savings import LEAST, savings

FUNCTIONS, TOOLS = (
    sample.body
    for sample in samples("gpt-4")
    if sample.name in ("functions: the first request (the course)", "tools: the first request")
)


@pytest.mark.parametrize("body", [FUNCTIONS, TOOLS], ids=["functions", "tools"])
def test_each_saving_is_what_the_request_costs_less(body):
    found = savings(body)

    for saving in found:
        left = json_paths.without(body, saving.where)
        assert left != body
        assert saving.tokens == count_prompt(body).total - count_prompt(left).total


def test_the_largest_comes_first():
    tokens = [saving.tokens for saving in savings(FUNCTIONS)]

    assert tokens == sorted(tokens, reverse=True)
    assert len(tokens) == 5


@pytest.mark.parametrize(("body", "where"), [(FUNCTIONS, "functions[0]"), (TOOLS, "tools[0]")])
def test_without_its_only_tool_a_request_costs_what_the_question_costs(body, where):
    question = {name: body[name] for name in ("model", "messages")}

    largest = savings(body)[0]

    assert largest.where == where
    assert largest.tokens == count_prompt(body).total - count_prompt(question).total


def test_a_request_without_tools_offers_nothing_to_leave_out():
    assert savings({"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}) == ()


def test_of_five_thousand_parameters_only_the_longest_are_tried():
    properties = {f"p{number}": {"type": "string", "description": "x " * (number % 50)} for number in range(5000)}
    function = {"name": "f", "parameters": {"type": "object", "properties": properties}}

    found = savings({"model": "gpt-4", "messages": [], "functions": [function]})

    assert len(found) == LEAST
