"""Agents on the simulator: they come to an end, ask for all that is needed, and answer from what came back."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulator.agents import asked, function, run

TIME = function("get_time", "Get the current local time in a city.", city="string")
MULTIPLY = function("multiply", "Multiply two numbers.", a="integer", b="integer")
CONVERT = function(
    "convert_temperature", "Convert a temperature from one unit to another.", value="number", to_unit="string"
)
USER = function("find_user", "Find a user by name; gives the user_id.", name="string")
ORDERS = function("get_orders", "List the orders of a user.", user_id="integer")
FUNCTIONS = {
    "get_time": (
        TIME,
        lambda city: {"Seoul": "14:30", "서울": "14:30", "London": "05:30"}.get(city, "Error: no such city"),
    ),
    "multiply": (MULTIPLY, lambda a, b: a * b),
    "convert_temperature": (CONVERT, lambda value, to_unit: {"converted": value * 9 / 5 + 32, "unit": to_unit}),
}
SHOP = {
    "find_user": (USER, lambda name: {"user_id": 42} if name == "John" else {"error": "no such user"}),
    "get_orders": (ORDERS, lambda user_id: ["book", "lamp"] if user_id == 42 else {"error": "no such id"}),
}
THREE = "What time is it in Seoul, what is 12*7, and convert 25 celsius to fahrenheit?"


def test_a_question_for_three_functions_takes_all_three_at_once():
    taken, answer = run(THREE, FUNCTIONS)

    assert taken == [["get_time", "multiply", "convert_temperature"]]
    assert answer == (
        "The function get_time answered: 14:30. The function multiply answered: 84. "
        "The function convert_temperature answered: converted 77.0, unit fahrenheit"
    )


def test_without_parallel_calls_it_takes_one_after_the_other_to_the_same_answer():
    taken, answer = run(THREE, FUNCTIONS, parallel_tool_calls=False)

    assert taken == [["get_time"], ["multiply"], ["convert_temperature"]]
    assert answer == run(THREE, FUNCTIONS)[1]


def test_it_answers_in_the_language_of_the_question():
    taken, answer = run("서울은 지금 몇 시야? 그리고 12 곱하기 7은?", FUNCTIONS)

    assert taken == [["get_time", "multiply"]]
    assert answer == "함수 get_time의 결과는 다음과 같습니다: 14:30. 함수 multiply의 결과는 다음과 같습니다: 84"


def test_what_one_function_needs_and_another_tells_is_waited_for():
    taken, answer = run("Find the user John and list his orders", SHOP)

    assert taken == [["find_user"], ["get_orders"]]
    assert "book and lamp" in answer


def test_two_answers_of_one_function_are_told_apart():
    _, answer = run("What time is it in Seoul and London?", FUNCTIONS)

    assert answer == "The function get_time(Seoul) answered: 14:30. The function get_time(London) answered: 05:30"


def test_an_error_is_told_as_one_and_asked_for_only_once():
    taken, answer = run("What time is it in Atlantis?", FUNCTIONS)

    assert taken == [["get_time"]]
    assert answer == "I'm sorry, the function get_time failed: Error: no such city"


def test_what_a_weather_function_says_about_its_data_is_told():
    weather = function("get_weather", "Get the weather in a city", city="string")
    result = {"city": "Seoul", "temperature": 21, "unit": "celsius", "source": "demo data"}

    _, answer = run("What's the weather in Seoul?", {"get_weather": (weather, lambda city: result)})

    assert answer == "The current temperature in Seoul is 21 degrees Celsius. (demo data)"


def test_a_function_that_takes_the_answer_is_asked_for_at_the_end():
    final = function("final_result", "The final response which ends this conversation", city="string", time="string")

    first = asked("What time is it in Seoul?", TIME, final, tool_choice="required")
    second = asked(
        "",
        TIME,
        final,
        tool_choice="required",
        messages=[
            {"role": "user", "content": "What time is it in Seoul?"},
            {
                "role": "assistant",
                "tool_calls": [
                    {"id": "c", "type": "function", "function": {"name": "get_time", "arguments": '{"city":"Seoul"}'}}
                ],
            },
            {"role": "tool", "tool_call_id": "c", "content": "14:30"},
        ],
    )

    assert first == [("get_time", {"city": "Seoul"})]
    assert second == [("final_result", {"city": "Seoul", "time": "14:30"})]


@pytest.mark.parametrize("parallel", [True, False])
@settings(max_examples=25)
@given(
    parts=st.lists(
        st.sampled_from(
            [
                *("what time is it in Seoul", "what is 12*7", "convert 25 celsius to fahrenheit", "12 곱하기 7은"),
                *("서울은 지금 몇 시야", "London", "3*4", "thanks", "my name is Bob", "한국은 어때"),
            ]
        ),
        max_size=5,
    ),
    joint=st.sampled_from([", and ", ". ", " and then ", "? ", " 그리고 "]),
    result=st.sampled_from(["", "14:30", "Error: boom", "{}", "[]", '{"city": "Oslo"}', "null", "x" * 50]),
)
def test_every_agent_comes_to_an_end(parts, joint, result, parallel):
    functions = {name: (described, lambda **_: result) for name, (described, _) in FUNCTIONS.items()}

    taken, answer = run(joint.join(parts), functions, steps=20, parallel_tool_calls=parallel)

    assert len(list(itertools.chain(*taken))) <= 2 * len(parts)
    assert answer
