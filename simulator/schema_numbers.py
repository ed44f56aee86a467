"""Numbers within the limits of a schema: whether one keeps to them, and one that does. It knows no other keyword.

>>> [number_within(one, True) for one in ({"exclusiveMinimum": 2, "multipleOf": 5}, {"minimum": 3, "maximum": 2})]
[5, None]
"""

import math
from collections.abc import Iterator
from fractions import Fraction

from playground.strict import LARGEST, Schema


def fits_number(number: float, schema: Schema, whole: bool) -> bool:
    """Say whether a number keeps to a schema's limits."""
    low, high, step = schema.get("minimum"), schema.get("maximum"), schema.get("multipleOf")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    return (
        -LARGEST <= number <= LARGEST
        and (not whole or number % 1 == 0)
        and (low is None or number >= low)
        and (high is None or number <= high)
        and (above is None or number > above)
        and (below is None or number < below)
        and (step is None or (float(number) / step).is_integer())
    )


def number_within(schema: Schema, whole: bool) -> int | float | None:
    """Find a number within the limits, 0 if it may be; None when there is none."""
    if fits_number(0, schema, whole):
        return 0
    lows = [schema[name] for name in ("minimum", "exclusiveMinimum") if name in schema]
    highs = [schema[name] for name in ("maximum", "exclusiveMaximum") if name in schema]
    tried = [*_near(max(lows), schema, whole, 1)] if lows else []
    tried += [*_near(min(highs), schema, whole, -1)] if highs else []
    if lows and highs and not whole and "multipleOf" not in schema:
        tried.append((max(lows) + min(highs)) / 2)
    return next((number for number in tried if fits_number(number, schema, whole)), None)


def _near(limit: float, schema: Schema, whole: bool, direction: int) -> Iterator[int | float]:
    """Give numbers at a limit and inside it."""
    if whole or "multipleOf" in schema:
        step = Fraction(str(schema.get("multipleOf", 1)))
        # The whole multiples of p/q are the multiples of p.
        step = Fraction(step.numerator) if whole else step
        exact = Fraction(str(limit)) / step
        first = math.ceil(exact) if direction > 0 else math.floor(exact)
        for at in range(200):
            value = (first + direction * at) * step
            yield int(value) if value.denominator == 1 else float(value)
    else:
        yield limit
        yield limit + direction
        yield math.nextafter(limit, math.inf * direction)
