"""What a page of an AppTest shows where Streamlit's own elements end: the JSON views, the rail of stages."""

import json
import time
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


def rail_of(at: AppTest, page: str) -> dict[str, Any]:
    """What the rail of a page's stages shows."""
    return _data(at, f"{page}_rail")


def open_stage(at: AppTest, page: str, name: str) -> AppTest:
    """Click a stage of the rail."""
    names = [row["name"] for row in rail_of(at, page)["rows"]]
    at.session_state[f"{page}_rail"] = {"open": {"stage": names.index(name), "at": time.monotonic_ns()}}
    return at.run()


def _data(at: AppTest, key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(next(view for view in at.get("bidi_component") if view.key == key).proto.json)
    return data
