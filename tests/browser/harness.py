"""Pages with one component and nothing else, for what a whole page would blur; each from a folder of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.served import ROOT, Served, served

TYPING = """
import streamlit as st

from components.live_editor import live_editor, waits

st.title("Typing")


@st.fragment
def follow():
    text = st.session_state["text"] = live_editor(st.session_state.get("text", ""), label="Text", key="ed")
    st.text(f"{len(text)} characters")
    if waits("ed"):
        st.text("a text waits")


follow()
"""

PIECES = """
import streamlit as st

from components.token_view import token_view
from playground.tokens import compare

asked = st.query_params
st.set_page_config(layout="wide")
st.title("Pieces")


@st.fragment
def follow():
    chosen = token_view(
        compare(asked["text"], ["r50k_base", "cl100k_base", "o200k_base"]),
        {},
        key="view",
        colour=asked.get("colour", "position"),
        show=asked.get("show", "text"),
        hidden="hidden" in asked,
        budget=int(asked["budget"]) if "budget" in asked else None,
        merges=True,
    )
    if chosen:
        st.text(f"merges of {chosen.text!r} at {chosen.start} in {chosen.name}")
    st.button("Again")


follow()
"""

MANY = """
import streamlit as st

from components.token_view import token_view
from playground import encodings
from playground.sample_texts import COURSE_KOREAN
from playground.tokens import Tokenization

st.set_page_config(layout="wide")
st.title("Many")


@st.cache_resource
def tokenizations():
    text = "".join(f"{n}. {COURSE_KOREAN} It looks easy, and it is not.\\n" for n in range(6500))
    found = {}
    for name in ("r50k_base", "cl100k_base", "o200k_base"):
        ids = encodings.load(name).encode(text, disallowed_special=())
        found[name] = Tokenization(name, text, tuple(ids))
    return found


token_view(tokenizations(), {}, key="view")
"""


@contextmanager
def alone(source: str) -> Iterator[Served]:
    """Serve a script that imports the project, with the project's theme and settings."""
    with TemporaryDirectory() as folder:
        script = Path(folder, "page.py")
        script.write_text(source, encoding="utf-8")
        settings = Path(folder, ".streamlit", "config.toml")
        settings.parent.mkdir()
        shutil.copy(ROOT / ".streamlit" / "config.toml", settings)
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        with served(script, PYTHONPATH=path, STREAMLIT_BROWSER_GATHER_USAGE_STATS="false") as running:
            yield running
