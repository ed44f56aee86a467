"""The meter: a request's prompt tokens before it is sent, then beside those that were reported. It sends nothing."""

import streamlit as st

from components.ledger_view import SURENESS, sureness
from components.wording import _, _n, why
from playground.errors import PlaygroundError
from playground.exchange import Exchange
from playground.ledger import count_prompt
from playground.messages import Body


def draw(body: Body, exchange: Exchange | None = None, *, typed: bool = True) -> None:
    """Say what a request will cost; with its exchange, what was predicted beside what was reported.

    typed: False where the words of the last message are still to be written.
    """
    if sentence := said(body, exchange, typed=typed):
        st.caption(sentence)


def said(body: Body, exchange: Exchange | None = None, *, typed: bool = True) -> str:
    """Put the meter into words; empty where an exchange reports nothing to compare with."""
    try:
        bill = count_prompt(body)
    except PlaygroundError as error:
        return why(error)
    sure = sureness(bill)
    if exchange is None:
        if typed:
            sentence = _n(
                "Next request: {n} prompt token ({sure})", "Next request: {n} prompt tokens ({sure})", bill.total
            )
        else:
            sentence = _n(
                "Next request: {n} prompt token and what you type ({sure})",
                "Next request: {n} prompt tokens and what you type ({sure})",
                bill.total,
            )
        return sentence.format(n=f"{bill.total:,}", sure=_(SURENESS[sure]))
    return compared(bill.total, exchange.usage.prompt_tokens, sure) if exchange.usage else ""


def compared(predicted: int, reported: int, sure: str) -> str:
    """Say whether a prediction held, and where the difference may come from."""
    if predicted == reported:
        return _("Prompt tokens: predicted {n} = reported {n}").format(n=f"{predicted:,}")
    numbers = _("Prompt tokens: predicted {n}, reported {m}: a difference of {by:+,}.").format(
        n=f"{predicted:,}", m=f"{reported:,}", by=reported - predicted
    )
    if sure == "exact":
        reason = _("The rule held in every recorded call; this model, or this server, counts otherwise.")
    else:
        reason = _("The prediction was no certain one: its rules are fitted, or those of the closest model.")
    return f"{numbers} {reason}"
