"""The catalogue as rows for a reader: a model with its price and what a server said about it. It asks no server.

>>> row = next(row for row in rows() if row.id == "gpt-4")
>>> row.input_price, row.output_price, row.on_server
(Decimal('30'), Decimal('60'), None)
>>> [row.id for row in rows([{"id": "my-model"}]) if row.on_server]
['my-model']
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from playground import models
from playground.language import mark
from playground.models import Model
from playground.pricing import price

MILLION = 1_000_000
_SAMPLE = 1000
"""Tokens that are priced: a million would fall into the dearer tier of long prompts."""


@dataclass(frozen=True)
class Row:
    """A model, by the name that a request gives it. What is unknown is None."""

    id: str
    model: Model | None
    """Its row in the catalogue; None when only the server knows it."""
    input_price: Decimal | None = None
    """Dollars for a million tokens of prompt."""
    output_price: Decimal | None = None
    cached_price: Decimal | None = None
    on_server: bool | None = None
    """Whether the server named it; None when no server was asked."""
    shutdown: str | None = None
    """The shutdown_date that the server told."""
    told: Mapping[str, Any] | None = None
    """All that the server told about it."""


def rows(served: Iterable[Any] | None = None) -> tuple[Row, ...]:
    """List the catalogue in its order, then what only the server names. `served`: the data of its GET /models."""
    told = None if served is None else {str(each["id"]): each for each in served if _named(each)}
    names = [model.id for model in models.MODELS]
    others = [name for name in told or () if models.find(name) is None]
    return tuple(_row(name, told) for name in [*names, *sorted(others)])


def _named(entry: Any) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("id"), str) and bool(entry["id"])


def _row(name: str, told: Mapping[str, Mapping[str, Any]] | None) -> Row:
    model = models.find(name)
    entry = None
    if told is not None:
        # A server may name the snapshot instead of the name that stands for it.
        entry = told.get(name) or (told.get(model.snapshot) if model and model.snapshot else None)
    shutdown = (entry or {}).get("shutdown_date")
    return Row(
        name,
        model,
        *_prices(name),
        on_server=None if told is None else entry is not None,
        shutdown=shutdown if isinstance(shutdown, str) else None,
        told=entry,
    )


@cache
def _prices(name: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Dollars for a million tokens: of prompt, of answer, of prompt from the cache."""
    plain, cached = price(name, _SAMPLE, _SAMPLE), price(name, _SAMPLE, 0, _SAMPLE)
    if plain is None:
        return None, None, None
    each = MILLION // _SAMPLE
    less = cached.input_dollars if cached and cached.input_dollars != plain.input_dollars else None
    return _tidy(plain.input_dollars * each), _tidy(plain.output_dollars * each), _tidy(less * each) if less else None


def _tidy(dollars: Decimal) -> Decimal:
    """Without zeros at the end, and without an exponent."""
    return Decimal(f"{dollars.normalize():f}")


def _lives(row: Row, on: date) -> bool:
    return row.model is not None and not row.model.gone(on)


@dataclass(frozen=True)
class Filter:
    """One way to look at the list."""

    title: str
    """Marked for translation."""
    keeps: Callable[[Row, date], bool]


FILTERS: Mapping[str, Filter] = {
    "all": Filter(mark("All"), lambda row, on: True),
    "course": Filter(mark("The course's table"), lambda row, on: bool(row.model and row.model.course)),
    "living": Filter(mark("Alive at OpenAI"), _lives),
    "chat": Filter(mark("Chat Completions"), lambda row, on: bool(row.model and row.model.chat)),
    "completions": Filter(mark("Completions (legacy)"), lambda row, on: bool(row.model and row.model.completions)),
    "sampling": Filter(
        mark("Takes temperature as it is"),
        lambda row, on: _lives(row, on) and bool(row.model and not row.model.reasons),
    ),
    "ending": Filter(mark("Ends soon"), lambda row, on: _lives(row, on) and bool(row.model and row.model.retires)),
    "server": Filter(mark("On the server"), lambda row, on: bool(row.on_server)),
}
"""Filters in the order of their pills; the last one means something only once a server was asked."""
