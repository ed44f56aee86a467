"""What another temperature or top_p would have made of returned log probabilities. It knows only what was returned.

A response names a few of the likeliest tokens at each place, not all of them: what is computed from those is truncated,
and says so. The logits behind returned log probabilities are log probability times the temperature of the request, up
to a constant that the softmax doesn't see.

>>> [round(p, 2) for p in what_if([math.log(0.7), math.log(0.2), math.log(0.1)], temperature=0.5)]
[0.91, 0.07, 0.02]
>>> [round(p, 2) for p in what_if([math.log(0.7), math.log(0.2), math.log(0.1)], top_p=0.85)]
[0.78, 0.22, 0.0]
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

IMPOSSIBLE = -100.0
"""Log probabilities below this are how the API writes "never"; no chart has room for them."""


@dataclass(frozen=True)
class Alternative:
    """A token that might have stood at a place."""

    token: str
    bytes: tuple[int, ...] | None
    """None when the server didn't say."""
    logprob: float

    @property
    def probability(self) -> float:
        """Between 0 and 1."""
        return math.exp(min(0.0, self.logprob))


@dataclass(frozen=True)
class Position:
    """One token of an answer: the one that was drawn, and the likeliest there, the drawn one among them."""

    chosen: Alternative
    top: tuple[Alternative, ...]

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """All that were returned, the likeliest first, each once."""
        known = {(each.token, each.bytes): each for each in (*self.top, self.chosen)}
        return tuple(sorted(known.values(), key=lambda each: -each.logprob))

    @property
    def seen(self) -> float:
        """Share of the whole probability that the returned alternatives have."""
        return min(1.0, sum(each.probability for each in self.alternatives))


def what_if(
    logprobs: Sequence[float], temperature: float = 1.0, top_p: float = 1.0, asked_temperature: float = 1.0
) -> list[float]:
    """Compute the probabilities that other settings would have given to the returned tokens; they sum to 1.

    asked_temperature: that of the request which returned the log probabilities; 0 counts as 1, for at 0 a distribution
    before the choice is what is told.
    """
    return nucleus(softmax([each * (asked_temperature or 1.0) for each in logprobs], temperature), top_p)


def softmax(logits: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Turn logits into probabilities; at temperature 0 the largest has them all, and the first of equals."""
    if not logits:
        return []
    largest = max(logits)
    if temperature <= 0:
        winner = list(logits).index(largest)
        return [float(place == winner) for place in range(len(logits))]
    weights = [math.exp(max(-745.0, (each - largest) / temperature)) for each in logits]
    total = sum(weights)
    return [weight / total for weight in weights]


def nucleus(probabilities: Sequence[float], top_p: float) -> list[float]:
    """Keep the likeliest that together reach top_p, always at least one, and share their weight out anew."""
    if top_p >= 1 or not probabilities:
        return list(probabilities)
    kept, reached = [], 0.0
    for place in sorted(range(len(probabilities)), key=lambda place: -probabilities[place]):
        kept.append(place)
        reached += probabilities[place]
        if reached >= top_p:
            break
    return [each / reached if place in kept else 0.0 for place, each in enumerate(probabilities)]


def perplexity(logprobs: Sequence[float]) -> float | None:
    """How many equally likely tokens an answer chose among, on average; None for no tokens.

    >>> perplexity([math.log(0.25)] * 3)
    4.0
    """
    if not logprobs:
        return None
    mean = sum(max(each, IMPOSSIBLE) for each in logprobs) / len(logprobs)
    return round(math.exp(-mean), 9)


def positions(choice: Mapping[str, Any]) -> tuple[Position, ...]:
    """Read the log probabilities of a choice of Chat Completions; empty when the server sent none that can be read."""
    told = choice.get("logprobs")
    content = told.get("content") if isinstance(told, Mapping) else None
    if not isinstance(content, list):
        return ()
    found = []
    for item in content:
        chosen = _alternative(item)
        if chosen is None:
            return ()
        top = item.get("top_logprobs")
        others = [_alternative(each) for each in top] if isinstance(top, list) else []
        found.append(Position(chosen, tuple(each for each in others if each)))
    return tuple(found)


def _alternative(item: Any) -> Alternative | None:
    if not isinstance(item, Mapping):
        return None
    logprob, data = item.get("logprob"), item.get("bytes")
    if not isinstance(logprob, int | float) or isinstance(logprob, bool) or not math.isfinite(logprob):
        return None
    sound = isinstance(data, list) and all(isinstance(each, int) and 0 <= each < 256 for each in data)
    return Alternative(str(item.get("token", "")), tuple(data) if sound and data else None, float(logprob))
