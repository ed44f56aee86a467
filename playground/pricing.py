"""Pricing: what a number of tokens costs at a model, and which share of its context window they fill.

Prices are those of the package genai-prices, which works offline; they age with its version. What it doesn't know is
unknown, None, and never 0.

>>> cost = price("gpt-4", input_tokens=1000, output_tokens=100)
>>> cost.dollars, cost.input_dollars, cost.output_dollars
(Decimal('0.036'), Decimal('0.03'), Decimal('0.006'))
>>> price("no such model", 1000) is None, share_of_window("gpt-4", 2048)
(True, 0.25)

price(model, input_tokens, output_tokens=0, cached_tokens=0) -> Cost | None
share_of_window(model, tokens) -> float | None
Cost(model, dollars, input_dollars, output_dollars, source, dated)       prices_source() -> (source, dated)
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import metadata

from playground import models

_PACKAGE = "genai-prices"

_RELEASED = {"0.2.3": date(2026, 11, 10)}
"""Version of the package -> the day it came out, which is how old its prices are at least."""


@dataclass(frozen=True)
class Cost:
    """What tokens cost, in US dollars."""

    model: str
    """The model that the price is listed under."""
    dollars: Decimal
    input_dollars: Decimal
    output_dollars: Decimal
    source: str
    """Where the price is from, with its version."""
    dated: date | None
    """When that version came out; unknown for a version that this playground wasn't made with."""


def price(model: str, input_tokens: int, output_tokens: int = 0, cached_tokens: int = 0) -> Cost | None:
    """Price a call to a model of OpenAI; `cached_tokens` are those of the input that were read from the cache.

    The standard tier, and the last known price of a model that is shut down. None when no price is known.
    """
    # A sixth of a second, which only who asks for a price should wait for.
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens, cache_read_tokens=cached_tokens)
    try:
        found = calc_price(usage, model_ref=model, provider_id="openai")
    except LookupError:
        return None
    source, dated = prices_source()
    return Cost(found.model.id, found.total_price, found.input_price, found.output_price, source, dated)


@cache
def prices_source() -> tuple[str, date | None]:
    """Name where prices are from, and their date.

    >>> prices_source()
    ('genai-prices 0.2.3', datetime.date(2026, 11, 10))
    """
    version = metadata.version(_PACKAGE)
    return f"{_PACKAGE} {version}", _RELEASED.get(version)


def share_of_window(model: str, tokens: int) -> float | None:
    """Say which part of a model's context window tokens fill; more than 1 doesn't fit, None is unknown."""
    known = models.find(model)
    return tokens / known.context_window if known and known.context_window else None
