"""Progress is what the browser held and what was done since; whatever a browser sends is taken with care."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

STORE = "browser_store_progress"


def run(held: Any = None, done: list[int] | None = None) -> AppTest:
    def script() -> None:
        from components import progress

        progress.sync()

    at = AppTest.from_function(script, default_timeout=20)
    if held is not None:
        at.session_state[STORE] = {"loaded": {"value": held, "kept": True}}
    if done is not None:
        at.session_state["scratch_progress"] = {"done": done, "last": None}
    at.run()
    assert not at.exception
    return at


def written(at: AppTest) -> Any:
    import json

    (component,) = at.get("bidi_component")
    return json.loads(component.proto.json)["value"]


def test_nothing_is_written_before_the_browser_has_answered() -> None:
    assert written(run(done=[3])) is None


def test_what_the_browser_held_and_what_was_done_are_joined() -> None:
    at = run(held={"done": [1, 2], "last": 2}, done=[3])

    assert at.session_state["scratch_progress"]["done"] == [1, 2, 3]
    assert written(at) == {"done": [1, 2, 3], "last": 2}


@pytest.mark.parametrize(
    "held", [{}, {"done": "all"}, {"done": [True, "1", None, -4, 1000], "last": "x"}, [], "x", 7, {"done": {"a": 1}}]
)
def test_what_a_browser_sends_may_be_anything(held: Any) -> None:
    at = run(held=held, done=[3])

    assert at.session_state["scratch_progress"]["done"] == [3]
