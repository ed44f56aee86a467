"""The menu that builds a request: adds a message or a function to it. It reads no JSON that isn't an object."""

import json
from collections.abc import Callable

import streamlit as st

from components import state, typed_object
from components.wording import _
from playground.messages import Body
from playground.sample_requests import with_function, with_message
from playground.tools import GET_CURRENT_WEATHER

ROLES = ("system", "developer", "user", "assistant")


def draw(key: str, body: Body | None, put: Callable[[Body], None]) -> None:
    """Draw the menu. `put` takes the request with what was added; a body of None is one that can't be read."""
    with st.popover(_("Add"), icon=":material/add:", key=f"{key}_add"):
        if body is None:
            st.markdown(_("The request can't be read as JSON: mend it first, then something can be added."))
            return
        kinds = {"message": _("A message"), "function": _("A function")}
        kind = st.segmented_control(
            _("What to add"),
            list(kinds),
            format_func=lambda each: kinds[each],
            default="message",
            key=f"{key}_add_kind",
            required=True,
            label_visibility="collapsed",
        )
        (_message if kind == "message" else _function)(f"{key}_add_{kind}", body, put)


def _message(key: str, body: Body, put: Callable[[Body], None]) -> None:
    role = st.selectbox(_("Role"), ROLES, index=ROLES.index("user"), key=f"{key}_role")
    text = st.text_area(_("Text"), key=f"{key}_text", max_chars=20_000, height=96)

    def add() -> None:
        put(with_message(body, role, text))
        state.set_widget(f"{key}_text", "")

    st.button(_("Add the message"), key=key, on_click=add)


def _function(key: str, body: Body, put: Callable[[Body], None]) -> None:
    state.start_widget(f"{key}_name", GET_CURRENT_WEATHER.name)
    state.start_widget(f"{key}_description", GET_CURRENT_WEATHER.description)
    state.start_widget(f"{key}_parameters", json.dumps(GET_CURRENT_WEATHER.parameters, indent=2))
    name = st.text_input(_("Name"), key=f"{key}_name", max_chars=64)
    description = st.text_input(_("Description"), key=f"{key}_description", max_chars=2000)
    written = st.text_area(_("Parameters (JSON Schema)"), key=f"{key}_parameters", max_chars=20_000, height=160)
    dialects = ["tools", "functions"]
    dialect = st.segmented_control(
        _("Dialect"),
        dialects,
        default="functions" if body.get("functions") else "tools",
        key=f"{key}_in",
        required=True,
    )
    parameters = typed_object.read(written.strip() or "{}")
    function = {"name": name, "description": description, "parameters": parameters}
    st.button(
        _("Add the function"),
        key=key,
        on_click=lambda: put(with_function(body, function, dialect)),
        disabled=parameters is None,
    )
