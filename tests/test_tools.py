import json
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.tools import (
    GET_CURRENT_WEATHER,
    GET_CURRENT_WEATHER_UNIT_BY_GET,
    Tool,
    get_current_weather,
    run_tool,
)
from tests.simulator.course import FUNCTION

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=8,
)


def tool_of(function: Any, properties: dict[str, Any], required: tuple[str, ...] = ()) -> Tool:
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return Tool("probe", "A function of this test", schema, function)


@given(st.text())
def test_any_text_as_arguments_gives_a_result_the_model_can_read(arguments: str) -> None:
    result = run_tool(GET_CURRENT_WEATHER, "call_1", "get_current_weather", arguments)

    assert (result.error is None) == (not result.output.startswith("Error: "))
    assert (result.call_id, result.name) == ("call_1", "get_current_weather")
    assert result.duration_ms >= 0


@given(st.dictionaries(st.sampled_from(["location", "unit", "city"]), json_values))
def test_any_json_object_as_arguments_either_fits_or_is_refused_in_words(arguments: dict[str, Any]) -> None:
    fits = (
        isinstance(arguments.get("location"), str)
        and ("unit" not in arguments or arguments["unit"] in ("celsius", "fahrenheit"))
        and "city" not in arguments
    )

    result = run_tool(GET_CURRENT_WEATHER, "", "get_current_weather", json.dumps(arguments))

    assert (result.error is None) == fits
    assert result.output == (f"Error: {result.error}" if result.error else get_current_weather(**arguments))


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("integer", 1, True),
        ("integer", True, False),  # Python's True is an int, JSON's is not
        ("integer", 1.5, False),
        ("number", 1, True),
        ("number", 1.5, True),
        ("number", "1", False),
        ("boolean", False, True),
        ("boolean", 0, False),
        ("array", [1], True),
        ("object", {"a": 1}, True),
        ("object", [1], False),
        ("null", None, True),
        (["string", "null"], None, True),
        (["string", "null"], 3, False),
    ],
)
def test_a_value_must_have_the_type_that_the_schema_says(kind: Any, value: Any, fits: bool) -> None:
    tool = tool_of(lambda value: "ran", {"value": {"type": kind}})

    result = run_tool(tool, "", "probe", json.dumps({"value": value}))

    assert (result.output == "ran") is fits


def test_the_course_s_function_is_defined_as_on_its_slide() -> None:
    assert GET_CURRENT_WEATHER.definition == FUNCTION


def test_the_course_s_function_answers_with_the_course_s_json_text() -> None:
    result = run_tool(GET_CURRENT_WEATHER, "", "get_current_weather", '{\n  "location": "Seoul"\n}')

    assert result.error is None
    assert (
        result.output == '{"location": "Seoul", "temperature": "25", "unit": "celsius", "forecast": ["sunny", "windy"]}'
    )


def test_the_course_s_way_of_calling_it_gives_a_null_unit_when_the_model_leaves_unit_out() -> None:
    left_out = run_tool(GET_CURRENT_WEATHER_UNIT_BY_GET, "", "get_current_weather", '{"location": "Seoul"}')
    given_unit = run_tool(
        GET_CURRENT_WEATHER_UNIT_BY_GET, "", "get_current_weather", '{"location": "Seoul", "unit": "fahrenheit"}'
    )

    assert json.loads(left_out.output)["unit"] is None
    assert json.loads(given_unit.output)["unit"] == "fahrenheit"
    assert GET_CURRENT_WEATHER_UNIT_BY_GET.definition == GET_CURRENT_WEATHER.definition


def test_a_korean_place_stays_readable() -> None:
    result = run_tool(GET_CURRENT_WEATHER, "", "get_current_weather", '{"location": "서울"}')

    assert '"location": "서울"' in result.output


def test_an_unknown_function_becomes_an_error_the_model_can_read() -> None:
    result = run_tool(None, "call_1", "get_time", "{}")

    assert result.output == "Error: there is no function named 'get_time'."
    assert result.error == "there is no function named 'get_time'."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "are not JSON"),
        ("location=Seoul", "are not JSON"),
        ('{"location": "Seoul"', "are not JSON"),
        ("[" * 100_000, "are not JSON"),
        ("1" * 5_000, "are not JSON"),  # longer than Python turns into a number
        ('["Seoul"]', "must be a JSON object"),
        ("null", "must be a JSON object"),
        ("{}", "needs the argument 'location'"),
        ('{"location": 3}', "the argument 'location' of get_current_weather must be of type string"),
        ('{"location": "Seoul", "unit": "kelvin"}', 'must be one of "celsius", "fahrenheit"'),
        ('{"location": "Seoul", "day": 1}', "has no argument 'day'; it has location, unit"),
    ],
)
def test_arguments_that_do_not_fit_become_an_error_that_says_why(arguments: str, said: str) -> None:
    result = run_tool(GET_CURRENT_WEATHER, "", "get_current_weather", arguments)

    assert result.output.startswith("Error: ")
    assert said in result.output


def test_a_function_that_raises_becomes_an_error_the_model_can_read() -> None:
    def divide(a: int, b: int) -> str:
        return str(a // b)

    tool = tool_of(divide, {"a": {"type": "integer"}, "b": {"type": "integer"}}, ("a", "b"))

    result = run_tool(tool, "call_1", "probe", '{"a": 1, "b": 0}')

    assert result.output == "Error: probe raised ZeroDivisionError: integer division or modulo by zero"


def test_a_function_that_hangs_is_left_behind_and_the_model_reads_so() -> None:
    release = threading.Event()
    tool = tool_of(lambda: str(release.wait(30)), {})
    began = time.perf_counter()

    result = run_tool(tool, "call_1", "probe", "{}", limit_s=0.05)
    took = time.perf_counter() - began
    release.set()

    assert result.output == "Error: probe gave no answer within 0.05 seconds."
    assert (result.fault, took < 5) == ("late", True)


@pytest.mark.parametrize(
    ("name", "arguments", "fault"),
    [
        ("get_time", "{}", "unknown"),
        ("get_current_weather", "location: Seoul", "not_json"),
        ("get_current_weather", '{"location": 3}', "misfit"),
        ("get_current_weather", '{"location": "Seoul"}', None),
    ],
)
def test_each_result_says_what_kind_of_error_it_is(name: str, arguments: str, fault: str | None) -> None:
    tools = {GET_CURRENT_WEATHER.name: GET_CURRENT_WEATHER}

    result = run_tool(tools.get(name), "", name, arguments)

    assert (result.fault, result.error is None, result.sent) == (fault, fault is None, True)


def test_a_key_error_inside_a_function_is_not_taken_for_an_unknown_function() -> None:
    def look_up() -> str:
        return {"a": "b"}["probe"]

    result = run_tool(tool_of(look_up, {}), "", "probe", "{}")

    assert result.output == "Error: probe raised KeyError: 'probe'"


def test_an_interruption_is_not_swallowed() -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_tool(tool_of(interrupted, {}), "", "probe", "{}")


def test_the_source_shown_is_the_function_that_runs() -> None:
    source = GET_CURRENT_WEATHER.source

    assert source.startswith("def get_current_weather(location: str, unit: str | None = ")
    assert '"forecast": ["sunny", "windy"]' in source
