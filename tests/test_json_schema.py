import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.json_schema import faults, misfits
from playground.tools import GET_CURRENT_WEATHER

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=12,
)
keywords = st.sampled_from(
    [
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "pattern",
        "$ref",
        "anyOf",
        "not",
        "$defs",
        "minimum",
        "multipleOf",
    ]
)
schemas = st.recursive(
    st.sampled_from([{}, {"type": "string"}, {"$ref": "#"}, {"$ref": "#/properties/a"}, {"pattern": "(a+)+$"}]),
    lambda children: (
        st.dictionaries(keywords, children | json_values, max_size=3)
        | st.fixed_dictionaries({"properties": st.dictionaries(st.sampled_from("abc"), children)})
    ),
    max_leaves=8,
)


def of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object"}
    for _ in range(levels):
        schema = of(a=schema)
    return schema


def doubled(times: int) -> dict[str, Any]:
    """A schema of a few lines that is followed 2 to the power of `times` times."""
    defs: dict[str, Any] = {"d0": {"type": "object"}}
    for n in range(times):
        defs[f"d{n + 1}"] = {"allOf": [{"$ref": f"#/$defs/d{n}"}] * 2}
    return {"type": "object", "$defs": defs, "$ref": f"#/$defs/d{times}"}


def said(schema: Any) -> list[str]:
    return [str(fault) for fault in faults(schema)]


@given(schemas | json_values, json_values)
def test_any_schema_and_any_value_are_answered_in_time(schema: Any, value: Any) -> None:
    began = time.perf_counter()

    if not faults(schema):
        misfits(value, schema)

    assert time.perf_counter() - began < 10


@given(json_values)
def test_a_value_fits_the_schema_that_names_it_and_not_the_one_that_names_another(value: Any) -> None:
    assert misfits(value, {"const": value}) == ()
    assert [misfit.keyword for misfit in misfits(value, {"not": {}})] == ["not"]


def test_the_course_s_schema_is_sound() -> None:
    assert faults(GET_CURRENT_WEATHER.parameters) == ()


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (3, "a schema is a JSON object"),
        ({"type": "array"}, "type: the parameters of a function are an object"),
        (of(a={"type": "text"}), "properties.a.type: 'text' is not valid"),
        (of(a={"enum": []}) | {"required": "a"}, "required: 'a' is not of type 'array'"),
        (of(a={"$ref": "http://example.com/s.json"}), "properties.a.$ref: a reference out of this schema"),
        (of(a={"$ref": "file:///etc/passwd"}), "properties.a.$ref: a reference out of this schema"),
        (of(a={"$ref": "#/$defs/b"}), "properties.a.$ref: it refers to nothing: #/$defs/b"),
        (of(a={"$ref": "#b"}), "properties.a.$ref: it refers to nothing"),
        (of(a={"type": "string", "pattern": "(?=a)b"}), "properties.a.pattern: this pattern can't be run"),
        (of(a={"type": "string", "pattern": r"(a)\1"}), "properties.a.pattern: this pattern can't be run"),
        ({"type": "object", "patternProperties": {"(a+)+$": {}}}, "patternProperties: this keyword can't be used"),
        (nested(1000), "nested deeper than 40 levels"),
        ({"type": "object", "allOf": [{"$ref": "#"}]}, "the references run in circles"),
        (doubled(40), "the references run in circles"),
        ({"type": "object", "enum": [1] * 30_000}, "more than 20000 values"),
    ],
)
def test_a_hostile_or_broken_schema_is_refused_with_its_place(schema: Any, fault: str) -> None:
    began = time.perf_counter()

    found = said(schema)

    assert any(fault in each for each in found)
    assert time.perf_counter() - began < 10


def test_a_property_may_be_called_like_a_keyword() -> None:
    assert said(of(pattern={"type": "string"}, **{"$ref": {"type": "string"}})) == []
    assert said(of(a={"default": {"$ref": "http://example.com"}})) == []


def test_a_catastrophic_pattern_takes_no_time() -> None:
    schema = of(a={"type": "string", "pattern": "^(a+)+$"})
    began = time.perf_counter()

    (misfit,) = misfits({"a": "a" * 50_000 + "b"}, schema)

    assert (faults(schema), misfit.where, misfit.keyword) == ((), "a", "pattern")
    assert time.perf_counter() - began < 2


def test_a_schema_may_refer_to_itself_as_a_tree_does() -> None:
    tree = of(name={"type": "string"}, children={"type": "array", "items": {"$ref": "#"}})
    value = {"name": "a", "children": [{"name": "b", "children": [{"name": 3}]}]}

    assert faults(tree) == ()
    assert [misfit.where for misfit in misfits(value, tree)] == ["children[0].children[0].name"]


def test_circles_that_only_a_value_enters_are_told_and_do_not_hang() -> None:
    schema = of(a={"allOf": [{"$ref": "#/properties/a"}]})

    assert faults(schema) == ()
    assert [misfit.keyword for misfit in misfits({"a": 1}, schema)] == ["$ref"]


def test_numbers_too_large_to_be_divided_are_told() -> None:
    found = misfits({"a": 1e308}, of(a={"multipleOf": 1e-308}))

    assert [misfit.keyword for misfit in found] in ([], ["multipleOf"])


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("urllib.request.urlopen", lambda *args, **more: asked.append(args))

    found = misfits({"a": 1}, of(a={"$ref": "http://example.com/s.json"}))

    assert [misfit.keyword for misfit in found] == ["$ref"]
    assert asked == []


def test_arguments_of_a_megabyte_are_checked_in_time() -> None:
    value = json.loads(json.dumps({"names": [f"name {n}" for n in range(60_000)]}))
    began = time.perf_counter()

    found = misfits(value, of(names={"type": "array", "items": {"type": "string"}}))

    assert found == ()
    assert time.perf_counter() - began < 5
