import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.custom_tools import Told, filled, problems, tool_of
from playground.tools import run_tool

SCHEMA = '{"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}'


def told(**changed: Any) -> Told:
    return Told(**({"name": "find_book", "description": "Find a book", "schema": SCHEMA} | changed))


def test_a_sound_description_becomes_a_tool_that_answers_by_its_template() -> None:
    description = told(way="template", answer='{"found": "{title}", "by": {author}}')

    result = run_tool(tool_of(description), "call_1", "find_book", '{"title": "Momo"}')

    assert problems(told()) == ()
    assert result.output == '{"found": "Momo", "by": {author}}'


@pytest.mark.parametrize(
    ("changed", "part", "where", "said"),
    [
        ({"name": ""}, "name", "", "A name has 1 to 64"),
        ({"name": "a b"}, "name", "", "A name has 1 to 64"),
        ({"name": "find_book\n"}, "name", "", "A name has 1 to 64"),
        ({"name": "taken"}, "name", "", "There is a function of this name"),
        ({"schema": '{"type": '}, "schema", "", "line 1, column 10"),
        ({"schema": "[" * 5000}, "schema", "", "too deep"),
        ({"schema": "[]"}, "schema", "", "a schema is a JSON object"),
        ({"schema": '{"type": "object", "required": 1}'}, "schema", "required", "is not of type"),
        ({"schema": '{"type": "object", "$ref": "http://a/b"}'}, "schema", "$ref", "never followed"),
        ({"schema": SCHEMA + " " * 100_000}, "schema", "", "At most 100,000"),
        ({"way": "template", "answer": "{titel}"}, "answer", "{titel}", "no property of this name"),
    ],
)
def test_a_mistake_is_pointed_at(changed: dict[str, Any], part: str, where: str, said: str) -> None:
    found = problems(told(**changed), taken=["taken"])

    assert any(
        ((each.part, each.where) == (part, where) and said in each.said.format(**each.values)) or said in each.where
        for each in found
    ), found


@given(st.text(), st.dictionaries(st.from_regex(r"\w{1,5}", fullmatch=True), st.text() | st.integers(), max_size=3))
def test_a_template_only_fills_its_gaps(template: str, arguments: dict[str, Any]) -> None:
    assert filled(template, {}) == template
    assert isinstance(filled(template, arguments), str)


@pytest.mark.parametrize("template", ["{a.__class__}", "{a[0]}", "{a!r}", "{a:>9999999999}", "{0}", "{}", "{{a", "%s"])
def test_no_format_and_no_attribute_is_ever_read(template: str) -> None:
    assert filled(template, {"a": "x"}) == template


def test_what_stands_in_an_argument_is_not_filled_again() -> None:
    assert filled("{a}", {"a": "{b}", "b": "secret"}) == "{b}"


def test_a_template_can_not_grow_without_end() -> None:
    began = time.perf_counter()

    text = filled("{a}" * 10_000, {"a": "x" * 10_000})

    assert len(text) == 100_000
    assert time.perf_counter() - began < 5


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["typed", "template"]))
def test_any_text_is_a_schema_or_is_refused_in_words(name: str, schema: str, way: Any) -> None:
    found = problems(Told(name, "", schema, way, schema))

    assert all(each.said.format(**each.values) for each in found)
    if not found:
        assert tool_of(Told(name, "", schema, way, schema)).parameters == json.loads(schema)
