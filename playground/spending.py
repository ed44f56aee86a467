"""Spending: a cap in dollars that no request may break. It knows prices from pricing.py and sends nothing.

Before a request leaves, what it may cost at most is reserved: its prompt and the largest output it allows. When the
answer tells its usage, the reservation becomes the real cost; a stream that was stopped keeps it, for what the API
bills then is not known. With a cap an unknown price is refused. It is never taken for 0.

>>> purse = Purse({}, cap=Decimal("0.01"))
>>> body = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 100}
>>> purse.reserve("first", body), purse.reserved
(None, Decimal('0.00624'))
>>> purse.reserve("second", body)
Refusal(reason='cap', needed=Decimal('0.00624'), left=Decimal('0.00376'))
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from playground import models
from playground.exchange import Exchange
from playground.ledger import count_prompt
from playground.messages import Body
from playground.pricing import price

Reason = Literal["cap", "price", "output"]
"""cap: it may cost more than is left. price: the model has no known price. output: nothing says how long an answer may
get, neither the request nor the catalogue."""


@dataclass(frozen=True)
class Refusal:
    """Why a request may not leave."""

    reason: Reason
    needed: Decimal | None = None
    """What it may cost at most, in dollars; None when that is unknown."""
    left: Decimal | None = None


class Purse:
    """What a session has spent and reserved. It lives in a plain dict that the session keeps."""

    def __init__(self, memory: dict[str, Any], cap: Decimal | None) -> None:
        self._memory = memory
        self.cap = cap

    @property
    def spent(self) -> Decimal:
        """Dollars of the answers whose usage is known."""
        return sum(map(Decimal, self._of("settled").values()), Decimal(0))

    @property
    def reserved(self) -> Decimal:
        """Dollars that are held for requests that are under way or were stopped."""
        return sum(map(Decimal, self._of("held").values()), Decimal(0))

    @property
    def left(self) -> Decimal | None:
        """Dollars until the cap; None without one."""
        return None if self.cap is None else self.cap - self.spent - self.reserved

    def reserve(self, name: str, body: Body) -> Refusal | None:
        """Hold what a request may cost at most, under a name of its own; answers why it may not leave, if so."""
        most = most_output(body)
        cost = None if most is None else price(str(body.get("model")), count_prompt(body).total, most)
        left = self.left
        if left is not None:
            if cost is None:
                priced = price(str(body.get("model")), 1) is not None
                return Refusal("output" if priced else "price", None, left)
            if cost.dollars > left:
                return Refusal("cap", cost.dollars, left)
        if cost is not None:
            self._of("held")[name] = str(cost.dollars)
        return None

    def settle(self, name: str, exchange: Exchange) -> None:
        """Replace a reservation by what the answer cost; without its usage the reservation stays.

        What the API refused, or never got, costs nothing.
        """
        usage = exchange.usage
        if usage is not None:
            # A server may name its answer's model in its own way; then what was reserved for counts.
            named = (str(told.get("model")) for told in (exchange.response, exchange.request))
            counts = usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens
            cost = next(filter(None, (price(model, *counts) for model in named)), None)
            if cost is not None:
                self._of("held").pop(name, None)
                self._of("settled")[name] = str(cost.dollars)
        elif (exchange.status is None and exchange.outcome == "failed") or (exchange.status or 0) >= 400:
            self._of("held").pop(name, None)

    def _of(self, kind: str) -> dict[str, str]:
        held: dict[str, str] = self._memory.setdefault(kind, {})
        return held


def most_output(body: Mapping[str, Any]) -> int | None:
    """The most completion tokens that a request can be billed for, all its choices together; None when unknown.

    >>> most_output({"model": "gpt-4", "max_tokens": 16, "n": 3}), most_output({"model": "no such model"})
    (48, None)
    """
    choices = body.get("n")
    times = choices if isinstance(choices, int) and choices > 0 else 1
    for name in ("max_completion_tokens", "max_tokens"):
        limit = body.get(name)
        if isinstance(limit, int) and limit > 0:
            return times * limit
    model = models.find(str(body.get("model")))
    largest = (model.max_output or model.context_window) if model else None
    return None if largest is None else times * largest
