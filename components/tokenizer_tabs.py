"""More about a text than its rows: the tabs of the tokenizer page. Each works only while it is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

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
from components.wording import _
from playground.encodings import NAMES
from playground.tokens import Comparison

if TYPE_CHECKING:
    from playground.client import Client


def tabs(page: str) -> dict[str, TabContainer]:
    """More about the same text; a tab works only while it is open."""
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
    return dict(zip(titles, st.tabs(list(titles.values()), key=f"{page}_tabs", on_change="rerun"), strict=True))


def fill(
    page: str,
    open_tab: str,
    text: str,
    compared: Comparison,
    names: tuple[str, ...],
    client: "Callable[[], Client]",
) -> None:
    """Draw what the open tab shows of the text. client: what a request is sent with, if the reader wants that."""
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
    elif not compared:
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
