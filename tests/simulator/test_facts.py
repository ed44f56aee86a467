"""What the simulator finds in a text for the fields of a schema, and what it writes where nothing is to be found."""

import json

import pytest

from simulator import facts
from simulator.intents import plan

PROPERTIES = {
    "name": {"type": "string", "description": "The name of the person"},
    "age": {"type": "integer", "description": "The age in years"},
    "city": {"type": "string", "description": "The city where the person lives"},
}


def person(text: str, required=("name", "age", "city"), **changed) -> dict:
    """The arguments of save_person, forced upon the model."""
    schema = {"type": "object", "properties": PROPERTIES | changed, "required": list(required)}
    function = {"name": "save_person", "description": "Save a person who is introduced in a text", "parameters": schema}
    body = {"functions": [function], "function_call": {"name": "save_person"}}
    planned = plan({"messages": [{"role": "user", "content": text}], **body})
    return json.loads(planned.calls[0].arguments[0][1])


@pytest.mark.parametrize(
    ("text", "name", "age", "city"),
    [
        ("I'm John, I'm 28 years old, and I live in Boston.", "John", 28, "Boston"),
        ("My name is Mina Kim. I live in Seoul and I am 31 years old.", "Mina Kim", 31, "Seoul"),
        ("제 이름은 박지수이고 23살이에요. 부산에 살아요.", "박지수", 23, "부산"),
        ("I live in Springfield with 2 cats. Call me Ada. I'm a 40-year-old engineer.", "Ada", 40, "Springfield"),
    ],
)
def test_each_field_is_filled_by_what_it_is_called(text, name, age, city):
    assert person(text) == {"name": name, "age": age, "city": city}


def test_the_fields_come_in_the_order_of_the_schema():
    assert list(person("I live in Boston, I'm 28 years old, and I'm John.")) == ["name", "age", "city"]


def test_a_required_field_that_the_text_lacks_is_made_up_as_real_models_do():
    example = {"type": "string", "description": "The city and state, e.g. Busan"}

    assert person("Hello! I'm John.") == {"name": "John", "age": 0, "city": "unknown"}
    assert person("Hello! I'm John.", city=example)["city"] == "Busan"
    assert person("Hello!")["name"] == "unknown"


def test_a_field_that_is_not_required_is_there_only_when_the_text_says_it():
    text = "I'm John, I'm 28 years old, and I live in Boston."

    assert person("Hello! I'm John.", required=["name"]) == {"name": "John"}
    assert person(text, required=["name"]) == person(text)
    assert person("I'm John. Room 12.", required=["name"]) == {"name": "John"}


@pytest.mark.parametrize("text", ["", "12", "2024 was warm.", "I'm 1000 years old", "21세기"])
def test_a_number_that_is_no_age_is_none(text):
    assert facts.said("age", text) is None
