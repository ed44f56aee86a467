"""What a page of an AppTest shows where Streamlit's own elements end: the JSON views."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def json_of(at: AppTest, key: str) -> Any:
    """The value that the JSON view with this key shows."""
    return json.loads("\n".join(_data(at, key)["lines"]))


def text_of(at: AppTest, key: str) -> str:
    """The text that the view with this key shows."""
    return "\n".join(_data(at, key)["lines"])


def lit_of(at: AppTest, key: str) -> list[str]:
    """The lines that the view with this key lights, without their indentation."""
    data = _data(at, key)
    return [data["lines"][int(index)].strip() for index in data["signs"]]


def is_shown(at: AppTest, key: str) -> bool:
    """Whether there is a view with this key."""
    return any(view.key == key for view in at.get("bidi_component"))


def _data(at: AppTest, key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(next(view for view in at.get("bidi_component") if view.key == key).proto.json)
    return data
