"""Small records in the visitor's own browser: they outlive a reload and a restart of the server. Never a key in them.

A record is read once, when its component appears on the page; the answer comes with the run after that.
"""

import json
from typing import Any

from components import state
from components.scripted import scripted

LIMIT = 1_000_000
"""Bytes of a record as JSON; a larger one is not written, and the one before stays."""

_STORE = scripted("browser_store", "<span hidden></span>")


def loaded(name: str) -> dict[str, Any] | None:
    """What the browser held under this name when the page opened; None until it has answered or if it held nothing."""
    answer = (state.widget(_key(name)) or {}).get("loaded")
    value = answer.get("value") if isinstance(answer, dict) else None
    return value if isinstance(value, dict) else None


def answered(name: str) -> bool:
    """Whether the browser has answered; before that nothing may be written over what it holds."""
    return bool((state.widget(_key(name)) or {}).get("loaded"))


def keep(name: str, value: dict[str, Any]) -> None:
    """Mount the record's component and write the value, once the browser has told what it held."""
    fits = len(json.dumps(value)) <= LIMIT
    _STORE(
        key=_key(name),
        data={"name": name, "value": value if answered(name) and fits else None},
        on_loaded_change=lambda: None,
    )


def _key(name: str) -> str:
    return f"browser_store_{name}"
