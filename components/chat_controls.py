"""The line above a conversation: the system message, how much history a request carries, a new start with undo."""

import streamlit as st

from components import state
from components.wording import _
from playground.transcript import History, Transcript


def draw(talk: Transcript) -> None:
    """Draw the controls; the system message goes into the transcript as it is typed."""
    with st.container(horizontal=True, vertical_alignment="center", key="chat_controls"):
        with st.popover(_("System message"), icon=":material/tune:", key="chat_system_popover"):
            state.start_widget("chat_system", talk.system)
            talk.system = st.text_area(
                _("System message"), key="chat_system", persist_state="session", max_chars=20_000, height=120
            )
            st.caption(_("It goes first in every request. Empty: the request has no system message."))
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
        if talk.turns:
            st.button(_("Start over"), key="chat_start_over", icon=":material/add:", on_click=state.start_over)
        if state.conversation_aside():
            back = _("Bring the conversation back")
            st.button(back, key="chat_undo", icon=":material/undo:", type="tertiary", on_click=_bring_back)


def _bring_back() -> None:
    state.bring_back()
    state.set_widget("chat_system", state.transcript().system)


def history() -> History:
    """What the visitor chose that a request carries."""
    chosen: History = state.widget("chat_history", "all")
    return chosen
