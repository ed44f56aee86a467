"""Models: who speaks which API, with which encoding, window and price, until when; the course's table is one filter."""

from datetime import date
from typing import Any

import streamlit as st

from components import connection, error_view, model_table, price_chart, shell, state
from components.shell import through_entry
from components.wording import _, _n
from playground.exchange import Exchange
from playground.model_list import FILTERS, Row, rows
from playground.pricing import prices_source

through_entry()

PAGE = "models"


def place() -> tuple[str, str]:
    """Which server the connection leads to; its list means nothing for another one."""
    now = state.connection()
    return now.kind, now.base_url


def asked() -> Exchange | None:
    """What this connection's server answered when it was asked for its models."""
    where, exchange = state.scratch(PAGE).get("asked", (None, None))
    return exchange if where == place() else None


def server() -> None:
    """The button that asks the server, and what became of it."""
    if st.button(_("Ask the server which models it has"), key="models_ask", type="primary", icon=":material/dns:"):
        with st.spinner(_("Asking for the list of models…")):
            state.scratch(PAGE)["asked"] = place(), connection.client().list_models().exchange
    exchange = asked()
    if exchange is None:
        return
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key="models_error")
        return
    count = len(served() or [])
    said = _n("It answers, and names {n} model.", "It answers, and names {n} models.", count).format(n=count)
    st.caption(f"{said} `GET /v1/models`" + (f" · {_('simulated')}" if exchange.simulated else ""))


def served() -> list[Any] | None:
    """The data of the server's list; None when it was not asked, or answered something else."""
    exchange = asked()
    data = exchange.response.get("data") if exchange and exchange.ok else None
    return data if isinstance(data, list) else None


def chosen_filter() -> str:
    """The pills; without a server's list there is none for it."""
    names = [name for name in FILTERS if name != "server" or served() is not None]
    return st.pills(
        _("Which models"),
        names,
        default="all",
        format_func=lambda name: _(FILTERS[name].title),
        key="models_filter",
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )


def table(listed: list[Row], key: str) -> None:
    """The table; a chosen row opens beside it. Each list has a key of its own: a chosen row is a number."""
    opened = state.widget(key, {}) or {}
    has = bool(opened.get("selection", {}).get("rows"))
    left, right = st.columns([5, 3], gap="medium") if has else (st.container(), st.container())
    with left:
        row = model_table.draw(listed, key)
        st.caption(_("Choose a row to see the model in full; click a heading to sort."))
        source, dated = prices_source()
        said = _("Prices are US dollars for a million tokens: {source}, {date}.")
        st.caption(said.format(source=source, date=dated or _("unknown")))
    if row:
        with right:
            model_table.detail(row, "models_detail")


shell.header(
    _("Models"), _("Which model speaks which API, how much it reads, what it costs, and until when it answers.")
)
server()
name = chosen_filter()
today = date.today()
listed = [row for row in rows(served()) if FILTERS[name].keeps(row, today)]
tabs = st.tabs([_("Table"), _("Price against window")], key="models_tabs", on_change="rerun")
if tabs[0].open:
    with tabs[0]:
        table(listed, f"models_table_{name}_{len(listed)}")
if tabs[1].open:
    with tabs[1]:
        price_chart.draw(listed, today, "models_chart")
