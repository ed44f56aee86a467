"""Dollars in words: real ones, those that a simulated answer would have cost, and those that nobody knows.

What nobody knows is said, and never 0.
"""

from decimal import Decimal

from components.wording import _
from playground.pricing import Cost, prices_source


def dollars(amount: Decimal) -> str:
    """An amount with two digits that say something.

    >>> dollars(Decimal("0.0014400")), dollars(Decimal("12.5")), dollars(Decimal(0)), dollars(Decimal("0.10"))
    ('\\\\$0.0014', '\\\\$12.50', '\\\\$0', '\\\\$0.10')
    """
    if not amount:
        return "\\$0"
    # The sign would begin a formula in Streamlit's Markdown.
    places = max(2, 1 - amount.adjusted())
    return f"\\${amount:.{places}f}"


def said(cost: Cost | None, simulated: bool) -> str:
    """What something costs; of a simulated answer what it would cost."""
    if cost is None:
        return _("simulated, \\$0 (no known price)") if simulated else _("no known price")
    amount = dollars(cost.dollars)
    return _("\\$0 (would be {dollars})").format(dollars=amount) if simulated else amount


def source() -> str:
    """Where the prices are from, and how old they are."""
    name, dated = prices_source()
    if dated is None:
        return _("Prices: {source}, of an unknown day; the standard tier.").format(source=name)
    return _("Prices: {source} of {day}; the standard tier, and of a model that is gone the last one.").format(
        source=name, day=dated
    )
