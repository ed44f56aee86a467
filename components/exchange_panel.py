"""The exchange of the chosen turn, beside the conversation: running or done. It draws records and makes none."""

import streamlit as st

from components import connection, exchange_view, meter, state
from components.live_exchange import LiveExchange
from components.wording import _
from playground.exchange import Exchange
from playground.transcript import Transcript, Turn

ADDED = ("stream", "stream_options", "reasoning_effort", "max_completion_tokens")
"""What the page may have added to a request by itself."""


def chosen(talk: Transcript) -> Turn | None:
    """The turn whose exchange is shown: the one that was clicked, else the newest that has one."""
    id = state.scratch("chat").get("chosen")
    turns = [turn for turn in talk.turns if turn.exchange]
    return next((turn for turn in turns if turn.answer_id == id), turns[-1] if turns else None)


def before(talk: Transcript, turn: Turn) -> Exchange | None:
    """The exchange of the turn before this one; None when there is none."""
    turns = talk.turns
    place = next((place for place, each in enumerate(turns) if each.id == turn.id), len(turns))
    return next((each.exchange for each in reversed(turns[:place]) if each.exchange), None)


def draw(talk: Transcript, shown: Turn, set_by_visitor: frozenset[str]) -> None:
    """Draw the exchange of a turn that has one."""
    exchange = shown.exchange
    if exchange is None:
        return
    _title(talk, shown)
    exchange_view.draw(exchange, "chat_exchange", previous=before(talk, shown), max_height=320)
    meter.draw(exchange.request, exchange)
    names = [name for name in ADDED if name in exchange.request and name not in set_by_visitor]
    connection.added(names, "chat")


def live(talk: Transcript, turn: Turn, view: LiveExchange) -> None:
    """Open the view of an exchange that is under way."""
    _title(talk, turn)
    earlier = before(talk, turn)
    view.beside(earlier.request if earlier else None)


def _title(talk: Transcript, turn: Turn) -> None:
    number = next((number for number, each in enumerate(talk.turns, 1) if each.id == turn.id), len(talk.turns))
    st.header(_("Exchange {n}").format(n=number), anchor=False)
