"""A prompt's token bill: what each part costs, how sure that is, and why. The rules are the ledger's."""

from collections.abc import Mapping
from functools import cache

import streamlit as st

from components import message_view
from components.wording import _
from playground.language import mark
from playground.ledger import Ledger
from playground.prompt_text import Certainty
from playground.stream import sound_text

SURENESS: Mapping[Certainty, str] = {"exact": mark("exact"), "fitted": mark("fitted"), "estimate": mark("estimate")}
MEANING: Mapping[Certainty, str] = {
    "exact": mark("Exact: each rule that was used held in every recorded call."),
    "fitted": mark("Fitted: the rules held in most of the recorded calls, not in all."),
    "estimate": mark("An estimate: for a part of this, or for this model, only the nearest rule is known."),
}

ADDED = mark("added by the API")
"""Where an entry stands that is nowhere in the request."""


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


def whole(bill: Ledger) -> None:
    """Draw every entry with its place, its certainty, its rule and where that was found."""
    # On a phone the tools of a table lie over what stands above it: better a sentence than the tabs.
    st.caption(
        _("Each part, and the rule that counts it. Together they are the total: {n} tokens.").format(n=bill.total)
    )
    word, added = cache(_), _(ADDED)
    st.dataframe(
        {
            _("Part"): [word(entry.what) for entry in bill.entries],
            _("Where"): [sound_text(entry.where) or added for entry in bill.entries],
            _("Tokens"): [entry.tokens for entry in bill.entries],
            _("Certainty"): [word(SURENESS[entry.certainty]) for entry in bill.entries],
            _("Why"): [word(entry.why.says) for entry in bill.entries],
            _("Found in"): [word(entry.why.source) for entry in bill.entries],
            _("Text"): [sound_text(entry.text) for entry in bill.entries],
        },
        hide_index=True,
        column_config={
            _("Where"): st.column_config.TextColumn(width=280),
            _("Why"): st.column_config.TextColumn(width=360),
        },
    )


def sureness(bill: Ledger) -> Certainty:
    """How sure a total is: as sure as its least sure entry, and never exact where something wasn't counted."""
    found = {entry.certainty for entry in bill.entries}
    if bill.unknown or not bill.known:
        found.add("estimate")
    return max(found, key=list(SURENESS).index, default="exact")
