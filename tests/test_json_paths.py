"""Paths into JSON: what is written can be read again, and what is left out is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.json_paths import steps, under, without

ways = st.lists(st.text(max_size=6) | st.integers(0, 99), max_size=5)


@given(ways)
def test_every_path_that_is_written_can_be_read_again(way):
    path = ""
    for step in way:
        path = under(path, step)

    assert steps(path) == tuple(way)


@pytest.mark.parametrize("path", ["a..b", "a[", "a b", "[x]", '["open]'])
def test_what_is_no_path_is_said_to_be_none(path):
    with pytest.raises(ValueError, match="is no path"):
        steps(path)


def test_leaving_out_copies_and_changes_nothing_else():
    document = {"a": [{"b": 1, "c": 2}, 3]}

    assert without(document, "a[0].b") == {"a": [{"c": 2}, 3]}
    assert without(document, "a[1]") == {"a": [{"b": 1, "c": 2}]}
    assert document == {"a": [{"b": 1, "c": 2}, 3]}


@pytest.mark.parametrize("path", ["", "x", "a[9]", "a.b", "a[0].b.c", "[0]"])
def test_where_nothing_stands_nothing_changes(path):
    document = {"a": [{"b": 1}]}

    assert without(document, path) == document
