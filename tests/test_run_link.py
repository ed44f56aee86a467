"""A link comes from anybody: what it says is held to the rules for what is typed, and it replaces nothing."""

import json
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.builtin_tools import BUILT_IN
from playground.custom_tools import Told, problems, tool_of
from playground.run_link import LONGEST, OWN, link_params, read_link, read_own

SCHEMA = {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]}
BOOK = Told("find_book", "Find a book", json.dumps(SCHEMA, indent=2), "template", '{"title": "{title}", "at": "책장"}')


def opened(params: dict[str, str] | None) -> dict[str, str]:
    """What a browser makes of a link."""
    return dict(parse_qsl(urlencode(params or {})))


@pytest.mark.parametrize(
    "wanted",
    [
        {
            "question": "날씨 & more?",
            "dialect": "tools",
            "tools": ["calculator"],
            "again": True,
            "max_steps": 10,
            "cap": 0.5,
        },
        {"question": "Hi", "tools": [], "choice": "none", "parallel": "false", "strict": True, "by_get": True},
    ],
)
def test_a_link_brings_the_settings_back(wanted: dict[str, object]) -> None:
    params = link_params(wanted)

    assert params is not None
    assert read_link(params, list(BUILT_IN)) == wanted


def test_a_link_is_never_too_long_and_never_carries_more_than_settings() -> None:
    assert link_params({"question": "가" * 1000}) is None
    assert link_params({"question": "Hi"}, [replace(BOOK, answer="x" * LONGEST)]) is None
    assert read_link({"key": "sk-1", "base_url": "http://evil", "max_steps": "²"}, []) == {}


@pytest.mark.parametrize("steps", ["0", "31", "000300000", "0001" + "5" * 5000, "-1", "1e1"])
def test_a_link_allows_no_more_requests_than_the_page(steps: str) -> None:
    assert read_link({"max_steps": steps}, []) == {}


@pytest.mark.parametrize("cap", ["0", "nan", "inf", "1001", "-1", "1e3", "0." + "1" * 20])
def test_a_link_brings_no_cap_that_is_none(cap: str) -> None:
    assert read_link({"cap": cap}, []) == {}


def test_a_link_carries_no_more_functions_than_one_reads() -> None:
    many = [replace(BOOK, name=f"f{n}", schema="{}", answer="") for n in range(OWN + 1)]

    assert link_params({"question": "Hi"}, many) is None
    assert link_params({"question": "Hi"}, many[1:]) is not None


def test_a_function_of_ones_own_comes_back_as_it_was_described() -> None:
    typed = replace(BOOK, name="ask_me", way="typed", answer="")

    params = opened(link_params({"question": "Hi", "tools": ["find_book", "ask_me"]}, [BOOK, typed]))

    assert read_own(params, [], BUILT_IN) == ([BOOK, typed], [])
    assert len(urlencode(params)) <= LONGEST


def test_a_function_that_is_there_already_is_neither_taken_twice_nor_replaced() -> None:
    params = opened(link_params({"question": "Hi"}, [BOOK]))
    mine = replace(BOOK, answer="mine")

    same = read_own(params, [replace(BOOK, schema=json.dumps(SCHEMA))], BUILT_IN)
    found, left_out = read_own(params, [mine], BUILT_IN)

    assert same == ([], [])
    assert (found, [name for name, _problem in left_out]) == ([], ["find_book"])


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": '{"type": "object", "properties": {"a": {"$ref": "http://evil/s"}}}'},
        {"schema": '{"type": "object", "properties": {"a": {"type": "string", "pattern": "(?=a)"}}}'},
        {"schema": "[" * 1000 + "]" * 1000},
        {"schema": "{"},
        {"name": "calculator"},
        {"name": "<script>"},
        {"description": "x" * 2000},
        {"answer": "{nothing}"},
        {"way": "code"},
        {"function": "import os"},
        {"answer": 3},
    ],
)
def test_a_hostile_function_is_left_out_and_the_sound_one_beside_it_is_taken(changed: dict[str, Any]) -> None:
    own = json.dumps([asdict(BOOK) | changed, asdict(replace(BOOK, name="other"))])

    found, left_out = read_own({"own": own}, [], BUILT_IN)

    assert [told.name for told in found] == ["other"]
    assert len(left_out) == 1


def test_a_link_brings_ten_functions_at_most() -> None:
    own = json.dumps([asdict(replace(BOOK, name=f"book_{number}")) for number in range(50)])

    assert len(read_own({"own": own}, [], BUILT_IN)[0]) == OWN


NAMES = st.sampled_from([*asdict(BOOK), "x"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@given(ANYTHING.map(json.dumps) | st.text(max_size=60))
@settings(deadline=None)
def test_whatever_a_link_says_only_sound_functions_come_of_it(own: str) -> None:
    found, _left_out = read_own({"own": own}, [], BUILT_IN)

    for told in found:
        assert problems(told, BUILT_IN) == ()
        assert tool_of(told).definition["name"] == told.name
