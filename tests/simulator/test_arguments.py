"""Arguments out of a prompt: each property gets what its name, format and description ask for, and nothing invented."""

from datetime import date

import pytest

from simulator.argument_filling import Sources, fill
from simulator.conversation import Offer
from tests.simulator.agents import asked, function

MONDAY = date(2026, 11, 23)
BOOK = function(
    "book_table",
    "Reserve a table at a restaurant",
    required=["restaurant", "party_size", "date", "time"],
    restaurant="string",
    party_size="integer",
    date={"type": "string", "description": "YYYY-MM-DD"},
    time="string",
    notes="string",
)
FLIGHT = function(
    "search_flights",
    "Search for flights",
    required=["origin", "destination", "date"],
    origin="string",
    destination="string",
    date={"type": "string", "format": "date"},
    passengers="integer",
    cabin=["economy", "business", "first"],
)
EMAIL = function("send_email", "Send an email", to="string", subject="string", body="string")
LIGHT = function(
    "set_light", "Turn a light on or off", required=["room", "on"], room=["living room", "kitchen"], on="boolean",
    brightness="integer",
)  # fmt: skip
CART = function("add_to_cart", "Add items to the cart", items={"type": "array", "items": {"type": "string"}})
ITEM = {"type": "object", "properties": {"name": {"type": "string"}, "quantity": {"type": "integer"}}}
FOOD = function(
    "place_order", "Order food", items={"type": "array", "items": ITEM | {"required": ["name", "quantity"]}}
)
MONEY = function("convert_currency", "Convert money", amount="number", from_currency="string", to_currency="string")
UNITS = function("convertUnits", "Converts a measurement", value="number", fromUnit="string", toUnit="string")
BUTTONS = function(
    "control_light", "Turn a light on or off and set its brightness", required=["room", "on"],
    room=["kitchen", "bedroom", "living room"], on="boolean", brightness={"type": "integer", "maximum": 100},
    color="string",
)  # fmt: skip
DELIVERY = function(
    "place_order",
    "Place an order in the shop",
    required=["items"],
    items={
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"product": {"type": "string"}, "quantity": {"type": "integer"}},
            "required": ["product", "quantity"],
        },
    },
    address={
        "type": "object",
        "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        "required": ["street", "city"],
    },
)
EVENT = function(
    "create_event", "Create a calendar event", required=["title"], title="string", date="string", start_time="string",
    attendees={"type": "array", "items": {"type": "string"}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "described", "expected"),
    [
        (
            "인천에서 파리 가는 비행기 3월 3일 두 명 이코노미로 찾아줘",
            FLIGHT,
            {"origin": "인천", "destination": "파리", "date": "2027-03-03", "passengers": 2, "cabin": "economy"},
        ),
        (
            "email kim@corp.co.kr that the meeting moved to 4pm, subject 'New time'",
            EMAIL,
            {"to": "kim@corp.co.kr", "subject": "New time", "body": "the meeting moved to 4pm"},
        ),
        ("how much is 250 euros in yen", MONEY, {"amount": 250, "from_currency": "EUR", "to_currency": "JPY"}),
        ("5만원을 달러로", MONEY, {"amount": 50000, "from_currency": "KRW", "to_currency": "USD"}),
        ("거실 불 꺼줘", BUTTONS, {"room": "living room", "on": False}),
        (
            "피자 2판이랑 콜라 3병 주문해줘",
            DELIVERY,
            {"items": [{"product": "피자", "quantity": 2}, {"product": "콜라", "quantity": 3}]},
        ),
        (
            "order 3 caps, to 12 Baker Street, London",
            DELIVERY,
            {"items": [{"product": "caps", "quantity": 3}], "address": {"street": "12 Baker Street", "city": "London"}},
        ),
        (
            "12월 1일 오후 3시에 민수랑 디자인 리뷰 일정 잡아줘",
            EVENT,
            {"title": "디자인 리뷰", "date": "2026-12-01", "start_time": "15:00", "attendees": ["민수"]},
        ),
        (
            "Book a table for 4 at Luigi's on 25 November 2026 at 7pm",
            BOOK,
            {"restaurant": "Luigi's", "party_size": 4, "date": "2026-11-25", "time": "19:00"},
        ),
        (
            "Find flights from Seoul to Tokyo on 2026-12-24 for 2 passengers in business class",
            FLIGHT,
            {"origin": "Seoul", "destination": "Tokyo", "date": "2026-12-24", "passengers": 2, "cabin": "business"},
        ),
        (
            "2026년 12월 24일에 서울에서 도쿄로 가는 비행기를 찾아 줘",
            FLIGHT,
            {"origin": "서울", "destination": "도쿄", "date": "2026-12-24"},
        ),
        (
            'Send an email to bob@example.com with subject "Lunch" saying see you at noon',
            EMAIL,
            {"to": "bob@example.com", "subject": "Lunch", "body": "see you at noon"},
        ),
        (
            "bob@example.com으로 제목은 점심이고 내용은 내일 봐라는 메일을 보내 줘",
            EMAIL,
            {"to": "bob@example.com", "subject": "점심", "body": "내일 봐"},
        ),
        ("Turn off the light in the kitchen", LIGHT, {"room": "kitchen", "on": False}),
        ("거실 불 켜 줘", LIGHT, {"room": "living room", "on": True}),
        (
            "Turn on the kitchen light and set brightness to 40",
            LIGHT,
            {"room": "kitchen", "on": True, "brightness": 40},
        ),
        ("Add apples, pears and plums to my cart", CART, {"items": ["apples", "pears", "plums"]}),
        ("장바구니에 사과, 배, 귤을 담아 줘", CART, {"items": ["사과", "배", "귤"]}),
        (
            "Order 2 pizzas and 3 colas",
            FOOD,
            {"items": [{"name": "pizzas", "quantity": 2}, {"name": "colas", "quantity": 3}]},
        ),
        ("Convert 100 dollars to euros", MONEY, {"amount": 100, "from_currency": "USD", "to_currency": "EUR"}),
        ("100달러를 원으로 환전하면?", MONEY, {"amount": 100, "from_currency": "USD", "to_currency": "KRW"}),
        ("Convert 5.5 km to miles", UNITS, {"value": 5.5, "fromUnit": "km", "toUnit": "miles"}),
        (
            'Create an event called "Team lunch" tomorrow at 12:30 with Mina and Bob',
            EVENT,
            {"title": "Team lunch", "date": "tomorrow", "start_time": "12:30", "attendees": ["Mina", "Bob"]},
        ),
        ('Create an event called "Team lunch"', EVENT, {"title": "Team lunch"}),
    ],
)
def test_each_property_gets_what_it_is_called(prompt, described, expected):
    assert asked(prompt, described) == [(described["name"], expected)]


@pytest.mark.parametrize(
    ("word", "unit"),
    [("celsius", "celsius"), ("섭씨", "celsius"), ("화씨", "fahrenheit"), ("°F", "fahrenheit"), ("metric", "celsius")],
)
def test_a_value_of_an_enum_is_known_by_its_other_names(word, unit):
    described = function("get_reading", "Reads a sensor", unit=["celsius", "fahrenheit"])

    assert filled(described, f"Give me the reading in {word}")["unit"] == unit


def filled(described, text, **results):
    offer = Offer(described["name"], described["description"], described["parameters"])
    return fill(offer, text, Sources(text, results, MONDAY)).arguments


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("서울의", "서울"),
        ("부산에서", "부산"),
        ("도쿄는", "도쿄"),
        ("런던에서는", "런던"),
        ("제주도의", "제주"),
        ("파리에", "파리"),
    ],
)
def test_a_particle_is_no_part_of_a_place(word, place):
    described = function("get_time", "시간을 알려 준다", city="string")

    assert filled(described, f"{word} 지금 몇 시야?")["city"].startswith(place)
    assert not filled(described, f"{word} 지금 몇 시야?")["city"].endswith(("의", "에서", "는", "에"))


def test_a_day_is_written_as_a_date_where_one_is_asked_for():
    exact = function("plan", "Plans a day", day={"type": "string", "format": "date"})
    loose = function("plan", "Plans a day", day="string")

    assert filled(exact, "Plan tomorrow")["day"] == "2026-11-24"
    assert filled(exact, "다음 주 금요일 계획")["day"] == "2026-11-27"
    assert filled(loose, "Plan tomorrow")["day"] == "tomorrow"


def test_what_nobody_has_said_shows():
    described = function(
        "save",
        "Saves a record",
        name="string",
        age="integer",
        colour={"type": "string", "default": "blue"},
        city={"type": "string", "description": "The city, e.g. Busan"},
        phone={"type": ["string", "null"]},
    )

    assert filled(described, "hello") == {"name": "unknown", "age": 0, "colour": "blue", "city": "Busan", "phone": None}


def test_a_result_of_another_function_fills_what_is_called_alike():
    described = function("get_orders", "Lists orders", user_id="integer")

    assert filled(described, "list them", user_id=42) == {"user_id": 42}


def test_nested_objects_and_references_are_filled():
    place = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "zip": {"type": "string"}},
        "required": ["city"],
    }
    described = {
        "name": "ship",
        "description": "Ships a parcel",
        "parameters": {
            "type": "object",
            "$defs": {"Place": place},
            "properties": {"to": {"$ref": "#/$defs/Place"}, "weight_kg": {"type": "number"}},
            "required": ["to", "weight_kg"],
        },
    }

    assert filled(described, "Ship a parcel of 2.5 kg to a friend in Boston") == {
        "to": {"city": "Boston"},
        "weight_kg": 2.5,
    }


@pytest.mark.parametrize(
    ("prompt", "properties", "expected"),
    [
        ("체중 70kg, 키 175cm를 계산해 줘", {"weight": "number", "height": "number"}, {"weight": 70, "height": 175}),
        ("Calculate it with a=2, b=6, and c=-5", {"a": "integer", "b": "integer"}, {"a": 2, "b": 6}),
        ("Calculate it for 50,000 won", {"amount": "integer"}, {"amount": 50000}),
        ("5만원을 계산해 줘", {"amount": "integer"}, {"amount": 50000}),
        ("Calculate a number between 1 and 10", {"min": "integer", "max": "integer"}, {"min": 1, "max": 10}),
        ("3, 5, 8, 12를 계산해 줘", {"n": {"type": "array", "items": {"type": "number"}}}, {"n": [3, 5, 8, 12]}),
        ("주문번호 98765를 계산해 줘", {"order_id": "string"}, {"order_id": "98765"}),
        ("Calculate the size of /tmp/notes.txt", {"path": "string"}, {"path": "/tmp/notes.txt"}),
        ("Calculate the size of https://example.com/a?b=1.", {"url": "string"}, {"url": "https://example.com/a?b=1"}),
        (
            "Calculate it from 3pm to 16:30",
            {"start_time": "string", "end_time": "string"},
            {"start_time": "15:00", "end_time": "16:30"},
        ),
    ],
)  # fmt: skip
def test_numbers_codes_and_addresses_are_read_whole(prompt, properties, expected):
    assert asked(prompt, function("calculate_it", "Calculates something", **properties)) == [("calculate_it", expected)]


def test_an_order_of_its_own_is_a_call_of_its_own():
    calls = asked("turn off the kitchen light and set the bedroom to 40% blue", BUTTONS)

    assert calls == [
        ("control_light", {"room": "kitchen", "on": False}),
        ("control_light", {"room": "bedroom", "on": True, "brightness": 40, "color": "blue"}),
    ]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("키 175cm 몸무게 70kg인데 bmi 계산해줘", {"weight_kg": 70, "height_m": 1.75}),
        ("I weigh 154 pounds and I'm 1.75m tall: bmi?", {"weight_kg": 69.8532, "height_m": 1.75}),
    ],
)
def test_a_number_is_given_in_the_unit_that_its_property_names(prompt, expected):
    bmi = function("calculate_bmi", "Calculate body mass index", weight_kg="number", height_m="number")

    assert asked(prompt, bmi) == [("calculate_bmi", expected)]


@pytest.mark.parametrize(
    ("prompt", "properties", "expected"),
    [
        (
            "show me issue #421 of pallets/flask",
            {"repo": "string", "number": "integer"},
            {"repo": "pallets/flask", "number": 421},
        ),
        ("CJ 운송장 6123-4567-8901 조회해 줘", {"tracking_number": "string"}, {"tracking_number": "6123-4567-8901"}),
        ("삼성전자 주가 얼마야?", {"symbol": "string"}, {"symbol": "삼성전자"}),
        (
            "내일 저녁 7시 반에 미슐랭 식당 예약해줘",
            {"restaurant": "string", "time": "string"},
            {"restaurant": "미슐랭 식당", "time": "19:30"},
        ),
        (
            "remind me to water the plants every day at 8am",
            {"repeat": ["none", "daily", "weekly"]},
            {"repeat": "daily"},
        ),
        (
            "classify: I was charged twice, fix it asap!",
            {"category": ["bug", "billing", "other"], "urgency": ["low", "high"]},
            {"category": "billing", "urgency": "high"},
        ),
        ("classify: where is my hat?", {"category": ["bug", "billing", "other"]}, {"category": "other"}),
    ],
)
def test_what_strangers_offer_is_filled_from_what_strangers_say(prompt, properties, expected):
    described = function("do", "Do it", **properties)
    offer = Offer("do", "Do it", described["parameters"])

    assert fill(offer, prompt, Sources(prompt, today=MONDAY)).arguments == expected


def test_no_quotation_goes_into_two_properties():
    described = function("rename", "Renames a file", old_name="string", new_name="string")

    assert filled(described, 'Rename "a.txt" to "b.txt"') == {"old_name": "a.txt", "new_name": "b.txt"}
