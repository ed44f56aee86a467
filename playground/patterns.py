"""Regular expressions that somebody else wrote, by an engine whose time grows with the text alone. It knows no schema.

It asks re2. Python's own engine takes for ever over (a+)+$, and nobody can tell beforehand.

>>> compiled("^[a-z]+$").is_in("abc"), compiled("(?=a)b"), problem("(?=a)b")
(True, None, 'invalid perl operator: (?=')
"""

from functools import lru_cache
from typing import Any

LONGEST = 2000
"""Characters of a pattern at most."""
MEMORY = 1 << 20
"""Bytes that a pattern may take, as the engine counts them."""


class Pattern:
    """A pattern that was compiled."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def is_in(self, text: str) -> bool:
        """Say whether the pattern is found anywhere in a text."""
        # The engine reads UTF-8, which half of a surrogate pair doesn't have.
        whole = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
        return self._engine.search(whole) is not None


def compiled(pattern: str) -> Pattern | None:
    """Compile a pattern; None when it is too long, broken, or looks around and back, as (?=a) does."""
    found = _read(pattern)
    return found if isinstance(found, Pattern) else None


def problem(pattern: str) -> str | None:
    """Say in the engine's words why a pattern can't be compiled; None when it can."""
    found = _read(pattern)
    return found if isinstance(found, str) else None


@lru_cache(maxsize=512)
def _read(pattern: str) -> Pattern | str:
    if len(pattern) > LONGEST:
        return f"longer than {LONGEST} characters"
    # Not at the top: whoever never meets a pattern doesn't wait for the engine.
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        return Pattern(re2.compile(pattern, options=options))
    except re2.error as error:
        detail = error.args[0] if error.args else b""
        return detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
    except ValueError as error:
        return str(error)
