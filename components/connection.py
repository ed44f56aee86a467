"""Where requests go: the chip, its dialog, the client of the chosen connection. Here app and simulator meet."""

import importlib
import threading
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from components import error_view, state
from components.state import Connection
from components.wording import _, _n
from playground import models
from playground.exchange import Exchange
from playground.fitting import Fitted, fit
from playground.messages import Body

if TYPE_CHECKING:
    from playground.client import Call as Call
    from playground.client import Client

FIRST_NEEDED = ("playground.client", "simulator.transport")
"""What prepare() imports: 1.2 s of modules that no page needs before its first call (measured 2026-11-23)."""


def client() -> "Client":
    """Open a client of the session's connection. Its exchanges go to the session's log."""
    # Held here because a stopped run may no longer touch the session's state while its stream is closing.
    log = state.log()
    return _open(state.connection(), _key(state.connection().kind, state.typed_key()), log)


def fitted(body: Body) -> Fitted:
    """Fit a request to its model, as the visitor can switch off; the simulator takes everything."""
    connection = state.connection()
    return fit(body) if connection.kind != "simulator" and connection.fit else Fitted(body)


def added(names: Iterable[str]) -> None:
    """Say which parameters of a request the page added by itself; nothing when there are none."""
    if shown := ", ".join(f"`{name}`" for name in names):
        st.caption(_("Added by the page: {names}").format(names=shown))


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Load what the first call needs once the first page is painted, so that neither waits for it. Once a process."""
    preparing = threading.Timer(1.0, lambda: [importlib.import_module(name) for name in FIRST_NEEDED])
    preparing.daemon = True
    preparing.start()


def _open(connection: Connection, key: str, log: list[Exchange]) -> "Client":
    # Not at the top: nobody waits for the SDK's types and the simulator before the first call.
    from playground.client import connect
    from simulator.pacing import AT_ONCE, READABLE
    from simulator.transport import BASE_URL, SimulatorTransport

    def remember(exchange: Exchange) -> None:
        state.append_bounded(log, exchange)

    if connection.kind == "simulator":
        transport = SimulatorTransport(AT_ONCE if connection.instant else READABLE)
        return connect(BASE_URL, "simulator", transport, remember)
    base_url = connection.base_url if connection.kind == "other" else state.OPENAI_URL
    return connect(base_url, key, on_exchange=remember)


def _key(kind: str, typed: str) -> str:
    """The key for a kind of connection; the server's own key never leaves for a base URL that a visitor typed."""
    return typed or (state.server_key() if kind == "openai" else "")


def chip(place: str) -> None:
    """Draw the chip that says who answers; a click opens the dialog."""
    connection = state.connection()
    names = {"simulator": _("Simulator"), "openai": "OpenAI", "other": urlsplit(connection.base_url).hostname or "?"}
    colours = {"simulator": "primary", "openai": "orange", "other": "violet"}
    label = f":{colours[connection.kind]}[●] {names[connection.kind]} · {_plain(connection.model)}"
    if st.button(label, key=f"connection_chip_{place}", type="tertiary"):
        dialog()


def dialog() -> None:
    """Open the connection dialog in the session's language."""
    st.dialog(_("Connection"))(_form)()


def _form() -> None:
    now = state.connection()
    names = {"simulator": _("Simulator"), "openai": "OpenAI", "other": _("Other base URL")}
    kind = st.segmented_control(
        _("Who answers"),
        list(names),
        default=now.kind,
        format_func=lambda each: names[each],
        key="connection_kind",
        required=True,
        width="stretch",
    )
    base_url, typed, instant, fits = "", "", now.instant, now.fit
    if kind == "simulator":
        st.markdown(_("It runs inside this app: no key, no network, no cost. It speaks of what the course speaks of."))
        instant = st.toggle(_("Answer at once"), value=now.instant, key="connection_instant")
    if kind == "other":
        base_url = st.text_input(
            _("Base URL"), value=now.base_url, key="connection_base_url", placeholder="http://localhost:11434/v1"
        ).strip()
    if kind != "simulator":
        typed = _key_field(kind, base_url)
    model = _model_field(kind, now)
    if kind != "simulator":
        fits = st.toggle(
            _("Add what the model needs"),
            value=now.fit,
            key="connection_fit",
            help=_("Newer models take some requests only with reasoning_effort or max_completion_tokens."),
        )
    chosen = Connection(kind, base_url, (model or "").strip(), instant, fits)
    if problem := _problem(chosen, typed):
        st.caption(problem)
    with st.container(horizontal=True):
        if st.button(_("Use this"), type="primary", key="connection_use", disabled=bool(problem)):
            state.connect_to(chosen, typed)
            st.rerun()
        if kind != "simulator" and st.button(_("Test it"), key="connection_test", disabled=bool(problem)):
            _test(chosen, _key(kind, typed))


def _key_field(kind: str, base_url: str) -> str:
    """The key for this base URL. One that was typed for it before is kept, and never sent back to the browser."""
    now = state.connection()
    kept = state.typed_key() if (now.kind, now.base_url) == (kind, base_url) else ""
    if kept:
        placeholder = _("The key you typed is kept")
    else:
        placeholder = _("The server's key is used") if kind == "openai" and state.server_key() else "sk-…"
    typed = st.text_input(
        _("API key"),
        type="password",
        # A field of its own for each base URL: a key typed for one must not go to another.
        key=f"connection_key_{kind}_{base_url}",
        placeholder=placeholder,
        help=_("It stays in this session's memory: never stored, logged, exported or put in a link."),
    )
    return typed.strip() or kept


def _model_field(kind: str, now: Connection) -> str | None:
    offered = models.MODELS if kind == "simulator" else models.living(date.today())
    ids = [model.id for model in offered if model.chat]
    default = now.model if now.kind == kind else ("gpt-4" if kind == "simulator" else models.DEFAULT)
    if default and default not in ids:
        ids.insert(0, default)
    return st.selectbox(
        _("Model"), ids, index=ids.index(default), key=f"connection_model_{kind}", accept_new_options=True
    )


def _problem(chosen: Connection, typed: str) -> str:
    """What keeps a connection from being used; empty when nothing does."""
    if not chosen.model:
        return _("Choose a model, or type its name.")
    if chosen.kind == "openai" and not _key("openai", typed):
        return _("OpenAI needs a key: type one here, or start the app with OPENAI_API_KEY set.")
    if chosen.kind == "other":
        return _url_problem(chosen.base_url)
    return ""


def _url_problem(url: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        return _("A base URL looks like http://localhost:11434/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        return _("A base URL holds no user name, password, query or fragment; the key has a field of its own.")
    return ""


def _test(chosen: Connection, key: str) -> None:
    with st.spinner(_("Asking for the list of models…")):
        exchange = _open(chosen, key, state.log()).list_models().exchange
    if exchange.error:
        error_view.draw(exchange.error, exchange.status)
    else:
        names = [str(each.get("id")) for each in exchange.response.get("data") or [] if isinstance(each, dict)]
        answer = _n("It answers, and names {n} model.", "It answers, and names {n} models.", len(names))
        st.markdown(answer.format(n=len(names)))
        if names and chosen.model not in names:
            st.markdown(_("The model you chose is not among them."))


def _plain(text: str) -> str:
    """Text for a label: Markdown's own signs lose their meaning."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()<>#+!|$~:" else sign for sign in text)
