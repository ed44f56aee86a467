"""Regular expressions that somebody else wrote, by an engine whose time grows with the text alone. It knows no schema.

It asks re2. Python's own engine takes for ever over (a+)+$, and nobody can tell beforehand.

>>> compiled("^[a-z]+$").search("abc") is not None, compiled("(?=a)b"), compiled("(") is None
(True, None, True)
"""

from functools import lru_cache
from typing import Any, Protocol, cast

LONGEST = 2000
"""Characters of a pattern at most."""
MEMORY = 1 << 20
"""Bytes that a pattern may take, as the engine counts them."""


class Pattern(Protocol):
    """What is needed of a compiled pattern."""

    def search(self, text: str) -> Any:
        """Look for the pattern anywhere in a text."""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern | None:
    """Compile a pattern; None when it is too long, broken, or looks around and back, as (?=a) does."""
    if len(pattern) > LONGEST:
        return None
    # Not at the top: whoever never meets a pattern doesn't wait for the engine.
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        return cast(Pattern, re2.compile(pattern, options=options))
    except (re2.error, ValueError, UnicodeError):
        return None
