"""Typed JSON is read as it is meant, or refused with what is wrong and where; nothing else is raised."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import NotTheJson
from playground.typed_json import BESIDE, FAULTS, parse, pointed, read

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
        ("", "line 1, column 1. A value is missing there"),
        ('{"a": 1,\n "b" 2}', "line 2, column 6. A colon is missing"),
        ("{'a': 1}", "column 2. A name in double quotes"),
        ('{"a": 1 "b": 2}', "column 9. A comma is missing"),
        ('{"a": 1}}', "column 9. The JSON ends before it"),
        ('{"a": "1}', "column 7. The text that begins there"),
        ('{"a": "1\n"}', r"column 9. In a text, write a line break as \\n"),
        (r'{"a": "C:\dir"}', "column 10. In a text, write a backslash twice"),
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


@given(st.text(alphabet='{}[]",:\\nu1e.- \n\x01', max_size=12))
def test_every_fault_says_what_to_do(text: str) -> None:
    try:
        read(text)
    except NotTheJson as error:
        assert error.message in FAULTS.values() or "line" not in error.values


def test_a_fault_in_a_part_of_a_file_is_told_with_the_line_of_the_file() -> None:
    with pytest.raises(NotTheJson, match="line 7, column 1"):
        parse("{\n{", above=5)


def test_of_a_long_line_only_what_is_beside_the_fault_is_shown() -> None:
    faulty = "[" + "1, " * 1000 + "2 3" + ", 4" * 1000 + "]"
    column = faulty.index("3") + 1

    line, sign = pointed("[\n" + faulty, 2, column).split("\n")

    assert len(line) == 2 * BESIDE
    assert line[sign.index("^")] == "3"


def test_the_sign_stands_under_the_fault_behind_hangul_and_tabs_too() -> None:
    faulty = '\t{"이름": "민수", "나이": }'

    _line, sign = pointed(faulty, 1, len(faulty)).split("\n")

    assert sign == "\t" + "  \u3000\u3000    \u3000\u3000    \u3000\u3000   " + "^"


@pytest.mark.parametrize(("text", "shape"), [("[1]", dict), ('{"a": 1}', list), ("3", dict)])
def test_another_shape_is_refused(text: str, shape: type) -> None:
    with pytest.raises(NotTheJson, match="is wanted here"):
        read(text, shape)
