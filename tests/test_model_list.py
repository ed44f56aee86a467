"""The list of models: prices by the asked name, unknown stays unknown, what a server says is merged in, filters."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import models
from playground.model_list import FILTERS, rows

TODAY = date(2026, 11, 23)


def by_id(served: Any = None) -> dict[str, Any]:
    return {row.id: row for row in rows(served)}


@pytest.mark.parametrize(
    ("name", "prices"),
    [
        ("gpt-4", ("30", "60", None)),
        ("gpt-6-luna", ("0.1", "0.5", "0.01")),
        ("gpt-4o-mini", ("0.15", "0.6", "0.075")),
        ("gpt-6.1-terra", ("1", "5", "0.05")),
    ],
)
def test_prices_are_for_a_million_tokens_below_the_tier_of_long_prompts(name: str, prices: tuple[Any, ...]) -> None:
    row = by_id()[name]

    assert (row.input_price, row.output_price, row.cached_price) == tuple(each and Decimal(each) for each in prices)


def test_a_price_that_nobody_knows_is_unknown_and_not_0() -> None:
    row = by_id()["gpt-6.2-sol"]

    assert (row.input_price, row.output_price, row.cached_price) == (None, None, None)


def test_without_a_server_nothing_is_said_about_one() -> None:
    assert {row.on_server for row in rows()} == {None}
    assert [row.id for row in rows()] == [model.id for model in models.MODELS]


def test_a_server_s_list_marks_what_it_has_and_adds_what_only_it_has() -> None:
    served = [{"id": "gpt-4o", "shutdown_date": "2027-01-14"}, {"id": "gpt-4-0613"}, {"id": "zeta"}, {"id": "alpha"}]

    found = by_id(served)

    assert found["gpt-4o"].on_server
    assert found["gpt-4o"].shutdown == "2027-01-14"
    assert found["gpt-4"].on_server, "the snapshot stands for it"
    assert not found["gpt-6-luna"].on_server
    assert [row.id for row in rows(served)][-2:] == ["alpha", "zeta"]
    assert found["zeta"].model is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "shutdown_date", "x"]), inner),
    max_leaves=10,
)


@given(st.lists(json_values))
def test_whatever_a_server_sends_the_catalogue_stays_whole(served: list[Any]) -> None:
    names = [row.id for row in rows(served)]

    assert names[: len(models.MODELS)] == [model.id for model in models.MODELS]
    assert len(names) == len(set(names))


def test_the_course_s_table_is_one_filter() -> None:
    kept = {row.id for row in rows() if FILTERS["course"].keeps(row, TODAY)}

    assert kept == {model.id for model in models.MODELS if model.course}
    assert len(kept) == 9


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "server"])
def test_every_filter_keeps_something(name: str) -> None:
    assert any(FILTERS[name].keeps(row, TODAY) for row in rows())


def test_what_lives_is_what_the_catalogue_says_lives() -> None:
    kept = {row.id for row in rows() if FILTERS["living"].keeps(row, TODAY)}

    assert kept == {model.id for model in models.living(TODAY)}


def test_the_filter_of_the_server_keeps_what_it_named() -> None:
    kept = [row.id for row in rows([{"id": "gpt-4"}]) if FILTERS["server"].keeps(row, TODAY)]

    assert kept == ["gpt-4"]
