"""The meter under the chat input: what the next request costs, with what is being typed in it. It sends nothing.

st.chat_input tells nobody what is typed before it is sent; a component beside it does.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from components import money, state
from components.ledger_view import SURENESS, sureness
from components.wording import _, _n
from playground.errors import PlaygroundError
from playground.ledger import Ledger, count_prompt
from playground.messages import Body, user
from playground.pricing import price, share_of_window

LIMIT = 100_000
"""Characters: a longer text is counted once it is sent."""

_METER = st.components.v2.component(
    "typed_meter",
    html="<span hidden></span>\n",
    js=(Path(__file__).parent / "typed_meter.js").read_text(encoding="utf-8"),
)


def draw(body: Body, key: str, simulated: bool) -> None:
    """Draw the meter for a request that lacks only the text that is being typed; a key press draws it alone again."""
    try:
        told: Ledger | str = count_prompt(body)
    except PlaygroundError as error:
        told = _(error.message).format(**error.values)
    _follow(body, told, key, simulated)


@st.fragment
def _follow(body: Body, bill: Ledger | str, key: str, simulated: bool) -> None:
    component = _METER(key=key, data={"limit": LIMIT}, on_typed_change=lambda: None)
    _set_free(component, key)
    text = typed(component)
    if isinstance(bill, str):
        st.caption(bill)
    elif text is None:
        st.caption(_("A text of more than {n} characters is counted when it is sent.").format(n=f"{LIMIT:,}"))
    else:
        st.caption(said(body, bill, text, simulated))


def _set_free(component: Any, key: str) -> None:
    """Run the page again when the browser says that its input waits for a run that has long ended."""
    told = (component or {}).get("typed")
    stuck = told.get("stuck") if isinstance(told, Mapping) else None
    memory = state.scratch(key)
    if stuck is not None and memory.get("stuck") != stuck:
        memory["stuck"] = stuck
        st.rerun()


def typed(component: Any) -> str | None:
    """What the browser says is being typed; None for a text that is too long to follow. A browser can say anything."""
    told = (component or {}).get("typed")
    if not isinstance(told, Mapping):
        return ""
    text = told.get("text")
    return text[:LIMIT] if isinstance(text, str) else None


def said(body: Body, bill: Ledger, text: str, simulated: bool) -> str:
    """Put the meter into words.

    Only the new message is counted with each key press: the others cost what they cost.
    """
    model = str(body.get("model"))
    total = bill.total
    if text.strip():
        total += _alone(body, text) - _alone(body, None)
        sentence = _n("Next request: {n} prompt token ({sure})", "Next request: {n} prompt tokens ({sure})", total)
    else:
        sentence = _n(
            "Next request: {n} prompt token and what you type ({sure})",
            "Next request: {n} prompt tokens and what you type ({sure})",
            total,
        )
    parts = [sentence.format(n=f"{total:,}", sure=_(SURENESS[sureness(bill)]))]
    share = share_of_window(model, total)
    if share is not None:
        fits = _("{share:.1%} of the window") if share <= 1 else _("{share:.0%} of the window: too long")
        parts.append(fits.format(share=share))
    parts.append(money.said(price(model, total), simulated))
    return " · ".join(parts)


def _alone(body: Body, text: str | None) -> int:
    messages = [] if text is None else [user(text)]
    return count_prompt({"model": body.get("model"), "messages": messages}).total
