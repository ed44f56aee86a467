import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.function_tools import schema_of, tool_from_function
from playground.json_schema import faults
from playground.tools import run_tool


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Point:
    x: float
    y: float = 0.0


def plan(
    name: str,
    colours: list[Colour],
    start: Point,
    mode: Literal["fast", "slow"] = "fast",
    limit: int | None = None,
    notes: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Plan a journey.

    It takes a while.

    Args:
        name: Who travels
        colours (list): What it is painted with
        mode: How: fast, or slow
    """
    return {"name": name, "colours": colours, "start": start, "mode": mode, "limit": limit, "notes": notes}


def test_a_signature_and_its_docstring_become_a_definition() -> None:
    tool = tool_from_function(plan)

    assert tool.definition == {
        "name": "plan",
        "description": "Plan a journey. It takes a while.",
        "parameters": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "description": "Who travels"},
                "colours": {
                    "type": "array",
                    "items": {"type": "string", "enum": ["red", "blue"]},
                    "description": "What it is painted with",
                },
                "start": {
                    "type": "object",
                    "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
                    "required": ["x"],
                },
                "mode": {
                    "type": "string",
                    "enum": ["fast", "slow"],
                    "description": "How: fast, or slow",
                    "default": "fast",
                },
                "limit": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                "notes": {"anyOf": [{"type": "object", "additionalProperties": {"type": "string"}}, {"type": "null"}]},
            },
            "required": ["name", "colours", "start"],
        },
    }
    assert faults(tool.parameters) == ()


def test_arguments_reach_the_function_as_its_own_types_and_come_back_as_json() -> None:
    arguments = {"name": "Kim", "colours": ["blue"], "start": {"x": 1}, "limit": 3, "notes": {"a": "b"}}

    result = run_tool(tool_from_function(plan), "", "plan", json.dumps(arguments))

    assert json.loads(result.output) == arguments | {"mode": "fast", "start": {"x": 1, "y": 0.0}}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"name": "Kim", "colours": ["green"], "start": {"x": 1}}, "the argument 'colours[0]' of plan must be one of"),
        ({"name": "Kim", "colours": [], "start": {"y": 1}}, "'x' is a required property"),
        ({"name": "Kim", "colours": [], "start": {"x": 1}, "limit": "3"}, "the argument 'limit' of plan"),
    ],
)
def test_arguments_are_checked_at_any_depth_before_the_function_runs(arguments: dict[str, Any], said: str) -> None:
    result = run_tool(tool_from_function(plan), "", "plan", json.dumps(arguments))

    assert said in result.output
    assert result.fault == "misfit"


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (Any, {}),
        (list, {"type": "array"}),
        (Sequence[int], {"type": "array", "items": {"type": "integer"}}),
        (Mapping[str, bool], {"type": "object", "additionalProperties": {"type": "boolean"}}),
        (Literal[1, "a"], {"type": ["integer", "string"], "enum": [1, "a"]}),
        (Annotated[int, "in days"], {"type": "integer", "description": "in days"}),
        (Point | None, {"anyOf": [schema_of(Point), {"type": "null"}]}),
    ],
)
def test_each_type_has_its_schema(annotation: Any, schema: dict[str, Any]) -> None:
    assert schema_of(annotation) == schema
    assert faults({"type": "object", "properties": {"a": schema}}) == ()


def takes_all(*values: int) -> str:
    return ""


def takes_any_name(**values: int) -> str:
    return ""


def takes_by_place(value: int, /) -> str:
    return ""


def takes_bytes(value: bytes) -> str:
    return ""


@pytest.mark.parametrize("function", [takes_all, takes_any_name, takes_by_place, takes_bytes])
def test_what_a_model_can_not_give_is_refused_at_once(function: Any) -> None:
    with pytest.raises(TypeError):
        tool_from_function(function)


def echo(value: int | str | list[float] | None) -> Any:
    return {"value": value}


@given(st.none() | st.integers() | st.text() | st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_what_fits_one_of_several_types_arrives_unchanged(value: Any) -> None:
    result = run_tool(tool_from_function(echo), "", "echo", json.dumps({"value": value}))

    assert json.loads(result.output) == {"value": value}


def test_sphinx_style_and_no_docstring_are_read_too() -> None:
    def one(city: str) -> str:
        """Look.

        :param city: Where
        :returns: nothing
        """
        return city

    def bare(city: str) -> str:
        return city

    assert tool_from_function(one).parameters["properties"]["city"]["description"] == "Where"
    assert tool_from_function(one).description == "Look."
    assert tool_from_function(bare, description="Say it").definition["description"] == "Say it"
