"""The models as a table whose rows can be chosen, and one model in full. Rows come ready; nothing is asked here."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from components import connection, json_view, state
from components.plain_text import plain
from components.wording import _
from playground.language import mark
from playground.model_list import Row
from playground.models import Model
from playground.pricing import prices_source

TOOLS = {
    "always": mark("yes"),
    "without effort": mark("only with reasoning_effort none"),
    "never": mark("no: they need the Responses API"),
}

PRICE_WIDTH = 88
"""Pixels of a column of prices: what stands where one is unknown is a word, and Streamlit measures only the figures."""


def draw(rows: Sequence[Row], key: str) -> Row | None:
    """Draw the table; answers the row that the visitor chose."""
    event = st.dataframe(
        _columns(rows),
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=_("unknown"),
        column_config={
            _("Model"): st.column_config.TextColumn(pinned=True),
            _("Context window"): st.column_config.NumberColumn(format="localized"),
            _("Largest answer"): st.column_config.NumberColumn(format="localized"),
            _("$ in"): st.column_config.NumberColumn(
                width=PRICE_WIDTH, format="%.2f", help=_("US dollars for a million tokens of prompt.")
            ),
            _("$ out"): st.column_config.NumberColumn(
                width=PRICE_WIDTH, format="%.2f", help=_("US dollars for a million tokens of answer.")
            ),
        },
        height=min(560, 38 + 35 * max(1, len(rows))),
    )
    chosen = event.selection.rows
    return rows[chosen[0]] if chosen and chosen[0] < len(rows) else None


def _columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    models = [row.model for row in rows]
    columns: dict[str, list[Any]] = {
        _("Model"): [row.id for row in rows],
        _("Family"): [_(model.family) if model else None for model in models],
        "Chat": [_yes(model, "chat") for model in models],
        "Completions": [_yes(model, "completions") for model in models],
        "Responses": [_yes(model, "responses") for model in models],
        _("Encoding"): [model.encoding if model else None for model in models],
        _("Context window"): [model.context_window if model else None for model in models],
        _("Largest answer"): [model.max_output if model else None for model in models],
        _("$ in"): [_float(row.input_price) for row in rows],
        _("$ out"): [_float(row.output_price) for row in rows],
        _("Ends"): [_end(row) for row in rows],
    }
    if any(row.on_server is not None for row in rows):
        columns[_("On the server")] = ["✓" if row.on_server else "–" for row in rows]
    return columns


def _yes(model: Model | None, api: str) -> str | None:
    return None if model is None else "✓" if getattr(model, api) else "–"


def _float(price: Any) -> float | None:
    return None if price is None else float(price)


def _end(row: Row) -> str:
    end = row.shutdown or (row.model and (row.model.retired or row.model.retires))
    return str(end) if end else "–"


def detail(row: Row, key: str) -> None:
    """Draw one model in full, with what it was read from, and the button that chooses it."""
    model = row.model
    with st.container(border=True, key=key):
        st.header(plain(row.id), anchor=False)
        if model is None:
            st.markdown(_("The server names it; the catalogue has nothing on it."))
        else:
            _facts(model)
        _money(row)
        if row.told is not None:
            st.markdown(_("**What the server says about it**"))
            json_view.draw(dict(row.told), f"{key}_told", label=_("What the server says about it"), max_height=200)
        _use(row, key)
        if model:
            # By the name of the site: who reads it sees whether OpenAI says so or somebody else.
            sources = [f"[{_('model')}: {urlsplit(model.source).hostname}]({model.source})"]
            if model.dates_source:
                sources.append(f"[{_('dates')}: {urlsplit(model.dates_source).hostname}]({model.dates_source})")
            st.caption(_("Checked on {date}. Sources: {links}").format(date=model.checked, links=", ".join(sources)))


def _facts(model: Model) -> None:
    apis = {"Chat Completions": model.chat, _("Completions (legacy)"): model.completions, "Responses": model.responses}
    unknown = _("unknown")
    facts = {
        _("Family"): _(model.family),
        _("Speaks"): ", ".join(name for name, speaks in apis.items() if speaks),
        _("Encoding"): f"`{model.encoding}`",
        _("Context window"): f"{model.context_window:,}" if model.context_window else unknown,
        _("Largest answer"): f"{model.max_output:,}" if model.max_output else unknown,
    }
    if model.snapshot:
        facts[_("Stands for the snapshot")] = f"`{model.snapshot}`"
    if model.reasons:
        facts[_("Its own reasoning_effort")] = model.effort or unknown
        facts[_("Takes reasoning_effort none")] = {True: _("yes"), False: _("no"), None: unknown}[model.none_effort]
        facts[_("Tools in Chat Completions")] = _(TOOLS[model.chat_tools]) if model.chat_tools else unknown
    if model.retired:
        facts[_("Shut down on")] = str(model.retired)
    if model.retires:
        facts[_("Will be shut down on")] = str(model.retires)
    st.markdown("  \n".join(f"{name}: **{value}**" for name, value in facts.items()))
    if model.note:
        st.markdown(_(model.note))


def _money(row: Row) -> None:
    source, dated = prices_source()
    if row.input_price is None:
        st.markdown(_("Price: **unknown**"))
    else:
        parts = [
            _("{price} in").format(price=f"\\${row.input_price}"),
            _("{price} out").format(price=f"\\${row.output_price}"),
        ]
        if row.cached_price is not None:
            parts.append(_("{price} from the cache").format(price=f"\\${row.cached_price}"))
        st.markdown(_("Price of a million tokens: **{prices}**").format(prices=", ".join(parts)))
    st.caption(
        _("Prices: {source}, {date}; the last known one of a model that is shut down.").format(
            source=source, date=dated
        )
    )


def _use(row: Row, key: str) -> None:
    now = state.connection()
    chats = row.model is None or row.model.chat
    if row.id == now.model:
        st.markdown(_("This connection uses it now."))
        return
    st.button(
        _("Use this model"),
        key=f"{key}_use",
        icon=":material/check:",
        on_click=connection.use_model,
        args=(row.id,),
        disabled=not chats,
    )
    if not chats:
        st.caption(_("It doesn't chat: the tab Two endpoints of the parameters page can ask it."))
    elif row.model and row.model.retired and now.kind == "openai":
        st.caption(_("OpenAI shut it down: the request will be refused. The simulator still answers for it."))
