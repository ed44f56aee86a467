"""The prompt that the tabs of the parameters page share, and the request that it becomes with the settings made."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import settings_menu, state
from components.wording import _
from playground.messages import Body, Message, system, user
from playground.parameters import body_of
from playground.typed_json import write

LONGEST = 20_000
"""Characters of a prompt."""


def draw(page: str, height: int = 96) -> str:
    """Draw the field; it holds the same text in each tab."""
    state.start_widget(f"{page}_prompt", _(state.PROMPT))
    return st.text_area(
        _("Prompt"),
        key=f"{page}_prompt",
        persist_state="session",
        label_visibility="collapsed",
        max_chars=LONGEST,
        height=height,
    )


def set_values(page: str, values: Mapping[str, Any]) -> None:
    """Remember what the knobs of the tab Run are set to."""
    state.scratch(page)["values"] = dict(values)


def settings(page: str) -> dict[str, Any]:
    """What is set: by the knobs, and by raw JSON, which wins."""
    typed = {name: value for name, value in settings_menu.raw(page).items() if name not in ("model", "messages")}
    return {**state.scratch(page).get("values", {}), **typed}


def text(page: str) -> str:
    """What the field holds."""
    return str(state.widget(f"{page}_prompt") or "")


def messages(page: str) -> list[Message]:
    """The messages of the request: the prompt, behind the system message that a lesson or a link brought."""
    instruction = state.widget(f"{page}_system")
    return [*([system(instruction)] if instruction else []), user(text(page))]


def bare(page: str) -> Body:
    """The request with nothing set."""
    return body_of(state.connection().model, messages(page), {})


def body(page: str, changes: Mapping[str, Any] | None = None) -> Body:
    """The request with what is set; `changes` win, and None among them leaves a parameter out."""
    typed = settings_menu.raw(page)
    request = body_of(state.connection().model, messages(page), {**settings(page), **(changes or {})})
    # Raw JSON may send a null on purpose, and other messages; what a knob leaves empty is not sent.
    own = {name: value for name, value in typed.items() if value is None or name in ("model", "messages")}
    return {**request, **{name: value for name, value in own.items() if name not in (changes or {})}}


def settings_line(page: str) -> None:
    """Say what the tab Run has set, where another tab uses it."""
    if made := settings(page):
        st.text(_("Set in Run: {settings}").format(settings=", ".join(f"{name} {write(made[name])}" for name in made)))
