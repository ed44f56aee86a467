"""The lines above a conversation: parameters, how much history a request carries, the system message, a new start."""

from typing import Any

import streamlit as st

from components import conversations, parameter_form, state
from components.plain_text import plain
from components.wording import _, _n
from playground.transcript import History, Transcript

PARAMETERS = (
    "temperature",
    "top_p",
    "n",
    "stop",
    "max_completion_tokens",
    "max_tokens",
    "seed",
    "presence_penalty",
    "frequency_penalty",
)
"""The parameters that change how a conversation goes on."""

NAMED = 3
"""Parameters that the button names; of more it says how many."""

NEW_KEYS = "Ctrl+Shift+O"

SYSTEM_SHOWN = 80
"""Characters of the system message that its folded line shows."""


def new_conversation() -> None:
    """Draw the button for a new conversation, which a key presses too."""
    st.button(
        _("New"),
        key="chat_start_over",
        icon=":material/add:",
        shortcut=NEW_KEYS,
        on_click=conversations.new,
        help=_("A new conversation; this one stays in the list."),
    )


def parameters() -> dict[str, Any]:
    """Draw the button that names what is set, with the knobs inside; answers what is set."""
    names = [name for name in PARAMETERS if state.widget(f"chat_set_{name}")]
    label = ", ".join(names[:NAMED])
    if not names:
        label = _("Parameters")
    elif len(names) > NAMED:
        more = len(names) - NAMED
        label += " " + _n("and {n} more", "and {n} more", more).format(n=more)
    with st.popover(label, icon=":material/tune:", key="chat_parameters"):
        values = parameter_form.draw(PARAMETERS, "chat")
        if values:
            st.button(_("Reset"), key="chat_parameters_reset", on_click=parameter_form.reset, args=(PARAMETERS, "chat"))
    return values


def history_switch() -> None:
    """Let the visitor choose what a request carries."""
    state.start_widget("chat_history", "all")
    st.segmented_control(
        _("What a request carries"),
        ["all", "last"],
        format_func=lambda each: _("History: all") if each == "all" else _("Last message only"),
        key="chat_history",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )


def history() -> History:
    """What the visitor chose that a request carries."""
    chosen: History = state.widget("chat_history", "all")
    return chosen


def system_message(talk: Transcript) -> None:
    """Draw the system message as one folded line; what is typed goes into the transcript."""
    state.start_widget("chat_system", talk.system)
    now = " ".join(str(state.widget("chat_system")).split())
    shown = plain(now[:SYSTEM_SHOWN]) + ("…" if len(now) > SYSTEM_SHOWN else "")
    label = _("System: {text}").format(text=shown) if now else _("No system message")
    with st.expander(label, key="chat_system_line", type="compact"):
        typed = st.text_area(
            _("System message"),
            key="chat_system",
            persist_state="session",
            max_chars=20_000,
            height=120,
            label_visibility="collapsed",
        )
        st.caption(_("It goes first in every request. Empty: the request has no system message."))
    if typed != talk.system:
        talk.system = typed
