"""The app in an AppTest, in English and with a simulator that answers at once, unless a test wants it otherwise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent / "app.py"


def start(language: str = "en", session: Mapping[str, Any] | None = None, **connection: Any) -> AppTest:
    """Run the app once, on its first page. `session`: what the visitor's memory holds before."""
    at = AppTest.from_file(APP, default_timeout=30)
    at.session_state["language"] = language
    at.session_state["connection"] = {"instant": True, **connection}
    for key, value in (session or {}).items():
        at.session_state[key] = value
    return at.run()


def go(at: AppTest, page: str, **query: str) -> AppTest:
    """Go to a page of pages/, by a link with this query."""
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page(f"pages/{page}.py").run()
    assert not at.exception
    return at
