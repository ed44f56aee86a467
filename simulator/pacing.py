"""How fast the simulator speaks: settings only. Who sends the frames does the waiting.

>>> Pace(first_token_ms=250, token_ms=25).whole(11)
0.525
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Milliseconds to the first token and between tokens; 0 for tests."""

    first_token_ms: float = 0.0
    token_ms: float = 0.0

    @property
    def first(self) -> float:
        """Seconds to the first token."""
        return self.first_token_ms / 1000

    @property
    def step(self) -> float:
        """Seconds from one token to the next."""
        return self.token_ms / 1000

    def whole(self, tokens: int) -> float:
        """Seconds until an answer of this many tokens is written."""
        return self.first + self.step * tokens


READABLE = Pace(first_token_ms=250, token_ms=25)
"""Slow enough to see a stream grow, about as fast as a quick model."""
AT_ONCE = Pace()
