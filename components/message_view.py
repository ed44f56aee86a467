"""Messages of a conversation as bubbles: who spoke, the text. Others' text is shown as text, their Markdown safely."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import json_view
from components.wording import _, _n
from playground.branches import Node
from playground.safe_markdown import safe as as_markdown

AVATARS = {
    "user": ":material/person:",
    "assistant": ":material/smart_toy:",
    "system": ":material/settings:",
    "developer": ":material/settings:",
    "tool": ":material/function:",
    "function": ":material/function:",
}

LONGEST = 20_000
"""Characters of a message that are drawn; the rest is in the request and in what is exported."""

__all__ = ["AVATARS", "as_markdown", "question", "speaker", "text"]


def speaker(role: str) -> DeltaGenerator:
    """A bubble for somebody who speaks; draw inside it."""
    return st.chat_message(role, avatar=AVATARS.get(role, ":material/chat:"))


def question(text: str) -> None:
    """Draw what a person said."""
    with speaker("user"):
        st.text(text)


def text(node: Node, pictures: bool = False) -> None:
    """Draw what a message says: an answer as Markdown, anybody else's text as it was written, calls as JSON."""
    shown = node.text[:LONGEST]
    if node.role not in ("user", "assistant"):
        st.caption(f"`{node.role.replace('`', '')}`")
    if node.role == "assistant" and shown:
        st.markdown(as_markdown(shown, pictures=pictures))
    elif shown:
        st.text(shown)
    if hidden := len(node.text) - len(shown):
        st.caption(_n("and {n} more character", "and {n} more characters", hidden).format(n=f"{hidden:,}"))
    beside = {name: value for name, value in node.message.items() if name not in ("role", "content") and value}
    if not isinstance(node.message.get("content"), str | None):
        beside["content"] = node.message["content"]
    if beside:
        json_view.draw(beside, f"chat_beside_{node.id}", label=_("Also in the message"), max_height=240)
