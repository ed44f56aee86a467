"""Degrees in a loop of two functions: what is asked, in which order, and what is said in the end."""

import json
from typing import Any

import pytest

from simulator.intents import plan
from simulator.units import conversion, given, number

WEATHER = {
    "name": "get_current_weather",
    "description": "Get the current weather in a given location, in degrees Celsius",
    "parameters": {"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]},
}
TO_FAHRENHEIT = {
    "name": "celsius_to_fahrenheit",
    "description": "Convert a temperature from Celsius to Fahrenheit",
    "parameters": {"type": "object", "properties": {"celsius": {"type": "number"}}, "required": ["celsius"]},
}
TO_CELSIUS = {
    "name": "convert",
    "description": "Convert a temperature from Fahrenheit to Celsius",
    "parameters": {"type": "object", "properties": {"degrees": {"type": "number"}}, "required": ["degrees"]},
}
BOTH = (WEATHER, TO_FAHRENHEIT)


def run(name: str, arguments: dict[str, Any], unit: str = "celsius") -> dict[str, Any]:
    if name == "get_current_weather":
        warm = {"Paris": 20}.get(arguments["location"], 25)
        return {"location": arguments["location"], "temperature": warm, "unit": unit, "forecast": ["sunny", "windy"]}
    if name == "celsius_to_fahrenheit":
        return {"celsius": arguments["celsius"], "fahrenheit": round(arguments["celsius"] * 9 / 5 + 32)}
    return {"fahrenheit": arguments["degrees"], "celsius": round((arguments["degrees"] - 32) * 5 / 9)}


def loop(prompt: str, functions=BOTH, unit: str = "celsius", tools: bool = False) -> tuple[list[Any], str]:
    """Run an agent to its end: what it asked for, and what it said."""
    messages: list[dict[str, Any]] = [{"role": "user", "content": prompt}]
    offered = {"tools": [{"type": "function", "function": one} for one in functions]} if tools else {}
    asked = []
    for _ in range(8):
        planned = plan({"messages": messages, **(offered or {"functions": list(functions)})})
        if not planned.calls:
            return asked, planned.text[0][1]
        calls = [(call.name, json.loads(call.arguments[0][1])) for call in planned.calls]
        asked.append([(name, *arguments.values()) for name, arguments in calls])
        if tools:
            ids = [f"{len(messages)}.{at}" for at in range(len(calls))]
            each = [
                {"id": id_, "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
                for id_, (name, arguments) in zip(ids, calls, strict=True)
            ]
            messages.append({"role": "assistant", "content": None, "tool_calls": each})
            for id_, call in zip(ids, calls, strict=True):
                messages.append({"role": "tool", "tool_call_id": id_, "content": json.dumps(run(*call, unit=unit))})
        else:
            ((name, arguments),) = calls
            written = {"name": name, "arguments": json.dumps(arguments)}
            messages.append({"role": "assistant", "content": None, "function_call": written})
            messages.append({"role": "function", "name": name, "content": json.dumps(run(name, arguments, unit))})
    raise AssertionError(f"no end: {asked}")


def test_the_weather_is_looked_up_then_converted_then_told():
    asked, answer = loop("What's the weather like in Seoul, in Fahrenheit?")

    assert asked == [[("get_current_weather", "Seoul")], [("celsius_to_fahrenheit", 25)]]
    assert answer == (
        "The current weather in Seoul is 77 degrees Fahrenheit. The forecast indicates it's sunny and windy."
    )


def test_each_temperature_is_converted_once_and_told_with_its_place():
    asked, answer = loop("What's the weather like in Seoul, Paris and Busan, in Fahrenheit?", tools=True)

    places = [("get_current_weather", place) for place in ("Seoul", "Paris", "Busan")]
    assert asked == [places, [("celsius_to_fahrenheit", 25), ("celsius_to_fahrenheit", 20)]]
    assert [sentence.split(" degrees")[0] for sentence in answer.split("The current weather in ")[1:]] == [
        "Seoul is 77",
        "Paris is 68",
        "Busan is 77",
    ]


def test_korean_goes_the_same_way():
    asked, answer = loop("서울 날씨를 화씨로 알려 줘")

    assert asked == [[("get_current_weather", "서울")], [("celsius_to_fahrenheit", 25)]]
    assert "화씨 77도" in answer


@pytest.mark.parametrize(
    ("functions", "unit"),
    [((WEATHER,), "celsius"), ((WEATHER, TO_CELSIUS), "celsius"), (BOTH, "fahrenheit"), (BOTH, "")],
)
def test_nothing_is_converted_without_a_need_or_a_function_for_it(functions, unit):
    asked, answer = loop("What's the weather like in Seoul, in Fahrenheit?", functions, unit)

    assert asked == [[("get_current_weather", "Seoul")]]
    assert "25 degrees" in answer


def test_two_cities_take_two_requests_where_only_one_function_fits_into_an_answer():
    asked, answer = loop("What's the weather like in Seoul and Paris?")

    assert asked == [[("get_current_weather", "Seoul")], [("get_current_weather", "Paris")]]
    assert answer.count("The current weather in") == 2


@pytest.mark.parametrize(
    ("prompt", "functions", "asked", "answer"),
    [
        (
            "Convert 100 degrees Celsius to Fahrenheit.",
            BOTH,
            ("celsius_to_fahrenheit", 100),
            "100 degrees Celsius is 212 degrees Fahrenheit.",
        ),
        (
            "What is a temperature of 212°F in Celsius?",
            (WEATHER, TO_FAHRENHEIT, TO_CELSIUS),
            ("convert", 212),
            "212 degrees Fahrenheit is 100 degrees Celsius.",
        ),
        ("섭씨 36.5도는 화씨로 몇 도야?", BOTH, ("celsius_to_fahrenheit", 36.5), "섭씨 36.5도는 화씨 98도입니다."),
    ],
)
def test_a_temperature_of_the_prompt_is_converted_by_the_function_for_its_unit(prompt, functions, asked, answer):
    assert loop(prompt, functions) == ([[asked]], answer)


def test_words_are_answered_in_words():
    assert loop("Hello! I'm John.") == ([], "Hello John! How can I assist you today?")


@pytest.mark.parametrize("dialect", [{"function_call": "none"}, {"tool_choice": "none"}])
def test_a_forbidden_function_is_not_said_to_be_missing(dialect):
    tools = [{"type": "function", "function": WEATHER}]
    offered = {"functions": [WEATHER]} if "function_call" in dialect else {"tools": tools}
    prompts = {"en": "What's the weather like in Seoul?", "ko": "서울 날씨 어때?"}

    said = {
        language: plan({"messages": [{"role": "user", "content": prompt}], **offered, **dialect}).text
        for language, prompt in prompts.items()
    }

    assert said["en"][0][1] == "I'm sorry, but I can't look up the weather right now."
    assert said["ko"][0][1] == "죄송하지만 지금은 날씨를 찾아볼 수 없습니다."
    assert not any("get_current_weather" in text for texts in said.values() for _, text in texts)


@pytest.mark.parametrize("text", ["", "celsius", "celsius_to_celsius", "Get the weather in celsius or fahrenheit"])
def test_what_names_no_two_units_converts_nothing(text):
    assert conversion(text) is None


@pytest.mark.parametrize("value", [True, None, [], "", "warm", "1e999", float("inf"), {}])
def test_what_is_no_number_is_none(value):
    assert number(value) is None


def test_numbers_of_any_size_are_read():
    assert number(10**400) == 10**400
    assert number("25") == 25
    assert given("007 degrees celsius") == (7, "celsius")
