"""Where requests go: the client of the chosen connection, and what it adds to them. Here app and simulator meet."""

import dataclasses
import importlib
import threading
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import error_lab, state
from components.state import Connection
from components.wording import _
from playground.exchange import Exchange
from playground.fitting import Fitted, fit
from playground.messages import Body

if TYPE_CHECKING:
    from playground.client import Call as Call
    from playground.client import Client

FIRST_NEEDED = ("playground.client", "simulator.transport", "simulator.valid_values")
"""What prepare() imports: 1.2 s of modules that no page needs before its first call (measured 2026-11-23)."""


TIMEOUT = 60.0
"""Seconds without a byte after which a request is given up."""

RETRIES = 2
"""Times that the SDK tries again by itself, once the visitor has allowed it: its own default."""


def client() -> "Client":
    """Open a client of the session's connection. Its exchanges go to the session's log."""
    return open_client(state.connection(), key_for(state.connection().kind, state.typed_key()))


def fitted(body: Body) -> Fitted:
    """Fit a request to its model, as the visitor can switch off; the simulator takes everything."""
    connection = state.connection()
    return fit(body) if connection.kind != "simulator" and connection.fit else Fitted(body)


def streamed(body: Body) -> Fitted:
    """Let a request stream and tell its usage, as the visitor can switch off, and fit it to its model.

    stream_options that the request already has stay.
    """
    asked: dict[str, Any] = {"stream": True}
    if usage_wanted() and "stream_options" not in body:
        asked["stream_options"] = {"include_usage": True}
    fits = fitted({**body, **asked})
    return Fitted(fits.body, (*asked, *fits.changed))


def usage_wanted() -> bool:
    """Whether a page that streams adds stream_options, without which a stream doesn't tell its usage."""
    return bool(_choices().get("usage", True))


def retries() -> int:
    """How often the SDK tries again by itself; never, unless the visitor has allowed it."""
    return RETRIES if _choices().get("retries") else 0


def choose(name: str, chosen: bool) -> None:
    """Remember whether usage is wanted, or retries."""
    _choices()[name] = chosen


def _choices() -> dict[str, Any]:
    return state.scratch("connection")


def added(names: Iterable[str], key: str | None = None) -> None:
    """Say which parameters of a request the page added by itself; nothing when there are none.

    With a key the sentence opens, and what was added can be switched off there, and on again.
    """
    shown, now = tuple(names), state.connection()
    listed = ", ".join(f"`{name}`" for name in shown) or _("nothing")
    sentence = _("Added by the page: {names}").format(names=listed)
    if not shown and (key is None or now.kind == "simulator" or now.fit):
        return
    if key is None or (now.kind == "simulator" and "stream" not in shown):
        st.caption(sentence)
        return
    with st.popover(sentence, key=f"{key}_added", type="tertiary", on_change="rerun") as pop:
        if pop.open:
            _switches(shown, key)


def _switches(shown: Collection[str], key: str) -> None:
    """What may be left out, each with its switch. The next request goes without it."""
    if "stream" in shown:
        st.markdown(_("This page streams, so `stream` is always there."))
        usage_switch(f"{key}_usage")
    if state.connection().kind != "simulator":
        state.set_widget(f"{key}_fit", state.connection().fit)
        st.toggle(
            _("Add what the model needs"),
            key=f"{key}_fit",
            help=_("Newer models take some requests only with reasoning_effort or max_completion_tokens."),
            on_change=lambda: _fit(bool(state.widget(f"{key}_fit"))),
        )


def usage_switch(key: str) -> None:
    """Let the visitor choose whether streams are asked for their usage."""
    state.set_widget(key, usage_wanted())
    st.toggle(
        _("Ask streams for their usage"),
        key=key,
        help=_("It adds `stream_options`. Without it a stream doesn't say how many tokens it took."),
        on_change=lambda: choose("usage", bool(state.widget(key))),
    )


def _fit(chosen: bool) -> None:
    state.connect_to(dataclasses.replace(state.connection(), fit=chosen), state.typed_key())


def use_model(model: str) -> None:
    """Go on with another model at the same place, with the same key."""
    state.connect_to(dataclasses.replace(state.connection(), model=model), state.typed_key())


def faults() -> tuple[str, ...]:
    """Name what the simulator can do wrong on request."""
    from simulator.faults import FAULTS

    return tuple(FAULTS)


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Load what the first call needs once the first page is painted, so that neither waits for it. Once a process."""
    preparing = threading.Timer(1.0, lambda: [importlib.import_module(name) for name in FIRST_NEEDED])
    preparing.daemon = True
    preparing.start()


def open_client(connection: Connection, key: str) -> "Client":
    """Open a client of any connection, as the dialog does to test one before it is used."""
    # Not at the top: nobody waits for the SDK's types and the simulator before the first call.
    from playground.client import connect
    from simulator.pacing import AT_ONCE, READABLE
    from simulator.transport import BASE_URL, SimulatorTransport

    # Held here because a stopped run may no longer touch the session's state while its stream is closing.
    log, lab = state.log(), error_lab.memory()

    def remember(exchange: Exchange) -> None:
        state.append_bounded(log, exchange)

    def fault() -> Mapping[str, str]:
        return error_lab.take(lab)

    if connection.kind == "simulator":
        transport = SimulatorTransport(AT_ONCE if connection.instant else READABLE)
        patience = error_lab.PATIENCE if error_lab.armed() else TIMEOUT
        return connect(BASE_URL, "simulator", transport, remember, patience, retries(), fault)
    base_url = connection.base_url if connection.kind == "other" else state.OPENAI_URL
    return connect(base_url, key, on_exchange=remember, timeout=TIMEOUT, max_retries=retries())


def key_for(kind: str, typed: str) -> str:
    """The key for a kind of connection; the server's own key never leaves for a base URL that a visitor typed."""
    return typed or (state.server_key() if kind == "openai" else "")
