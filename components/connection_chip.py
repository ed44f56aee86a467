"""The chip that says who answers, and its dialog: connection, key, model, error lab. The client: connection.py."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from components import connection, error_lab, error_view, state
from components.plain_text import plain
from components.state import Connection
from components.wording import _, _n
from playground import models


def draw(place: str) -> Callable[[], None]:
    """Draw the chip that says who answers; a click opens the dialog. Beside it the error lab, while a fault is set.

    Answers what to call once the page has run.
    """
    now = state.connection()
    names = {"simulator": _("Simulator"), "openai": "OpenAI", "other": urlsplit(now.base_url).hostname or "?"}
    colours = {"simulator": "primary", "openai": "orange", "other": "violet"}
    label = f":{colours[now.kind]}[●] {names[now.kind]} · {plain(now.model)}"
    with st.container(horizontal=True, gap="small", key=f"connection_{place}"):
        if st.button(label, key=f"connection_chip_{place}", type="tertiary"):
            dialog()
        return error_lab.sign(place)


def dialog() -> None:
    """Open the dialog in the session's language."""
    st.dialog(_("Connection"))(form)()


def form() -> None:
    """Draw the dialog: who answers, with which model and key; what goes along; what shall go wrong."""
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
    connection.usage_switch("connection_usage")
    _retries_switch()
    chosen = Connection(kind, base_url, (model or "").strip(), instant, fits)
    if problem := _problem(chosen, typed):
        st.caption(problem)
    with st.container(horizontal=True):
        if st.button(_("Use this"), type="primary", key="connection_use", disabled=bool(problem)):
            state.connect_to(chosen, typed)
            st.rerun()
        if kind != "simulator" and st.button(_("Test it"), key="connection_test", disabled=bool(problem)):
            _test(chosen, connection.key_for(kind, typed))
    if kind == "simulator" == now.kind:
        with st.expander(_("Error lab"), key="connection_lab", icon=":material/bolt:", on_change="rerun") as lab:
            if lab.open:
                error_lab.draw(connection.faults())


def _retries_switch() -> None:
    key = "connection_retries"
    state.set_widget(key, bool(connection.retries()))
    st.toggle(
        _("Let the SDK try again"),
        key=key,
        help=_("Up to twice, when the server is busy, fails or can't be reached. Each attempt stands in the log."),
        on_change=lambda: connection.choose("retries", bool(state.widget(key))),
    )


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
    if chosen.kind == "openai" and not connection.key_for("openai", typed):
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
        exchange = connection.open_client(chosen, key).list_models().exchange
    if exchange.error:
        error_view.draw(exchange.error, exchange.status)
    else:
        names = [str(each.get("id")) for each in exchange.response.get("data") or [] if isinstance(each, dict)]
        answer = _n("It answers, and names {n} model.", "It answers, and names {n} models.", len(names))
        st.markdown(answer.format(n=len(names)))
        if names and chosen.model not in names:
            st.markdown(_("The model you chose is not among them."))
