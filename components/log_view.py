"""The log as rows, and two exchanges beside each other. It chooses and draws; it sends nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import Any

import streamlit as st

from components import exchange_view, json_view, state
from components.plain_text import plain
from components.wording import _, _n
from playground.exchange import Exchange
from playground.language import mark

NEWEST = 20
"""Rows drawn at most."""


def uses_tools(exchange: Exchange) -> bool:
    """Whether the request offers functions or the response calls one."""
    offered = any(exchange.request.get(name) for name in ("tools", "functions"))
    return bool(offered or exchange.tool_calls or (exchange.message or {}).get("function_call"))


FILTERS: Mapping[str, tuple[str, Callable[[Exchange], bool]]] = {
    "all": (mark("All"), lambda exchange: True),
    "failed": (mark("Failed"), lambda exchange: not exchange.ok),
    "streamed": (mark("Streamed"), lambda exchange: exchange.streamed),
    "tools": (mark("With tools"), uses_tools),
}
"""Name, as a link may carry it -> its title, and what it lets through."""


def choose_filter(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Draw the pills; answers what the chosen one lets through, newest first."""
    asked = st.query_params.get("show")
    state.start_widget("log_filter", asked if asked in FILTERS else "all")
    chosen = st.pills(
        _("Show"),
        list(FILTERS),
        format_func=lambda name: _(FILTERS[name][0]),
        key="log_filter",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    lets_through = FILTERS[chosen or "all"][1]
    return [exchange for exchange in reversed(exchanges) if lets_through(exchange)]


def rows(exchanges: Sequence[Exchange], chosen: str | None, on_click: Callable[[str], None]) -> None:
    """Draw the newest as rows to click; on_click gets the id."""
    st.html(Path(__file__).with_name("log_view.css"))
    if not exchanges:
        st.markdown(_("No exchange of this kind yet."))
    with st.container(key="log_rows"):
        for exchange in exchanges[:NEWEST]:
            state_of = "_chosen" if exchange.id == chosen else ""
            with st.container(key=f"log_row_{exchange.id}{state_of}", gap=None):
                st.button(
                    plain(title(exchange)),
                    key=f"log_open_{exchange.id}",
                    type="tertiary",
                    icon=_icon(exchange),
                    on_click=on_click,
                    args=(exchange.id,),
                    width="stretch",
                )
                st.caption(exchange_view.summary(exchange))
    if len(exchanges) > NEWEST:
        more = _n(
            "{n} older exchange is in the export.", "{n} older exchanges are in the export.", len(exchanges) - NEWEST
        )
        st.caption(more.format(n=len(exchanges) - NEWEST))


def title(exchange: Exchange) -> str:
    """One line: when, which model, and the last thing that was said to it."""
    model = exchange.request.get("model")
    parts = [_clock(exchange), str(model) if model else exchange.method, _last_words(exchange)]
    return " · ".join(part for part in parts if part)


def choose_other(exchange: Exchange, exchanges: Sequence[Exchange], original: str | None) -> Exchange:
    """Let the reader choose what to compare with: at first what it was made from, else the one before it."""
    others = {each.id: each for each in reversed(exchanges) if each is not exchange}
    before = next((each.id for each in others.values() if each.started < exchange.started), next(iter(others)))
    start = original if original in others else before
    chosen = st.selectbox(
        _("Compare with"),
        others,
        index=list(others).index(start),
        format_func=lambda id_: title(others[id_]),
        key=f"log_other_{exchange.id}",
    )
    return others[chosen]


def compare(this: Exchange, other: Exchange, key: str) -> None:
    """Draw two requests and two responses beside each other; lit is what differs from the other side."""
    st.caption(
        _("Lit is what the other one has not, or has otherwise. Left {left}, right {right}.").format(
            left=plain(_clock(other)), right=plain(_clock(this))
        )
    )
    for name, label in (("request", _("Request")), ("response", _("Response"))):
        st.markdown(f"**{label}**")
        left, right = st.columns(2)
        values: tuple[Any, Any] = getattr(other, name), getattr(this, name)
        with left:
            json_view.draw(values[0], f"{key}_{name}_left", label=label, previous=values[1])
        with right:
            json_view.draw(values[1], f"{key}_{name}_right", label=label, previous=values[0])


def _clock(exchange: Exchange) -> str:
    # In the visitor's own time; the server may stand elsewhere.
    offset = st.context.timezone_offset
    zone = UTC if offset is None else timezone(timedelta(minutes=-offset))
    return exchange.started.astimezone(zone).strftime("%H:%M:%S")


def _last_words(exchange: Exchange) -> str:
    messages = exchange.request.get("messages")
    last = messages[-1] if isinstance(messages, list) and messages else None
    said = last.get("content") if isinstance(last, dict) else exchange.request.get("prompt")
    text = " ".join(said[:200].split()) if isinstance(said, str) else exchange.url.rpartition("/v1")[2]
    return text if len(text) <= 60 else f"{text[:60]}…"


def _icon(exchange: Exchange) -> str:
    if exchange.error or (exchange.status or 500) >= 400:
        return ":material/error:"
    if uses_tools(exchange):
        return ":material/function:"
    return ":material/stream:" if exchange.streamed else ":material/swap_horiz:"
