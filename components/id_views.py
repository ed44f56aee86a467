"""Token ids as text to copy, and pasted ids as the text they stand for. It draws no tokens."""

import re
from collections.abc import Mapping

import streamlit as st

from components.encoding_picker import title
from components.wording import _
from playground.errors import PlaygroundError
from playground.tokens import Tokenization, decode

SHOWN = 2_000
"""Ids of one encoding that are shown; more make the page slow and are read by nobody."""


def lists(compared: Mapping[str, Tokenization]) -> None:
    """Draw each encoding's ids as a list that can be copied into Python."""
    for name, each in compared.items():
        st.markdown(f"{title(name)} `{name}`")
        st.code(str(list(each.ids[:SHOWN])), language=None, wrap_lines=True)
        if len(each.ids) > SHOWN:
            st.caption(_("The first {shown:,} of {all:,} ids.").format(shown=SHOWN, all=len(each.ids)))


def text_of_ids(page: str, names: tuple[str, ...]) -> None:
    """Let the reader paste ids; show the text that an encoding reads in them."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    typed = left.text_input(
        _("Ids, separated by anything"), placeholder="15339, 1917", key=f"{page}_ids", persist_state="session"
    )
    name = right.selectbox(_("Encoding"), names, key=f"{page}_ids_encoding")
    ids = [int(each) for each in re.findall(r"\d{1,12}", typed)]
    if not ids:
        return
    try:
        st.code(decode(ids, name), language=None, wrap_lines=True)
    except PlaygroundError as error:
        st.error(_(error.message).format(**error.values))
