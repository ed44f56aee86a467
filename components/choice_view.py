"""The choices of a response, side by side as cards. A choice's text is shown as text."""

from typing import Any

import streamlit as st

from components.wording import _
from playground.exchange import Exchange
from playground.language import mark

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
        for choice in exchange.choices:
            _card(choice, f"{key}_{choice.get('index', 0)}")
    reasons = sorted({str(choice.get("finish_reason")) for choice in exchange.choices} & set(_REASONS))
    st.caption(" · ".join(f"{reason}: {_(_REASONS[reason])}" for reason in reasons))


def _card(choice: dict[str, Any], key: str) -> None:
    with st.container(border=True, key=key, gap="xsmall", height="stretch"):
        st.text((choice.get("message") or {}).get("content") or "")
        st.space("stretch")
        st.caption(f"index {choice.get('index', 0)} · finish_reason {choice.get('finish_reason')}")
