"""An element with a script of its own: the files beside its Python, declared in one way. What they do, they say."""

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def scripted(name: str, html: str, folder: str = "") -> Any:
    """Declare the element from name.js and, if there is one, name.css in its folder, which is called like it."""
    place = _HERE / (folder or name)
    style = place / f"{name}.css"
    return st.components.v2.component(
        name,
        html=f"{html}\n",
        css=style.read_text(encoding="utf-8") if style.exists() else None,
        js=(place / f"{name}.js").read_text(encoding="utf-8"),
    )
