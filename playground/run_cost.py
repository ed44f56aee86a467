"""What a run took: time, tokens and dollars of each step and of all. What nobody knows stays unknown, never 0.

>>> total([]).tokens, dollars([]) is None
(None, True)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from playground.exchange import Exchange
from playground.loop import Step
from playground.pricing import price


@dataclass(frozen=True)
class Taken:
    """What a step took, or several."""

    model_ms: float
    """Until the answers were there."""
    functions_ms: float
    prompt_tokens: int | None
    """None where a server did not say."""
    completion_tokens: int | None
    dollars: Decimal | None
    """By the list price; None where no price is known."""
    simulated: bool = False

    @property
    def tokens(self) -> int | None:
        """Prompt and completion together."""
        if self.prompt_tokens is None or self.completion_tokens is None:
            return None
        return self.prompt_tokens + self.completion_tokens


def of_step(step: Step) -> Taken:
    """Say what one step took."""
    usage = step.exchange.usage
    return Taken(
        step.exchange.duration_ms,
        sum(result.duration_ms for result in step.results),
        usage.prompt_tokens if usage else None,
        usage.completion_tokens if usage else None,
        of_exchange(step.exchange),
        step.exchange.simulated,
    )


def total(steps: Sequence[Step]) -> Taken:
    """Say what all steps took together; one unknown makes a sum unknown. A refused request costs nothing."""
    each = [of_step(step) for step in steps]
    paid = [taken for step, taken in zip(steps, each, strict=True) if step.exchange.ok]
    prompts = [taken.prompt_tokens for taken in paid]
    completions = [taken.completion_tokens for taken in paid]
    return Taken(
        sum(taken.model_ms for taken in each),
        sum(taken.functions_ms for taken in each),
        None if None in prompts or not paid else sum(filter(None, prompts)),
        None if None in completions or not paid else sum(filter(None, completions)),
        _sum([taken.dollars for taken in paid]),
        any(taken.simulated for taken in each),
    )


def dollars(steps: Sequence[Step]) -> Decimal | None:
    """Say what the steps cost together by the list price."""
    return _sum([of_exchange(step.exchange) for step in steps if step.exchange.ok])


def of_exchange(exchange: Exchange) -> Decimal | None:
    """Price one exchange; None where it reports no usage, or no price is known."""
    if exchange.usage is None:
        return None
    model = str(exchange.request.get("model") or "")
    usage = exchange.usage
    cost = price(model, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)
    return cost.dollars if cost else None


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if amounts and len(known) == len(amounts) else None
