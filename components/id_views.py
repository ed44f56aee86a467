"""Ids and what they stand for: pasted ids as text, one id looked up, the vocabulary searched. It draws no rows."""

import re
from collections.abc import Sequence

import streamlit as st

from components import encoding_picker
from components.wording import _, _n, why
from playground import vocabulary
from playground.errors import PlaygroundError
from playground.tokens import decode
from playground.vocabulary import Entry

FOUND = 50
"""Tokens of the vocabulary that a search shows."""


def from_ids(page: str, names: tuple[str, ...]) -> None:
    """Let the reader paste ids or search the vocabulary of one encoding."""
    name = encoding_picker.pick_one(f"{page}_ids_encoding", names, width=320)
    left, right = st.columns(2, gap="large")
    with left:
        _text_of_ids(page, name)
    with right:
        _search(page, name)


def _text_of_ids(page: str, name: str) -> None:
    typed = st.text_input(
        _("Ids, separated by anything"),
        placeholder="15339, 1917",
        key=f"{page}_ids",
        persist_state="session",
        max_chars=20_000,
    )
    ids = [int(each) for each in re.findall(r"\d{1,12}", typed)]
    if typed and not ids:
        st.caption(_("There is no number in it."))
    if not ids:
        return
    try:
        st.code(decode(ids, name), language=None, wrap_lines=True)
        _entries([vocabulary.look_up(each, name) for each in ids[:FOUND]])
    except PlaygroundError as error:
        st.error(why(error))


def _search(page: str, name: str) -> None:
    wanted = st.text_input(_("Search the vocabulary"), key=f"{page}_vocabulary", persist_state="session", max_chars=60)
    if not wanted:
        return
    count = vocabulary.count_matches(wanted, name)
    st.caption(_n("{n:,} token holds it.", "{n:,} tokens hold it.", count).format(n=count))
    _entries(vocabulary.search(wanted, name, FOUND))


def _entries(entries: Sequence[Entry]) -> None:
    if not entries:
        return
    st.dataframe(
        {
            _("Id"): [entry.id for entry in entries],
            _("Text"): [entry.text.replace(" ", "·") for entry in entries],
            _("Bytes"): [entry.hex for entry in entries],
        },
        hide_index=True,
    )
    if any(not entry.whole for entry in entries):
        st.caption(_("� marks a piece of a character: it means nothing without its neighbours."))
