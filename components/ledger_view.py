"""A prompt's token bill as a table: what each part costs, and why. The rules are the ledger's."""

import streamlit as st

from components import message_view
from components.wording import _
from playground.ledger import Ledger


def draw(bill: Ledger) -> None:
    """Draw the entries of a ledger and their sum."""
    rows = [(_(entry.what), entry.text, entry.tokens) for entry in bill.entries]
    rows.append((_("Total"), "", bill.total))
    st.table(
        {
            _("Part"): [what for what, _text, _tokens in rows],
            _("Text"): [message_view.as_markdown(text) for _what, text, _tokens in rows],
            _("Tokens"): [str(tokens) for _what, _text, tokens in rows],
        },
        border="horizontal",
        hide_index=True,
    )
