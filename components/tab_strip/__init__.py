"""Tabs as one element of the page. It draws no pane: whoever calls it draws what the open tab shows.

Streamlit draws its own tabs anew at every run of any fragment, a third of what a key press on the tokenizer page cost.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from components import state

_HERE = Path(__file__).parent

_STRIP = st.components.v2.component(
    "tab_strip",
    html="<div class='strip' role='tablist'></div>\n",
    css=(_HERE / "tab_strip.css").read_text(encoding="utf-8"),
    js=(_HERE / "tab_strip.js").read_text(encoding="utf-8"),
)


def tab_strip(titles: Mapping[str, str], *, label: str, pane: str, key: str) -> str:
    """Draw the tabs and answer the open one's name, the first at first; `titles` are already translated.

    `pane` is the key of the container that shows what the open tab has: the browser makes it the tabs' panel.
    """
    chosen = (state.widget(key) or {}).get("open")
    name = chosen if isinstance(chosen, str) and chosen in titles else next(iter(titles))
    _STRIP(
        key=key,
        data={"tabs": [*titles.items()], "open": name, "label": label, "pane": pane},
        on_open_change=lambda: None,
    )
    return name
