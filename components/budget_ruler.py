"""Where a budget of tokens ends in the text, for each encoding, and the cut there. Every character stays whole."""

from collections.abc import Mapping

import streamlit as st

from components import text_menu
from components.encoding_picker import title
from components.wording import _
from playground.budget import cut_at
from playground.tokens import Tokenization

TAIL = 24
"""Characters that are shown of what is kept: enough to find the place."""


def draw(page: str, compared: Mapping[str, Tokenization], budget: int) -> None:
    """Draw a line for each encoding: how much of the text fits, its last words, and a button that cuts."""
    for name, each in compared.items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"{page}_budget_{name}"):
            if len(each.ids) <= budget:
                sentence = _("{title}: the whole text fits, {left:,} tokens are left.")
                st.markdown(sentence.format(title=title(name), left=budget - len(each.ids)), width="content")
                continue
            kept = cut_at(each, budget)
            sentence = _("{title}: {budget:,} tokens end after character {at:,} of {all:,}.")
            st.markdown(
                sentence.format(title=title(name), budget=budget, at=len(kept.text), all=len(each.text)),
                width="content",
            )
            st.text(f"…{kept.text[-TAIL:]}", width="content")
            st.button(
                _("Cut there"),
                key=f"{page}_cut_{name}",
                icon=":material/content_cut:",
                on_click=text_menu.put,
                args=(page, kept.text),
            )
