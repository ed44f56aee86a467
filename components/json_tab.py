"""JSON without calling anything: a text goes in, a table and JSON come out, by both ways side by side."""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from components import capped_call, error_view, json_view, state, typed_object
from components.wording import _, _n
from playground import strict
from playground.exchange import Exchange
from playground.json_two_ways import SCHEMA, TEXT, by_format, by_function, rows, written_by
from playground.language import mark
from playground.messages import Body

WAYS: dict[str, tuple[str, Callable[[str, str, Any], Body]]] = {
    "function": (mark("As the arguments of a function"), by_function),
    "format": (mark("By response_format"), by_format),
}
"""Way -> its title and how its request is written."""


def draw(page: str, send: Callable[[Body], Exchange]) -> None:
    """Draw text and schema; the button sends both requests."""
    key = f"{page}_json"
    state.start_widget(f"{key}_text", TEXT)
    state.start_widget(f"{key}_schema", json.dumps(SCHEMA, indent=2, ensure_ascii=False))
    st.markdown(
        _("A model can write JSON that nobody runs. The older way forces a function and keeps its arguments as data.")
    )
    left, right = st.columns(2)
    text = left.text_area(_("Text"), key=f"{key}_text", height=200, max_chars=20_000, persist_state="session")
    written = right.text_area(
        _("JSON Schema of the data"), key=f"{key}_schema", height=200, max_chars=100_000, persist_state="session"
    )
    schema = typed_object.read(written or "")
    for fault in list(strict.problems(schema))[:5] if schema is not None else ():
        st.warning(_("The API will refuse this schema as strict: {problem}").format(problem=f"`{fault}`"))
    if st.button(_("Read it both ways"), key=f"{key}_send", disabled=schema is None or not (text or "").strip()):
        came = state.scratch(page)["json"] = {}
        with st.spinner(_("Waiting for the answer")), capped_call.told():
            for way, (_title, write) in WAYS.items():
                came[way] = send(write(state.connection().model, text or "", schema))
    exchanges = state.scratch(page).get("json", {})
    for column, (way, exchange) in zip(st.columns(2), exchanges.items(), strict=False):
        with column:
            st.markdown(f"**{_(WAYS[way][0])}**")
            _result(exchange, f"{key}_{way}")


def _result(exchange: Exchange, key: str) -> None:
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{key}_error")
    else:
        said = written_by(exchange)
        if found := rows(said):
            st.dataframe(
                {_("Field"): [path for path, _value in found], _("Value"): [value for _path, value in found]},
                key=f"{key}_table",
                hide_index=True,
            )
        else:
            st.markdown(_("The answer is no JSON object:"))
            json_view.draw_text(said, f"{key}_said", label=_("Answer"))
        if exchange.usage:
            st.caption(_n("{n:,} token", "{n:,} tokens", exchange.usage.total).format(n=exchange.usage.total))
        st.markdown(_("**Response**"))
        json_view.draw(exchange.response, f"{key}_response", label=_("Response"), max_height=320)
    st.markdown(_("**Request**"))
    json_view.draw(exchange.request, f"{key}_request", label=_("Request"), max_height=320)
