"""The linter for strict schemas: it names keyword and place, and nothing makes it raise. More: tests/simulator."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai.lib._pydantic import to_strict_json_schema
from pydantic import BaseModel

from playground.strict import DEEPEST, problems, target


class Place(BaseModel):
    city: str
    country: str | None


class Trip(BaseModel):
    places: list[Place]
    nights: int
    via: "Trip | None"


def nested(levels: int) -> dict:
    schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}, "required": ["a"], "additionalProperties": False}
    return schema


def test_a_schema_that_the_sdk_writes_has_no_problems():
    assert list(problems(to_strict_json_schema(Trip))) == []


def test_a_problem_names_keyword_and_place():
    schema = {**nested(1), "properties": {"a": {"type": "string", "maxLength": 3}}}

    (problem,) = problems(schema)

    assert (problem.path, problem.keyword) == (("properties", "a"), "maxLength")
    assert str(problem) == "In context=('properties', 'a'), 'maxLength' is not permitted."


def test_an_open_schema_is_fine_only_when_it_is_not_strict():
    schema = {"type": "object", "properties": {"a": {"type": "string", "default": "x"}}}

    assert {problem.keyword for problem in problems(schema)} == {"additionalProperties", "required", "default"}
    assert list(problems(schema, strict=False)) == []


@pytest.mark.parametrize(("levels", "fine"), [(DEEPEST - 1, True), (DEEPEST, False)])
def test_nesting_has_an_end(levels, fine):
    assert (not list(problems(nested(levels)))) is fine


def test_a_reference_is_found_by_its_pointer():
    schema = {"$defs": {"a/b": {"type": "null"}}, "anyOf": [{"type": "string"}]}

    assert target(schema, "#/$defs/a~1b") == {"type": "null"}
    assert target(schema, "#/anyOf/0") == {"type": "string"}
    assert target(schema, "#") is schema
    assert [target(schema, where) for where in ("#/none", "#/anyOf/7", "https://example.com")] == [None] * 3


def test_a_pattern_that_looks_around_is_refused_and_a_hostile_one_costs_no_time():
    around = {**nested(1), "properties": {"a": {"type": "string", "pattern": "(?=a)b"}}}
    hostile = {**nested(1), "properties": {"a": {"type": "string", "pattern": "(a+)+$", "const": "a" * 40 + "b"}}}
    started = time.perf_counter()

    assert [str(problem) for problem in problems(around)] == [
        "In context=('properties', 'a'), 'pattern' must be a pattern that RE2 takes."
    ]
    assert list(problems(hostile)) == []
    assert time.perf_counter() - started < 0.5


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "$ref", "items", "enum", "anyOf", "minimum", "multipleOf", "x"]),
            inner,
        )
    ),
    max_leaves=10,
)


@given(json_values, st.booleans())
def test_any_value_is_looked_at_without_raising(schema, strict):
    for problem in problems(schema, strict):
        assert json.dumps(problem.path) and str(problem).startswith("In context=(")
