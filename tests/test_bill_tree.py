"""The tree of a bill: every token hangs on it once."""

import json

import pytest
from hypothesis import given

from playground import bill_tree
from playground.input_tokens import as_responses
from playground.ledger import count_prompt
from playground.sample_requests import samples
from playground.savings import savings
from tests.test_ledger_laws import bodies


@pytest.mark.parametrize("sample", samples("gpt-4"), ids=lambda sample: sample.name)
def test_a_branch_costs_what_hangs_on_it(sample):
    nodes = bill_tree.of(count_prompt(sample.body))

    for node in nodes:
        below = [each.tokens for each in nodes if each.above == node.id]
        assert sum(below) == node.tokens or (node.leaf and not below), node
    assert nodes[0].tokens == count_prompt(sample.body).total


def test_parameters_hang_on_their_function():
    (body,) = [sample.body for sample in samples("gpt-4") if sample.name == "functions: the first request (the course)"]
    nodes = {node.id: node for node in bill_tree.of(count_prompt(body))}

    location = nodes["functions[0].parameters.properties.location"]

    assert (location.name, location.above, location.tokens) == ("location", "functions[0]", 15)
    assert nodes["functions[0]"].above == "functions"
    assert nodes["functions"].above == bill_tree.REQUEST


def test_ids_are_unique_even_where_a_parameter_is_called_like_another_place():
    function = {"name": "f", "parameters": {"type": "object", "properties": {"request": {}, "0": {}, "f": {}}}}
    nodes = bill_tree.of(count_prompt({"model": "gpt-4", "messages": [], "functions": [function], "request": 1}))

    assert len({node.id for node in nodes}) == len(nodes)


@given(body=bodies)
def test_no_body_is_too_odd_for_a_tree_for_savings_or_for_the_apis_own_count(body):
    nodes = bill_tree.of(count_prompt(body))

    drawn = [node.id for node in nodes]
    assert len(set(drawn)) == len(drawn)
    assert {node.above for node in nodes} <= {"", *drawn}
    assert sum(node.tokens for node in nodes if node.leaf) == nodes[0].tokens == count_prompt(body).total
    assert all(isinstance(saving.tokens, int) for saving in savings(body))
    json.dumps(as_responses(body)[0])
