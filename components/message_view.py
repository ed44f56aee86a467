"""Messages of a conversation: who spoke, the text, a chip with what it cost. Others' text is shown as text."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.wording import _, _n
from playground.safe_markdown import safe as as_markdown
from playground.transcript import Turn

AVATARS = {"user": ":material/person:", "assistant": ":material/smart_toy:"}


def speaker(role: str) -> DeltaGenerator:
    """A bubble for somebody who speaks; draw inside it."""
    return st.chat_message(role, avatar=AVATARS[role])


def question(text: str) -> None:
    """Draw what a person said."""
    with speaker("user"):
        st.text(text)


def answer(turn: Turn) -> None:
    """Draw what the model said and the chip under it."""
    with speaker("assistant"):
        if turn.answer:
            st.markdown(as_markdown(turn.answer))
        st.caption(chip(turn))


def chip(turn: Turn) -> str:
    """One line under an answer: who answered, what it cost, and whether it is whole."""
    parts = []
    exchange = turn.exchange
    if exchange and exchange.simulated:
        parts.append(_("simulated"))
    if exchange and exchange.usage:
        parts.append(_n("{n} token", "{n} tokens", exchange.usage.total).format(n=exchange.usage.total))
    if exchange and exchange.finish_reason == "length":
        parts.append(_("cut by the token limit"))
    if turn.status == "partial":
        parts.append(_("stopped: this is what arrived"))
    if turn.status == "failed":
        parts.append(_("no answer; the next request leaves this question out"))
    return " · ".join(parts)


def phone_switch(page: str) -> str:
    """On a phone there is room for one of them. Answers "chat" or "json"; hidden on wide screens."""
    with st.container(key=f"{page}_switch"):
        return st.segmented_control(
            _("Show"),
            ["chat", "json"],
            default="chat",
            format_func=lambda each: _("Chat") if each == "chat" else _("JSON"),
            key=f"{page}_view",
            required=True,
            label_visibility="collapsed",
            width="stretch",
        )
