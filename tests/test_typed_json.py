"""Typed JSON is read as it is meant, or refused with what is wrong and where; nothing else is raised."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import NotTheJson
from playground.typed_json import read

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(values)
def test_what_json_writes_is_read_back(value: Any) -> None:
    assert read(json.dumps(value)) == value


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read(text)
    except NotTheJson as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"temperature": -Infinity}'])
def test_a_number_that_json_does_not_have_is_named(text: str) -> None:
    with pytest.raises(NotTheJson, match=r"JSON has no (NaN|-?Infinity)\."):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1"),
        ('{"a": 1,\n "b" 2}', "line 2, column 6"),
        ("[" * 100 + "]" * 100, "too deep"),
        ("[" * 100_000, "too deep"),
        ("9" * 5000, "too long"),
        ("[1e999]", "too long"),
        ('"\\ud83d"', "half a character"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotTheJson, match=said):
        read(text)


@pytest.mark.parametrize(("text", "shape"), [("[1]", dict), ('{"a": 1}', list), ("3", dict)])
def test_another_shape_is_refused(text: str, shape: type) -> None:
    with pytest.raises(NotTheJson, match="is wanted here"):
        read(text, shape)
