"""Functions for a model to ask for: harmless ones, that read no file and no network. The course's stands in tools.py.

>>> BUILT_IN["calculator"].function(expression="2**10")
'{"expression": "2**10", "result": 1024}'
>>> list(BUILT_IN)[:3]
['get_current_weather', 'celsius_to_fahrenheit', 'calculator']
"""

import json
import random
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from playground.arithmetic import calculate
from playground.function_tools import tool_from_function
from playground.tools import GET_CURRENT_WEATHER, Tool

Unit = Literal["meter", "kilometer", "mile", "foot", "kilogram", "pound", "liter", "gallon"]

SIZES = {
    "meter": ("length", 1.0),
    "kilometer": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "foot": ("length", 0.3048),
    "kilogram": ("mass", 1.0),
    "pound": ("mass", 0.45359237),
    "liter": ("volume", 1.0),
    "gallon": ("volume", 3.785411784),
}
"""Unit -> what it measures, and how many of the first unit of that kind it is."""

CITIES = {
    "Asia/Seoul": (
        "서울",
        "부산",
        "대구",
        "인천",
        "광주",
        "대전",
        "제주",
        "한국",
        "busan",
        "jeju",
        "korea",
        "south_korea",
    ),
    "Asia/Tokyo": ("도쿄", "동경", "오사카", "교토", "일본", "osaka", "kyoto"),
    "Asia/Shanghai": ("베이징", "북경", "상하이", "중국", "beijing", "china"),
    "Asia/Hong_Kong": ("홍콩",),
    "Asia/Taipei": ("타이베이", "대만", "taiwan"),
    "Asia/Singapore": ("싱가포르",),
    "Asia/Bangkok": ("방콕", "태국"),
    "Asia/Ho_Chi_Minh": ("하노이", "호찌민", "베트남", "hanoi"),
    "Asia/Kolkata": ("델리", "뭄바이", "인도", "delhi", "mumbai"),
    "Asia/Dubai": ("두바이",),
    "Europe/London": ("런던", "영국", "england"),
    "Europe/Paris": ("파리", "프랑스", "france"),
    "Europe/Berlin": ("베를린", "뮌헨", "독일", "munich", "germany"),
    "Europe/Madrid": ("마드리드", "바르셀로나", "barcelona"),
    "Europe/Rome": ("로마", "밀라노", "milan"),
    "Europe/Moscow": ("모스크바",),
    "America/New_York": ("뉴욕", "워싱턴", "보스턴", "washington", "boston"),
    "America/Chicago": ("시카고",),
    "America/Los_Angeles": ("로스앤젤레스", "샌프란시스코", "시애틀", "san_francisco", "seattle"),
    "Australia/Sydney": ("시드니",),
}
"""Time zone -> names of places in it that the zone's own name doesn't have: in Korean, and cities without a zone."""

PRODUCTS = (
    {"id": "B-101", "name": "umbrella", "name_ko": "우산", "category": "outdoor", "price": 18.5, "stock": 12},
    {"id": "B-102", "name": "rain coat", "name_ko": "우비", "category": "outdoor", "price": 42.0, "stock": 3},
    {"id": "B-103", "name": "sun hat", "name_ko": "모자", "category": "outdoor", "price": 15.0, "stock": 0},
    {"id": "D-201", "name": "desk lamp", "name_ko": "스탠드", "category": "office", "price": 29.9, "stock": 8},
    {"id": "D-202", "name": "notebook", "name_ko": "공책", "category": "office", "price": 4.2, "stock": 140},
    {"id": "D-203", "name": "keyboard", "name_ko": "키보드", "category": "office", "price": 59.0, "stock": 5},
    {"id": "K-301", "name": "teapot", "name_ko": "찻주전자", "category": "kitchen", "price": 24.0, "stock": 7},
    {"id": "K-302", "name": "rice bowl", "name_ko": "밥그릇", "category": "kitchen", "price": 6.8, "stock": 31},
)


def celsius_to_fahrenheit(celsius: float) -> str:
    """Convert a temperature from Celsius to Fahrenheit.

    Args:
        celsius: The temperature in degrees Celsius
    """
    return json.dumps({"celsius": celsius, "fahrenheit": round(celsius * 9 / 5 + 32, 1)})


def calculator(expression: str) -> str:
    """Calculate an arithmetic expression.

    Args:
        expression: Numbers and + - * / // % ** ( ), e.g. 12 * (3 + 4)
    """
    return json.dumps({"expression": expression, "result": calculate(expression)}, ensure_ascii=False)


def get_current_time(location: str) -> str:
    """Get the current time and date in a city or a time zone.

    Args:
        location: The city or the time zone, e.g. Seoul or Asia/Seoul
    """
    wanted = location.split(",")[0].strip().replace(" ", "_").lower()
    zones = sorted(available_timezones())
    zone = next((name for name in zones if wanted in (name.lower(), name.lower().rpartition("/")[2])), None)
    zone = zone or next((name for name, places in CITIES.items() if wanted in places), None)
    if zone is None:
        raise ValueError(f"there is no time zone for {location[:60]!r}; one is Asia/Seoul")
    now = datetime.now(ZoneInfo(zone))
    return json.dumps({"location": location, "zone": zone, "date": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"})


def convert_units(value: float, from_unit: Unit, to_unit: Unit) -> str:
    """Convert a length, a mass or a volume from one unit to another.

    Args:
        value: The number to convert
        from_unit: The unit that it is in
        to_unit: The unit that is wanted
    """
    (kind, size), (wanted, other) = SIZES[from_unit], SIZES[to_unit]
    if kind != wanted:
        raise ValueError(f"{from_unit} is a {kind}, {to_unit} is a {wanted}")
    return json.dumps({"value": value, "unit": from_unit, "result": round(value * size / other, 6), "in": to_unit})


def search_catalogue(query: str, max_price: float | None = None) -> str:
    """Search the products of a small shop and get their prices in dollars.

    Args:
        query: A product or a category, e.g. umbrella
        max_price: Only products that cost at most so many dollars
    """
    words = {word.strip("?!.,").rstrip("s") for word in query.lower().split()}
    found = [
        product
        for product in PRODUCTS
        if (words & set(f"{product['name']} {product['category']}".split()) or str(product["name_ko"]) in query)
        and (max_price is None or float(str(product["price"])) <= max_price)
    ]
    return json.dumps({"query": query, "products": found}, ensure_ascii=False)


def roll_dice(count: int = 1, sides: int = 6, seed: int = 1) -> str:
    """Roll dice. The same seed rolls the same numbers.

    Args:
        count: How many dice, 1 to 100
        sides: How many sides each has, 2 to 1000
        seed: Where the random numbers begin
    """
    if not (1 <= count <= 100 and 2 <= sides <= 1000):
        raise ValueError("1 to 100 dice with 2 to 1000 sides can be rolled")
    rolls = random.Random(seed).choices(range(1, sides + 1), k=count)
    return json.dumps({"rolls": rolls, "sum": sum(rolls)})


_FUNCTIONS = (celsius_to_fahrenheit, calculator, get_current_time, convert_units, search_catalogue, roll_dice)

BUILT_IN: Mapping[str, Tool] = {
    tool.name: tool for tool in (GET_CURRENT_WEATHER, *(tool_from_function(each) for each in _FUNCTIONS))
}
"""Name -> function, the course's first."""
