"""The lines of JSON are those of the standard library; lit is what is new, and nothing else."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from components.json_view import ABSENT, _lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def lit(value: Any, previous: Any) -> list[str]:
    return [text.strip() for text, new, _named in _lines(value, previous, frozenset()) if new]


@given(VALUES)
def test_the_lines_are_those_of_json_dumps(value: Any) -> None:
    lines = [text for text, _new, _named in _lines(value, ABSENT, frozenset())]

    assert "\n".join(lines) == json.dumps(value, indent=2, ensure_ascii=False)


@given(VALUES)
def test_nothing_is_lit_when_nothing_changed(value: Any) -> None:
    assert lit(value, value) == []


def test_a_message_that_was_added_is_lit_whole() -> None:
    before = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}
    after = {
        "model": "gpt-4",
        "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
    }

    assert lit(after, before) == ["{", '"role": "assistant",', '"content": "Hello"', "}"]


def test_a_value_that_changed_is_lit_alone() -> None:
    assert lit({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}) == ["2"]


def test_one_and_true_are_different_values_in_json() -> None:
    assert lit({"stream": True}, {"stream": 1}) == ['"stream": true']


def test_named_keys_are_lit_wherever_they_stand() -> None:
    lines = _lines({"usage": {"prompt_tokens": 23, "total_tokens": 34}}, ABSENT, frozenset({"prompt_tokens"}))

    assert [text.strip() for text, _new, named in lines if named] == ['"prompt_tokens": 23,']
