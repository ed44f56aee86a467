"""What each request parameter did here, as a response header says it. The table itself: playground/parameters.py.

>>> header({"model": "gpt-4", "user": "ann", "temperature": 0, "n": None}, EFFECTS)
'model=effective, temperature=effective, user=none'
"""

from collections.abc import Mapping
from typing import Any

from playground.parameters import EFFECTS, Effect

__all__ = ["EFFECTS", "HEADER", "Effect", "header"]

HEADER = "x-simulator-parameters"


def header(body: Mapping[str, Any], effects: Mapping[str, Effect]) -> str:
    """Say of each parameter that was sent whether it is effective, echoed, or without effect (none)."""
    return ", ".join(f"{name}={effects[name]}" for name in sorted(body) if name in effects and body[name] is not None)
