"""Functions nobody foresaw: which one a prompt asks for, how often, and when none; in English and Korean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conversation import Offer
from simulator.tool_choice import ENOUGH, Weighing, tasks
from tests.simulator.agents import asked, function

TIME = function("get_current_time", "Get the current time in a city", city="string")
CALCULATE = function("calculate", "Evaluate an arithmetic expression", expression="string")
CONVERT = function(
    "convert_temperature",
    "Convert a temperature between units",
    value="number",
    from_unit=["celsius", "fahrenheit"],
    to_unit=["celsius", "fahrenheit"],
)
WEATHER = function("getWeather", "Get the weather for a city", required=["city"], city="string", unit=["c", "f"])
EMAIL = function("send_email", "Send an email to someone", to="string", subject="string", body="string")
SEARCH = function("web_search", "Search the web for information", query="string")
TRANSLATE = function("translateText", "Translate text into another language", text="string", target_language="string")
BOOK = function("book_table", "Reserve a table at a restaurant", restaurant="string", party_size="integer")
STOCK = function("get_stock_price", "Get the current stock price for a ticker symbol", symbol="string")
LIGHT = function("set_light", "Turn a light on or off", room=["living room", "kitchen", "bedroom"], on="boolean")
EVENT = function("create_event", "Create a calendar event", title="string", date="string")
ORDER = function("get_order_status", "Look up the status of an order", order_id="string")
TIMER = function("set_timer", "Set a timer", minutes="integer")
ADD = function("add", "Adds a and b", a="integer", b="integer")
MULTIPLY = function("multiply", "Multiply a and b", a="integer", b="integer")
ALL = (TIME, CALCULATE, CONVERT, WEATHER, EMAIL, SEARCH, TRANSLATE, BOOK, STOCK, LIGHT, EVENT, ORDER, TIMER)

PROMPTS = [
    ("What time is it in Seoul?", "get_current_time"),
    ("서울은 지금 몇 시야?", "get_current_time"),
    ("What is 12*7?", "calculate"),
    ("12 곱하기 7은 얼마야?", "calculate"),
    ("Convert 25 celsius to fahrenheit", "convert_temperature"),
    ("섭씨 25도를 화씨로 바꿔 줘", "convert_temperature"),
    ("Is it raining in Busan?", "getWeather"),
    ("부산 날씨 어때?", "getWeather"),
    ("Send an email to bob@example.com", "send_email"),
    ("bob@example.com에게 메일을 보내 줘", "send_email"),
    ("Search the web for news about cats", "web_search"),
    ("고양이에 대한 뉴스를 검색해 줘", "web_search"),
    ('Translate "I love you" into Japanese', "translateText"),
    ("'안녕하세요'를 영어로 번역해 줘", "translateText"),
    ("Book a table for two at Noma", "book_table"),
    ("노마에 두 명 자리를 예약해 줘", "book_table"),
    ("How much is the AAPL stock?", "get_stock_price"),
    ("AAPL 주가 알려 줘", "get_stock_price"),
    ("Turn off the light in the kitchen", "set_light"),
    ("거실 불 켜 줘", "set_light"),
    ('Create an event called "Lunch" tomorrow', "create_event"),
    ("내일 점심 일정을 만들어 줘", "create_event"),
    ("Where is my order A-1234?", "get_order_status"),
    ("Set a timer for 5 minutes", "set_timer"),
    ("3분 타이머 맞춰 줘", "set_timer"),
]


@pytest.mark.parametrize(("prompt", "name"), PROMPTS)
def test_the_function_that_does_it_is_asked_for_among_thirteen(prompt, name):
    assert [called for called, _ in asked(prompt, *ALL)] == [name]


@pytest.mark.parametrize(
    "prompt",
    [
        *("Hello! I'm John.", "Do you know my name?", "Thanks a lot!", "Write a haiku about the sea.", "고마워!"),
        *(
            "안녕! 나는 민수야.",
            "내 이름 뭐야?",
            "What does temperature mean?",
            "빵집 슬로건을 만들어 줘",
            "You are stupid",
        ),
        *("", "ㅋㅋㅋ", "asdf qwer", "🦊", "What is a token?", "I like trains."),
    ],
)
def test_what_none_of_them_does_is_answered_in_words(prompt):
    assert asked(prompt, *ALL) == []


def test_who_forbids_functions_gets_none():
    assert asked("Don't use any tools. What time is it in Seoul?", *ALL) == []
    assert asked("함수는 호출하지 말고 서울 시간을 알려 줘", *ALL) == []


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "What time is it in Seoul, what is 12*7, and convert 25 celsius to fahrenheit",
            [
                ("get_current_time", {"city": "Seoul"}),
                ("calculate", {"expression": "12*7"}),
                ("convert_temperature", {"value": 25, "from_unit": "celsius", "to_unit": "fahrenheit"}),
            ],
        ),
        (
            "서울은 지금 몇 시야? 그리고 12 곱하기 7은? 섭씨 25도를 화씨로 바꿔 줘",
            [
                ("get_current_time", {"city": "서울"}),
                ("calculate", {"expression": "12 * 7"}),
                ("convert_temperature", {"value": 25, "from_unit": "celsius", "to_unit": "fahrenheit"}),
            ],
        ),
        ("What's 12 * 7 and 3 + 4?", [("calculate", {"expression": "12 * 7"}), ("calculate", {"expression": "3 + 4"})]),
        ("What time is it in Oslo and Nairobi?", [("get_current_time", {"city": c}) for c in ("Oslo", "Nairobi")]),
        ("서울과 부산 날씨 알려 줘", [("getWeather", {"city": "서울"}), ("getWeather", {"city": "부산"})]),
        ("What are the stock prices of AAPL and MSFT?", [("get_stock_price", {"symbol": s}) for s in ("AAPL", "MSFT")]),
        (
            "What is the weather in London and what time is it there?",
            [("getWeather", {"city": "London"}), ("get_current_time", {"city": "London"})],
        ),
        (
            "Translate 'Good morning' into Korean and French",
            [
                ("translateText", {"text": "Good morning", "target_language": language})
                for language in ("Korean", "French")
            ],
        ),
    ],
)
def test_several_things_are_several_calls_in_the_order_of_the_question(prompt, expected):
    assert asked(prompt, *ALL) == expected
    assert asked(prompt, *ALL, parallel_tool_calls=False) == expected[:1]


def test_a_sum_goes_to_the_function_of_its_sign():
    assert asked("What is 3 * 12? Also, what is 11 + 49?", ADD, MULTIPLY) == [
        ("multiply", {"a": 3, "b": 12}),
        ("add", {"a": 11, "b": 49}),
    ]


def test_one_place_with_its_country_is_one_call():
    assert asked("What's the weather in Paris, France?", WEATHER) == [("getWeather", {"city": "Paris, France"})]
    assert asked("I live in Busan. What's the weather in Seoul?", WEATHER) == [("getWeather", {"city": "Seoul"})]


def test_a_function_named_in_the_prompt_is_meant_whatever_it_is():
    magic = function("magic_function_no_args", "Calculates the magic function.")

    assert asked("What is the value of magic_function_no_args()? Use the tool.", magic) == [(magic["name"], {})]


def test_a_question_for_a_fact_goes_to_a_function_that_searches():
    assert asked("Who won the world cup in 2022?", SEARCH, TIME)[0][0] == "web_search"
    assert asked("Who am I?", SEARCH, TIME) == []


def test_two_values_of_its_lists_and_a_number_name_a_function_that_needs_one():
    units = {"type": "string", "enum": ["meter", "kilometer", "mile"]}
    convert = function("change_length", "Change one to another", value="number", from_unit=units, to_unit=units)
    search = function("search_shop", "Search the products of a shop and get their prices", query="string")

    for prompt in ("How many kilometers are 26 miles?", "26 miles in kilometers, please"):
        (call,) = asked(prompt, search, convert)

        assert call == ("change_length", {"value": 26, "from_unit": "mile", "to_unit": "kilometer"})


@pytest.mark.parametrize(
    "prompt", ["How much do 3 umbrellas cost?", "What is the price of an umbrella?", "우산 얼마예요?"]
)
def test_a_question_for_a_price_is_none_for_the_weather(prompt):
    weather = function("get_weather", "Get the weather in a city", city="string")
    search = function("search_shop", "Search the products of a shop and get their prices", query="string")

    (call,) = asked(prompt, weather, search)

    assert call[0] == "search_shop"


def test_and_in_busan_asks_the_function_of_the_turn_before():
    before = [
        {"role": "user", "content": "What time is it in Seoul?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "c1",
                    "type": "function",
                    "function": {"name": "get_current_time", "arguments": '{"city": "Seoul"}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "14:30"},
        {"role": "assistant", "content": "It is 14:30."},
    ]

    for prompt, city in (("And in Busan?", "Busan"), ("부산은?", "부산")):
        messages = [*before, {"role": "user", "content": prompt}]
        assert asked(prompt, TIME, CALCULATE, messages=messages) == [("get_current_time", {"city": city})]


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "get_current_time"}}])
@pytest.mark.parametrize("prompt", ["Hello! I'm John.", "고마워!", "What is 12*7?"])
def test_a_call_that_has_to_be_made_is_made_whatever_is_asked(choice, prompt):
    offers = [TIME] if isinstance(choice, dict) else [TIME, CALCULATE]

    (name, arguments), *_ = asked(prompt, *offers, tool_choice=choice)

    assert name in {one["name"] for one in offers}
    assert arguments


@settings(max_examples=60)
@given(
    prompt=st.text(max_size=60) | st.sampled_from([prompt for prompt, _ in PROMPTS]),
    names=st.lists(st.from_regex(r"\A[a-zA-Z_]{1,12}\Z"), max_size=4, unique=True),
)
def test_every_task_reaches_the_threshold_and_nothing_raises(prompt, names):
    offers = tuple(Offer(name, "", {}) for name in names)

    found = tasks(prompt, offers)

    assert {task.offer.name for task in found} <= set(names)
    assert all(Weighing(offers).score(task.text, offers.index(task.offer)) >= ENOUGH for task in found[1:])
