"""The sampler: from the logits of the next token to one token. It knows no text, no model, and keeps no state.

The order: logit_bias and the penalties change the logits, temperature divides them, top_p cuts what is left.
The penalties are OpenAI's formula: logit - count * frequency_penalty - (1 if count > 0) * presence_penalty.

>>> logits = np.log(np.array([0.7, 0.2, 0.1]))
>>> [round(float(p), 2) for p in probabilities(logits, Sampling(temperature=0.5))]
[0.91, 0.07, 0.02]
>>> [round(float(p), 2) for p in probabilities(logits, Sampling(top_p=0.85))]
[0.78, 0.22, 0.0]
>>> [float(p) for p in probabilities(logits, Sampling(temperature=0))]
[1.0, 0.0, 0.0]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
"""One number for each token of a vocabulary."""


@dataclass(frozen=True)
class Sampling:
    """How to choose; the defaults are the API's."""

    temperature: float = 1.0
    top_p: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0


def requested(body: Mapping[str, Any]) -> Sampling:
    """Read the sampling parameters of a request; null is the default."""
    set_ = {name: body[name] for name in Sampling.__dataclass_fields__ if body.get(name) is not None}
    return Sampling(**{name: float(value) for name, value in set_.items()})


def penalised(logits: Vector, counts: Vector, bias: Vector, sampling: Sampling) -> Vector:
    """Apply logit_bias and both penalties; counts says how often each token has been chosen so far.

    >>> penalised(np.zeros(3), np.array([0.0, 1.0, 2.0]), np.zeros(3), Sampling(frequency_penalty=1)).tolist()
    [0.0, -1.0, -2.0]
    """
    repeated = counts > 0
    return logits + bias - sampling.frequency_penalty * counts - sampling.presence_penalty * repeated


def probabilities(logits: Vector, sampling: Sampling) -> Vector:
    """Turn logits into the probabilities that are drawn from. At temperature 0 the likeliest token has them all."""
    if sampling.temperature <= 0:
        certain = np.zeros_like(logits)
        certain[int(np.argmax(logits))] = 1.0
        return certain
    # The largest is taken off first, so that a temperature near 0 makes no number too large.
    with np.errstate(over="ignore"):
        weights = np.exp((logits - logits.max()) / sampling.temperature)
    return _nucleus(weights / weights.sum(), sampling.top_p)


def draw(distribution: Vector, random: Random) -> int:
    """Draw the index of a token, with one number from the random generator."""
    return climb(np.cumsum(distribution), int(np.argmax(distribution)), random.random())


def climb(ladder: Vector, likeliest: int, number: float) -> int:
    """Draw from probabilities that have been added up; the likeliest stands in where rounding leaves no token."""
    step = int(np.searchsorted(ladder, number * ladder[-1], side="right"))
    if step < len(ladder) and ladder[step] > (ladder[step - 1] if step else 0.0):
        return step
    return likeliest


def entropy(distribution: Vector) -> float:
    """Measure how open a choice is, in bits: 0 when it is certain.

    >>> entropy(np.array([0.5, 0.25, 0.25]))
    1.5
    """
    positive = distribution[distribution > 0]
    return float(-(positive * np.log2(positive)).sum()) + 0.0


def _nucleus(distribution: Vector, top_p: float) -> Vector:
    """Keep the likeliest tokens that together reach top_p, always at least one."""
    if top_p >= 1:
        return distribution
    # Stable: among equals the first stays first, so that a smaller top_p keeps part of what a larger one keeps.
    order = np.argsort(-distribution, kind="stable")
    before = np.cumsum(distribution[order]) - distribution[order]
    kept = order[before < top_p] if top_p > 0 else order[:1]
    nucleus: Vector = np.zeros_like(distribution)
    nucleus[kept] = distribution[kept]
    nucleus /= nucleus.sum()
    return nucleus
