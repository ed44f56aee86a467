"""Log: every exchange of the session, to look at, to send again changed, to compare, to take along."""

import json

import streamlit as st

from components import connection, error_lab, error_view, exchange_view, json_view, log_view, shell, state, typed_object
from components.shell import through_entry
from components.wording import _
from playground import snippets
from playground.exchange import Exchange
from playground.fitting import Fitted
from playground.log_export import to_json
from playground.messages import Body, user

through_entry()

FIRST = "Hello! I'm John."


def empty() -> None:
    """Say what will stand here, and offer the first request."""
    st.markdown(_("Nothing was sent in this session yet. Whatever any page sends will stand here."))
    if st.button(_("Send a first request"), key="log_first", type="primary", icon=":material/play_arrow:"):
        fitted = connection.fitted({"model": state.connection().model, "messages": [user(FIRST)]})
        send(fitted.body, snippets.CHAT)
    # Only the simulator fails on request.
    if state.connection().kind == "simulator" and st.button(
        _("Send one that fails"), key="log_first_fault", icon=":material/bolt:"
    ):
        error_lab.arm("429", 1)
        send({"model": state.connection().model, "messages": [user(FIRST)]}, snippets.CHAT)


def send(body: Body, endpoint: str, original: Exchange | None = None) -> None:
    """Send a body over the session's connection and open its exchange."""
    with st.spinner(_("Waiting for the answer")):
        exchange = connection.client().send(body, endpoint).exchange
    if exchange.id == "unsent" and exchange.error:
        error_view.draw(exchange.error, key="log_unsent")
        return
    memory.update(chosen=exchange.id, original=original and original.id)
    st.rerun()


def opened(id_: str) -> None:
    """Open a row, or close it when it was open."""
    memory.update(chosen=None if memory.get("chosen") == id_ else id_, original=None)


def find(id_: str | None) -> Exchange | None:
    """The exchange with this id, unless it has left the log."""
    return next((exchange for exchange in exchanges if exchange.id == id_), None)


def panel(exchange: Exchange) -> None:
    """One exchange: look at it, send it again, compare it."""
    deeds = {"look": _("Look"), "again": _("Send again"), "compare": _("Compare")}
    if not snippets.place(exchange.url) or not exchange.request:
        del deeds["again"]
    if len(exchanges) < 2:
        del deeds["compare"]
    with st.container(horizontal=True, vertical_alignment="center"):
        deed = st.segmented_control(
            _("What to do with it"),
            list(deeds),
            default="look",
            format_func=lambda name: deeds[name],
            # A key of its own for each: an exchange that was just sent is looked at first.
            key=f"log_deed_{exchange.id}",
            required=True,
            label_visibility="collapsed",
        )
        close = _("Close")
        st.button(close, "log_close", on_click=opened, args=(exchange.id,), type="tertiary", icon=":material/close:")
    if deed == "again":
        again(exchange)
    elif deed == "compare":
        log_view.compare(exchange, log_view.choose_other(exchange, exchanges, memory.get("original")), "log_compare")
    else:
        if original := find(memory.get("original")):
            st.caption(_("Lit in the request is what you changed."))
        exchange_view.draw(exchange, f"log_exchange_{exchange.id}", previous=original)


def again(exchange: Exchange) -> None:
    """The request as JSON to change, and to send as it stands there."""
    key = f"log_body_{exchange.id}"
    state.start_widget(key, json.dumps(exchange.request, indent=2, ensure_ascii=False))
    text = st.text_area(_("Request body"), key=key, height=360, max_chars=200_000, persist_state="session")
    body, model = typed_object.read(text or ""), state.connection().model
    with st.container(horizontal=True):
        go = st.button(_("Send"), key="log_send", type="primary", icon=":material/send:", disabled=body is None)
        if body is not None and body.get("model") != model:
            fitted = connection.fitted({**body, "model": model})
            st.button(_("Use {model}").format(model=f"`{model}`"), key="log_model", on_click=put, args=(key, fitted))
    if go and body is not None and (place := snippets.place(exchange.url)):
        send(body, place[1], exchange)
    connection.added(memory.get("added", {}).get(key, ()))
    st.caption(_("It goes to the connection that is chosen now, as it stands here; below, lit, is what you changed."))
    if body is not None and body != exchange.request:
        json_view.draw(body, "log_changed", label=_("Request body"), previous=exchange.request)


def put(key: str, fitted: Fitted) -> None:
    """Write a body into the editor, and note what was added to it."""
    state.set_widget(key, json.dumps(fitted.body, indent=2, ensure_ascii=False))
    memory.setdefault("added", {})[key] = fitted.changed


memory = state.scratch("log")
exchanges = state.log()
shell.header(_("Log"), _("Every request of this session and what came back, the newest first."))
if not exchanges:
    empty()
else:
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = log_view.choose_filter(exchanges)
        chosen = find(memory.get("chosen"))
        editing = chosen and state.widget(f"log_deed_{chosen.id}") == "again"
        secrets = (state.typed_key(), state.server_key())
        st.download_button(
            _("Export JSON"),
            lambda: to_json(reversed(shown), secrets),
            file_name="exchanges.json",
            mime="application/json",
            key="log_export",
            icon=":material/download:",
            on_click="ignore",
            type="secondary" if editing else "primary",
            disabled=not shown,
        )
    left, right = st.columns([2, 3], gap="large") if chosen else (st.container(), st.empty())
    with left:
        log_view.rows(shown, chosen.id if chosen else None, opened)
    if chosen:
        with right, st.container(key="log_panel"):
            panel(chosen)
