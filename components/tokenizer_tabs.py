"""More about a text than its rows: the tabs of the tokenizer page. Only the open one works."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import (
    difference_view,
    id_views,
    language_view,
    merge_view,
    reading_options,
    request_view,
    state,
    take_along,
)
from components.charts import Bar, bars
from components.encoding_picker import title
from components.tab_strip import tab_strip
from components.wording import _
from playground.encodings import NAMES
from playground.tokens import Comparison

if TYPE_CHECKING:
    from playground.client import Client

OF_THE_TEXT = ("chart", "differences", "along")
"""Tabs that change with every key press. The others stand still meanwhile: what is sent again is drawn again."""


def tabs(page: str) -> tuple[str, DeltaGenerator]:
    """Draw the tabs; answers the open one and the container of what it shows."""
    titles = {
        "reading": _("How to read the rows"),
        "chart": _("Chart"),
        "differences": _("Differences"),
        "merges": _("Merges"),
        "languages": _("Languages"),
        "ids": _("From ids"),
        "request": _("A request"),
        "along": _("Take along"),
    }
    pane = f"{page}_pane"
    open_tab = tab_strip(titles, label=_("More about the text"), pane=pane, key=f"{page}_tabs")
    return open_tab, st.container(key=pane)


def stand(
    page: str, open_tab: str, pane: DeltaGenerator, names: tuple[str, ...], client: "Callable[[], Client]"
) -> None:
    """Draw the open tab unless it is one of the text. client: what a request is sent with, if a reader wants that."""
    if open_tab not in OF_THE_TEXT:
        with pane:
            _standing(page, open_tab, names, client)


@st.fragment
def _standing(page: str, open_tab: str, names: tuple[str, ...], client: "Callable[[], Client]") -> None:
    if open_tab == "reading":
        reading_options.legend()
    elif open_tab == "merges":
        merge_view.draw(page, names or NAMES)
    elif open_tab == "languages":
        language_view.draw(page, names or NAMES)
    elif open_tab == "ids":
        id_views.from_ids(page, names or NAMES)
    elif open_tab == "request":
        request_view.draw(page, client)


def follow(page: str, open_tab: str, pane: DeltaGenerator, text: str, compared: Comparison) -> None:
    """Draw the open tab if it is one of the text."""
    if open_tab in OF_THE_TEXT:
        with pane:
            _following(page, open_tab, text, compared)


def _following(page: str, open_tab: str, text: str, compared: Comparison) -> None:
    if not compared:
        st.markdown(_("No text, no tokens. Type above, or take one of the examples."))
    elif open_tab == "chart":
        rows = [Bar(title(name), name, len(each.ids)) for name, each in compared.items()]
        said = ", ".join(f"{row.title} ({row.name}): {row.value}" for row in rows)
        alt = _("Tokens of the text in each encoding: {said}").format(said=said)
        bars(rows, unit=_("tokens"), alt=alt, key=f"{page}_chart")
    elif open_tab == "differences":
        difference_view.draw(page, compared)
    elif open_tab == "along":
        take_along.draw(page, text, compared, state.language())
