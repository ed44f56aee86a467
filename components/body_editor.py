"""The next request as text to change before it is sent. What is no JSON object is refused, with the place."""

import json
from collections.abc import Callable

import streamlit as st

from components import state, typed_object
from components.wording import _
from playground.messages import Body

LONGEST = 2_000_000
"""Characters of a request."""


def draw(key: str, changed: bool, on_change: Callable[[Body | None], None], *, popover: str = "") -> None:
    """Draw the button that asks for the editor; on_change is told None when a change is taken back.

    popover: the key of the popover that the button stands in, which gives way to the editor.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Change the JSON"),
            key=f"{key}_edit",
            icon=":material/edit:",
            type="tertiary",
            on_click=_ask,
            args=(key, popover),
        )
        if changed:
            st.markdown(_("Changed by you."), width="content")
            st.button(_("Take it back"), key=f"{key}_back", type="tertiary", on_click=on_change, args=(None,))


def open_if_asked(key: str, body: Callable[[], Body], on_change: Callable[[Body | None], None]) -> None:
    """Open the editor on a body once its button was pressed; to be called outside of any popover."""
    if state.scratch(key).pop("asked", False):
        state.set_widget(f"{key}_text", json.dumps(body(), indent=2, ensure_ascii=False))
        st.dialog(_("The next request"), width="large")(_form)(key, on_change)


def _ask(key: str, popover: str) -> None:
    state.scratch(key)["asked"] = True
    if popover:
        state.set_widget(popover, False)


def _form(key: str, on_change: Callable[[Body | None], None]) -> None:
    text = st.text_area(
        _("Request body (JSON)"), key=f"{key}_text", height=420, max_chars=LONGEST, label_visibility="collapsed"
    )
    if st.button(_("Use this"), key=f"{key}_use", type="primary"):
        body = typed_object.read(text)
        if body is not None and isinstance(body.get("messages"), list):
            on_change(body)
            st.rerun()
        elif body is not None:
            st.error(_("A request has a list of messages."))
