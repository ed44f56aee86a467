"""What tokens cost: known prices, unknown ones, cached input, and the share of the context window."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import models, pricing
from playground.pricing import price, prices_source, share_of_window

counts = st.integers(0, 100_000)


@given(input_tokens=counts, output_tokens=counts)
def test_input_and_output_add_up(input_tokens: int, output_tokens: int) -> None:
    cost = price("gpt-4o", input_tokens, output_tokens)

    assert cost is not None
    assert cost.dollars == cost.input_dollars + cost.output_dollars
    # $2.50 and $10 a million, the list price that both tables of November 2026 agree on.
    assert cost.input_dollars == Decimal("2.5") * input_tokens / 1_000_000
    assert cost.output_dollars == Decimal(10) * output_tokens / 1_000_000


def test_cached_input_is_cheaper_where_the_model_has_a_price_for_it() -> None:
    full, half_cached = price("gpt-4o", 1000), price("gpt-4o", 1000, cached_tokens=500)

    assert full is not None and half_cached is not None
    assert half_cached.dollars == full.dollars * Decimal("0.75")


def test_the_snapshot_is_priced_as_its_model() -> None:
    cost = price("gpt-4-0613", 1000)

    assert cost is not None
    assert (cost.model, cost.dollars) == ("gpt-4", Decimal("0.03"))


@pytest.mark.parametrize("model", ["", "gpt-9", "my-gpt-4", "gpt-4-banana", "llama3"])
def test_an_unknown_price_stays_unknown(model: str) -> None:
    assert price(model, 1000, 1000) is None


def test_no_model_of_the_catalogue_costs_nothing() -> None:
    priced = [cost for model in models.MODELS if (cost := price(model.id, 1000, 1000))]

    assert len(priced) >= 10
    assert all(cost.dollars > 0 for cost in priced)


def test_a_version_that_is_not_known_here_has_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prices_source() == ("genai-prices 0.2.3", date(2026, 11, 10))

    monkeypatch.setattr(pricing.metadata, "version", lambda package: "9.9")
    # It is read once a process.
    said = prices_source.__wrapped__()

    assert said == ("genai-prices 9.9", None)


def test_the_share_of_the_window_is_unknown_where_the_window_is() -> None:
    windowless = next(model.id for model in models.MODELS if model.context_window is None)

    assert share_of_window("gpt-4", 8192) == 1
    assert share_of_window("gpt-4", 16384) == 2
    assert share_of_window(windowless, 10) is None
    assert share_of_window("no such model", 10) is None


def test_importing_the_module_does_not_import_the_prices() -> None:
    code = "import sys; import playground.pricing; print('genai_prices' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
