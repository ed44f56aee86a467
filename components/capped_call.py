"""Calls within the session's cap: what may cost more than is left is not sent, and says so. Caps are chat_costs'."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from components import chat_costs, state
from components.wording import _
from playground.comparison import Sender
from playground.errors import KeptBack
from playground.exchange import ApiError, Exchange
from playground.messages import Body
from playground.snippets import CHAT
from playground.spending import Refusal

if TYPE_CHECKING:
    from playground.client import Client


def send(client: "Callable[[], Client]", body: Body, endpoint: str = CHAT) -> Exchange | None:
    """Send a body and wait for its answer; None when the cap keeps it back, and the reason is drawn."""
    with told():
        return send_within(client, body, endpoint)
    return None


def send_within(client: "Callable[[], Client]", body: Body, endpoint: str = CHAT) -> Exchange:
    """Send a body and wait for its answer.

    Raises: KeptBack, in the visitor's words, when it may cost more than is left.
    """
    name = uuid4().hex
    if reason := chat_costs.reserve(name, body):
        raise KeptBack(reason)
    # Before it is sent: a run that is stopped meanwhile may ask the session nothing more.
    settle = chat_costs.settle(name)
    exchange = client().send(body, endpoint).exchange
    settle(exchange)
    return exchange


@contextmanager
def told() -> Iterator[None]:
    """Draw why a request was kept back, where one is; what comes after the block goes on."""
    try:
        yield
    except KeptBack as kept_back:
        st.error(str(kept_back), icon=":material/block:")


def senders(client: "Callable[[], Client]", count: int) -> list[Sender]:
    """Make senders for threads, which may not ask the session: each has a client of its own, all share the cap."""
    purse = None if state.connection().kind == "simulator" else chat_costs.purse()
    lock = threading.Lock()
    kept_back = {
        "cap": _("Not sent: it may cost more than is left of your cap."),
        "price": chat_costs.refused(Refusal("price")),
        "output": chat_costs.refused(Refusal("output")),
    }

    def sender(own: "Client") -> Sender:
        def call(body: Body, left: Callable[[], bool]) -> Exchange:
            name = uuid4().hex
            if purse is not None:
                with lock:
                    refusal = purse.reserve(name, body)
                if refusal:
                    return _unsent(kept_back[refusal.reason])
            running = own.send(body)
            for _chunk in running:
                if left():
                    break
            running.close()
            exchange = running.snapshot()
            if purse is not None:
                purse.settle(name, exchange)
            return exchange

        return call

    return [sender(client()) for _each in range(count)]


def _unsent(message: str) -> Exchange:
    error = ApiError("connection", message, "")
    return Exchange("unsent", datetime.now(UTC), "POST", "", (), b"", outcome="failed", error=error)
