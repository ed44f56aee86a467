"""The baselines: the smallest Streamlit app that does the same kind of thing, written to a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.served import Served, served

ONE_LINE = "import streamlit as st; st.title('Hello'); st.button('Run', key='run') and st.write('Hello')\n"

TWO_PAGES = """
import streamlit as st

def one():
    st.title("One")

def two():
    st.title("Two")

st.navigation([st.Page(one, title="One", default=True), st.Page(two, title="Two")]).run()
"""


@contextmanager
def baseline(source: str) -> Iterator[Served]:
    """Serve a script of one file with Streamlit's own settings."""
    with TemporaryDirectory() as folder:
        script = Path(folder, "baseline.py")
        script.write_text(source, encoding="utf-8")
        with served(script, STREAMLIT_BROWSER_GATHER_USAGE_STATS="false") as running:
            yield running
