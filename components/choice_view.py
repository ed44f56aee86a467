"""The choices of a response, side by side as cards. A choice's text is shown as text."""

from typing import Any

import streamlit as st

from components import json_view
from components.wording import _
from playground.comparison import said
from playground.exchange import Exchange
from playground.language import mark
from playground.typed_json import write

_REASONS = {
    "stop": mark("It ended by itself, or at a stop text."),
    "length": mark("It was cut at the token limit."),
    "content_filter": mark("A filter left something out."),
    "tool_calls": mark("It asks for a tool."),
    "function_call": mark("It asks for a function."),
}
"""finish_reason -> what it means."""


def draw(exchange: Exchange, key: str) -> None:
    """Draw a card for each choice: the text, index and finish_reason. Below, what these reasons mean."""
    with st.grid("auto", min_column_width=220, key=f"{key}_cards"):
        # By its place: a server may give two choices the same index.
        for place, choice in enumerate(exchange.choices):
            _card(choice, f"{key}_{place}")
    reasons = sorted({str(choice.get("finish_reason")) for choice in exchange.choices} & set(_REASONS))
    if reasons:
        st.caption(" · ".join(f"{reason}: {_(_REASONS[reason])}" for reason in reasons))


def _beside(choice: dict[str, Any]) -> dict[str, Any]:
    """What the message holds besides its words: calls, a refusal, sound."""
    message = choice.get("message")
    named = message.items() if isinstance(message, dict) else ()
    return {name: value for name, value in named if name not in ("role", "content") and value}


def _card(choice: dict[str, Any], key: str) -> None:
    with st.container(border=True, key=key, gap="xsmall", height="stretch"):
        if text := said(choice):
            st.text(text)
        beside = _beside(choice)
        if beside:
            json_view.draw(beside, f"{key}_beside", label=_("Also in the message"), max_height=240)
        elif not text:
            st.caption(_("(empty)"))
        st.space("stretch")
        reason = choice.get("finish_reason")
        st.caption(
            f"index {choice.get('index', 0)} · finish_reason {reason if isinstance(reason, str) else write(reason)}"
        )
