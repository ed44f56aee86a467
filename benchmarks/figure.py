"""Figure: one measured value, the baseline of the same run, the limit. It measures nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figure:
    """A value and what it is compared with; value and baseline are in the same unit."""

    name: str
    value: float
    unit: str
    baseline_name: str
    baseline: float
    limit: float
    of_baseline: bool = False
    """The limit is a multiple of the baseline, not a value."""

    @property
    def ratio(self) -> float:
        """How often the baseline fits into the value.

        >>> Figure("start", 3.0, "s", "one line", 2.0, limit=1.5, of_baseline=True).ratio
        1.5
        """
        return self.value / self.baseline if self.baseline else float("inf")

    @property
    def kept(self) -> bool:
        """Whether the limit is kept."""
        return (self.ratio if self.of_baseline else self.value) <= self.limit

    def __str__(self) -> str:
        """One line: value, baseline, ratio, limit.

        >>> print(Figure("start", 3.0, "s", "one line", 2.0, limit=1.5, of_baseline=True))
        ok    start: 3.00 s; one line: 2.00 s; ratio 1.50 (limit: ratio 1.50)
        """
        limit = f"ratio {self.limit:.2f}" if self.of_baseline else f"{shown(self.limit)} {self.unit}"
        return (
            f"{'ok   ' if self.kept else 'OVER '} {self.name}: {shown(self.value)} {self.unit}; "
            f"{self.baseline_name}: {shown(self.baseline)} {self.unit}; ratio {self.ratio:.2f} (limit: {limit})"
        )


def report(figures: Iterable[Figure]) -> int:
    """Print each figure when it is measured; gives the exit code, 1 when a limit is broken."""
    broken = 0
    for figure in figures:
        print(figure, flush=True)
        broken += not figure.kept
    return min(broken, 1)


def shown(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2f}"


def p95(values: list[float]) -> float:
    """The value that 95 of 100 stay below.

    >>> p95([float(n) for n in range(1, 101)])
    95.95
    """
    return quantiles(values, n=20)[-1]
