"""The meter under the chat input: what the next request costs, with what is being typed in it. It sends nothing.

st.chat_input tells nobody what is typed before it is sent; a component beside it does.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import money, state
from components.ledger_view import SURENESS, sureness
from components.scripted import scripted
from components.wording import _, _n
from playground.errors import PlaygroundError
from playground.ledger import count_prompt
from playground.messages import Body, user
from playground.pricing import price, share_of_window
from playground.prompt_text import Certainty

LIMIT = 100_000
"""Characters: a longer text is counted once it is sent."""

AT_ONCE = 100_000
"""Characters of a request: a longer one is counted when the page is drawn, so that the page needn't wait."""

_METER = scripted("typed_meter", "<span hidden></span>")


def draw(body: Body, key: str, simulated: bool) -> None:
    """Draw the meter for a request that lacks only the text that is being typed; a key press draws it alone again."""
    memory = state.scratch(key)
    # A thousand messages take a tenth of a second to count, and most runs change none of them.
    if memory.get("body") != body:
        memory.update(body=body, counted=None, trouble=None)
        if sum(len(str(message.get("content"))) for message in body.get("messages", ())) <= AT_ONCE:
            _count(memory)
    _follow(key, simulated)


def _count(memory: dict[str, Any]) -> None:
    try:
        bill = count_prompt(memory["body"])
        memory["counted"] = bill.total, sureness(bill)
    except PlaygroundError as error:
        memory["trouble"] = error.message, error.values


@st.fragment
def _follow(key: str, simulated: bool) -> None:
    memory = state.scratch(key)
    waits = memory["counted"] is None and memory["trouble"] is None
    component = _METER(key=key, data={"limit": LIMIT, "waits": waits}, on_typed_change=lambda: None)
    _set_free(component, memory)
    text = typed(component)
    if waits and _asked(component, memory):
        _count(memory)
    if trouble := memory["trouble"]:
        st.caption(_(trouble[0]).format(**trouble[1]))
        return
    if memory["counted"] is None:
        st.caption(_("The next request is being counted."))
        return
    model, (counted, sure) = str(memory["body"].get("model")), memory["counted"]
    if text is None:
        st.caption(_("A text of more than {n} characters is counted when it is sent.").format(n=f"{LIMIT:,}"))
    else:
        st.caption(said(model, counted, sure, text, simulated))


def _asked(component: Any, memory: dict[str, Any]) -> bool:
    """Whether the browser has drawn the page and now asks for a count that took too long to do before."""
    told = (component or {}).get("typed")
    count = told.get("count") if isinstance(told, Mapping) else None
    new = count is not None and memory.get("asked") != count
    memory["asked"] = count
    return new


def _set_free(component: Any, memory: dict[str, Any]) -> None:
    """Run the page again when the browser says that its input waits for a run that has long ended."""
    told = (component or {}).get("typed")
    stuck = told.get("stuck") if isinstance(told, Mapping) else None
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


def said(model: str, counted: int, sure: Certainty, text: str, simulated: bool) -> str:
    """Put the meter into words. `counted`: the tokens of the request without the text; only that is counted here."""
    # The message that will carry the text has a frame, which costs tokens before a word is typed.
    total = counted + _alone(model, text if text.strip() else "") - _alone(model, None)
    if text.strip():
        sentence = _n("Next request: {n} prompt token ({sure})", "Next request: {n} prompt tokens ({sure})", total)
    else:
        sentence = _n(
            "Next request: {n} prompt token and what you type ({sure})",
            "Next request: {n} prompt tokens and what you type ({sure})",
            total,
        )
    parts = [sentence.format(n=f"{total:,}", sure=_(SURENESS[sure]))]
    share = share_of_window(model, total)
    if share is not None:
        fits = _("{share:.1%} of the window") if share <= 1 else _("{share:.0%} of the window: too long")
        parts.append(fits.format(share=share))
    parts.append(money.said(price(model, total), simulated))
    return " · ".join(parts)


def _alone(model: str, text: str | None) -> int:
    return count_prompt({"model": model, "messages": [] if text is None else [user(text)]}).total
