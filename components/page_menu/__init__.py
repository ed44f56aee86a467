"""The menu of pages as one element. Which pages there are, and in which order, shell.py knows.

Streamlit draws its own menu anew whenever anything arrives from the server, a third of all that it draws again at a key
press. Its router stays: the menu changes the address, and Streamlit follows it as it does for the back button.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from components.wording import _

_HERE = Path(__file__).parent

_MENU = st.components.v2.component(
    "page_menu",
    html="<nav class='page-menu'></nav>\n",
    css=(_HERE / "page_menu.css").read_text(encoding="utf-8"),
    js=(_HERE / "page_menu.js").read_text(encoding="utf-8"),
    # Its links are found by what looks for links on the page, as those of any other page are.
    isolate_styles=False,
)


def page_menu(sections: Mapping[str, Sequence[tuple[str, str, str]]], current: str, hidden: Sequence[str]) -> None:
    """Draw the menu: sections, already translated, of pages with path, title and icon; the first page has no path.

    `current` is the path of the page that is shown; `hidden` are those of pages that the menu doesn't name.
    """
    _MENU(
        key="page_menu",
        data={"label": _("Pages"), "sections": [*sections.items()], "current": current, "hidden": [*hidden]},
    )
