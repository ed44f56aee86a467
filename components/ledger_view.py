"""A prompt's token bill as a table: what each part costs, and why. The rules are the ledger's."""

import streamlit as st

from components.wording import _
from playground.ledger import Ledger


def draw(bill: Ledger, key: str) -> None:
    """Draw the entries of a ledger and their sum."""
    rows = [(entry.what, entry.text, entry.tokens) for entry in bill.entries]
    st.dataframe(
        {
            _("Part"): [what for what, _text, _tokens in rows],
            _("Text"): [text for _what, text, _tokens in rows],
            _("Tokens"): [tokens for _what, _text, tokens in rows],
        },
        hide_index=True,
        key=key,
    )
