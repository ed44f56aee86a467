"""What the simulator talks about, in two languages: what it recognises, whom it asks, and what it never makes up."""

import json

import pytest

from playground.tools import get_current_weather
from simulator.intents import plan
from tests.simulator.course import CALL, FUNCTION, HELLO, HELLO_BACK, NAME, RESULT, WEATHER

TOOLS = [{"type": "function", "function": FUNCTION}]
OTHER = {
    "name": "convert_currency",
    "description": "Convert an amount of money",
    "parameters": {
        "type": "object",
        "properties": {
            "amount": {"type": "number"},
            "to": {"type": "string", "enum": ["KRW", "USD"]},
            "exact": {"type": "boolean"},
            "note": {"type": "string"},
        },
        "required": ["amount", "to", "exact"],
    },
}


def user(text):
    return {"role": "user", "content": text}


def usual(*messages, **more) -> str:
    """The usual answer to these messages."""
    return plan({"messages": list(messages), **more}).text[0][1]


def arguments(body) -> list[dict]:
    return [json.loads(call.arguments[0][1]) for call in plan(body).calls]


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("Hello! I'm John.", "Hello John! How can I assist you today?"),
        ("Hi, my name is Mary Ann.", "Hello Mary Ann! How can I assist you today?"),
        ("I’m José.", "Hello José! How can I assist you today?"),
        ("hello i'm bob", "Hello Bob! How can I assist you today?"),
        ("Hello! I'm 민수.", "Hello 민수! How can I assist you today?"),
        ("Hello, I'm so happy to be here.", "Hello! How can I assist you today?"),
        ("hi, i'm bored", "Hello! How can I assist you today?"),
        ("안녕! 나는 민수야.", "안녕하세요, 민수 님! 무엇을 도와드릴까요?"),
        ("안녕하세요, 저는 민수입니다.", "안녕하세요, 민수 님! 무엇을 도와드릴까요?"),
        ("안녕하세요, 저는 지훈이에요", "안녕하세요, 지훈 님! 무엇을 도와드릴까요?"),
        ("내 이름은 John이야", "안녕하세요, John 님! 무엇을 도와드릴까요?"),
        ("안녕하세요, 저는 학생입니다.", "안녕하세요! 무엇을 도와드릴까요?"),
    ],
)
def test_a_greeting_is_returned_with_the_name_that_was_said(prompt, answer):
    assert usual(user(prompt)) == answer


def test_the_name_is_known_only_when_a_message_of_the_request_says_it():
    assert usual(HELLO, HELLO_BACK, NAME) == (
        "Yes, you just told me that your name is John. How can I assist you today, John?"
    )
    assert "I don't know your name" in usual(NAME)
    assert "I don't know your name" in usual(user("Hello!"), HELLO_BACK, NAME)


def test_the_latest_name_counts_and_the_system_message_may_say_it_too():
    assert "Mary" in usual(HELLO, HELLO_BACK, user("Call me Mary, please."), HELLO_BACK, NAME)
    assert "system message" in usual({"role": "system", "content": "The user's name is Ada."}, NAME)


def test_a_korean_name_is_remembered_in_korean():
    asked = user("내 이름 알아?")

    assert usual(user("안녕! 나는 민수야."), asked).startswith("네, 방금 성함이 민수 님이라고")
    assert "알지 못합니다" in usual(asked)


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("What's the weather like in Seoul?", {"location": "Seoul"}),
        ("what's the weather in new york today?", {"location": "New York"}),
        ("How is the weather in Springfield, IL?", {"location": "Springfield, IL"}),
        ("weather in palo alto?", {"location": "palo alto"}),
        ("What's the weather like in Seoul in Fahrenheit?", {"location": "Seoul", "unit": "fahrenheit"}),
        ("서울 날씨 어때?", {"location": "서울"}),
        ("오늘 평창의 날씨 알려 줘", {"location": "평창"}),
        ("부산 날씨를 화씨로 알려 줘", {"location": "부산", "unit": "fahrenheit"}),
    ],
)
@pytest.mark.parametrize("dialect", [{"functions": [FUNCTION]}, {"tools": TOOLS}])
def test_the_weather_is_asked_from_the_function_that_knows_it(prompt, expected, dialect):
    assert arguments({"messages": [user(prompt)], **dialect}) == [expected]


def test_the_courses_arguments_are_written_as_the_course_shows_them():
    call = plan({"messages": [WEATHER], "functions": [FUNCTION]}).calls[0]

    assert (call.name, call.arguments[0][1]) == ("get_current_weather", '{\n  "location": "Seoul"\n}')


@pytest.mark.parametrize(
    ("choice", "called"),
    [
        ({"function_call": "none"}, False),
        ({"function_call": "auto"}, True),
        ({"function_call": {"name": "get_current_weather"}}, True),
        ({"tool_choice": "none"}, False),
        ({"tool_choice": "auto"}, True),
        ({"tool_choice": "required"}, True),
        ({"tool_choice": {"type": "function", "function": {"name": "get_current_weather"}}}, True),
    ],
)
def test_the_choice_among_functions_is_respected(choice, called):
    dialect = {"functions": [FUNCTION]} if "function_call" in choice else {"tools": TOOLS}

    planned = plan({"messages": [WEATHER], **dialect, **choice})

    assert bool(planned.calls) == called
    assert planned.forced == isinstance(next(iter(choice.values())), dict)


def test_required_asks_for_a_function_whatever_the_prompt_says():
    assert arguments({"messages": [HELLO], "tools": TOOLS, "tool_choice": "required"}) == [{"location": "Seoul"}]


def test_without_a_place_it_asks_back_and_without_a_function_it_has_no_data():
    assert "city" in usual(user("What's the weather like?"), functions=[FUNCTION])
    assert "no live data" in usual(WEATHER)
    assert "실시간 정보가 없어서" in usual(user("서울 날씨 어때?"))


def test_two_places_are_two_tool_calls_or_one_function_call_after_the_other():
    prompt = user("What's the weather like in Seoul and Busan?")

    assert arguments({"messages": [prompt], "tools": TOOLS}) == [{"location": "Seoul"}, {"location": "Busan"}]
    one = {"messages": [prompt], "tools": TOOLS, "parallel_tool_calls": False}
    assert arguments(one) == [{"location": "Seoul"}]
    then = {"messages": [prompt, CALL, RESULT], "functions": [FUNCTION]}
    assert arguments(then) == [{"location": "Busan"}]


def test_another_function_is_chosen_by_its_words_and_filled_by_its_schema():
    body = {"messages": [user("Convert 12.5 dollars to USD currency")], "functions": [FUNCTION, OTHER]}

    assert plan(body).calls[0].name == "convert_currency"
    assert arguments(body) == [{"amount": 12.5, "to": "USD", "exact": True}]


def test_a_function_that_has_nothing_to_do_with_the_prompt_is_not_asked():
    assert plan({"messages": [HELLO], "functions": [FUNCTION, OTHER]}).calls == ()


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (
            RESULT["content"],
            "The current weather in Seoul is 25 degrees Celsius. The forecast indicates it's sunny and windy.",
        ),
        (
            '{"location": "Seoul", "temperature": 77, "unit": "fahrenheit"}',
            "The current temperature in Seoul is 77 degrees Fahrenheit.",
        ),
        ('{"temperature": 3}', "The current temperature in Seoul is 3 degrees."),
        ('{"location": "Oslo", "forecast": "snowy"}', "The forecast for Oslo indicates it's snowy."),
        ('{"error": "no such city"}', "I'm sorry, the function get_current_weather failed: no such city"),
        ("Error: boom", "I'm sorry, the function get_current_weather failed: Error: boom"),
        ("25 degrees", "The function get_current_weather answered: 25 degrees"),
        ("[1, 2]", "The function get_current_weather answered: [1, 2]"),
        ("", "The function get_current_weather answered with nothing, so I have nothing to tell you."),
    ],
)
def test_a_result_is_repeated_and_nothing_is_added(content, answer):
    assert usual(WEATHER, CALL, {**RESULT, "content": content}) == answer


def test_results_are_told_in_the_language_of_the_question():
    asked = user("서울 날씨 어때?")

    assert usual(asked, CALL, RESULT) == "현재 서울의 기온은 섭씨 25도이며, 예보는 맑음, 바람입니다. (데모 데이터)"


@pytest.mark.parametrize(
    ("question", "content", "marked"),
    [
        ("What's the weather like in Seoul?", get_current_weather("Seoul"), False),
        ("What's the weather like in Seoul?", get_current_weather("Seoul", None), False),
        ("What's the weather like in Seoul, in Fahrenheit?", get_current_weather("Seoul", "fahrenheit"), True),
        ("What's the weather like in Oslo?", get_current_weather("Oslo"), True),
        ("What's the weather like in Oslo?", '{"location": "Oslo", "temperature": 3, "unit": "celsius"}', False),
    ],
)
def test_the_weather_of_the_courses_own_function_is_called_demo_data_beyond_the_courses_exchange(
    question, content, marked
):
    assert usual(user(question), CALL, {**RESULT, "content": content}).endswith("(demo data)") == marked


def test_results_are_told_in_the_order_of_their_calls_whatever_order_they_came_in():
    calls = [
        {"id": id_, "type": "function", "function": {"name": "get_time", "arguments": json.dumps({"city": city})}}
        for id_, city in (("a", "Seoul"), ("b", "Oslo"))
    ]
    asked = {"role": "assistant", "content": None, "tool_calls": calls}
    results = [{"role": "tool", "tool_call_id": id_, "content": time} for id_, time in (("b", "06:00"), ("a", "14:00"))]

    answer = usual(user("What time is it in Seoul and Oslo?"), asked, *results)

    assert answer == "The function get_time(Seoul) answered: 14:00. The function get_time(Oslo) answered: 06:00"


def test_a_tools_result_is_told_like_a_functions_and_several_are_told_together():
    calls = [{"id": f"c{n}", "type": "function", "function": {"name": "w", "arguments": "{}"}} for n in (1, 2)]
    asked = {"role": "assistant", "content": None, "tool_calls": calls}
    results = [
        {"role": "tool", "tool_call_id": "c1", "content": '{"location": "Seoul", "temperature": 1}'},
        {"role": "tool", "tool_call_id": "c2", "content": "fine"},
    ]

    assert usual(user("What's the weather in Seoul?"), asked, *results) == (
        "The current temperature in Seoul is 1 degrees. The function w answered: fine"
    )


@pytest.mark.parametrize(
    ("prompt", "intent"),
    [
        ("Thanks a lot!", "thanks"),
        ("고마워!", "thanks"),
        ("Who are you?", "identity"),
        ("넌 누구야?", "identity"),
        ("What is a token?", "token"),
        ("토큰이 뭐야?", "token"),
        ("Write a story about a cat", "creative"),
        ("빵집 슬로건을 만들어 줘", "creative"),
        ("바다에 대한 하이쿠를 써 줘", "creative"),
        ("Goodbye!", "goodbye"),
        ("How are you?", "greeting"),
        ("What is the capital of France?", "unknown"),
        ("일본의 수도는?", "unknown"),
        ("asdf 123 ???", "unknown"),
    ],
)
def test_each_prompt_finds_its_intent(prompt, intent):
    assert plan({"messages": [user(prompt)]}).intent == intent


def test_what_it_does_not_know_it_says_in_the_language_asked_and_offers_what_works():
    english = usual(user("What is the capital of France?"))
    korean = usual(user("프랑스의 수도는 어디야?"))

    assert "simulator" in english
    assert "시뮬레이터" in korean
    assert english.count('"') == korean.count('"') == 6


def test_a_creative_prompt_is_about_its_topic():
    assert "the sea" in usual(user("Write a haiku about the sea."))
    assert "바다" in usual(user("바다에 대한 하이쿠를 써 줘."))
    assert usual(user("Write a slogan for an ice cream shop")).startswith("An ice cream shop:")


def test_content_in_parts_is_read_like_a_string():
    parts = [{"type": "text", "text": "Hello! "}, {"type": "image_url", "image_url": {"url": "x"}}]

    assert usual({"role": "user", "content": [*parts, {"type": "text", "text": "I'm John."}]}) == usual(HELLO)
