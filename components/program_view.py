"""A request as a program, in a language to choose, for a server that a program can reach. It sends nothing."""

import streamlit as st

from components import state
from components.wording import _
from playground import snippets
from playground.messages import Body

ELSEWHERE = "http://127.0.0.1:8080/v1"
"""Where `python -m simulator` answers: the simulator inside this app has no address that another program could call."""


def address() -> str:
    """The base URL by which a program reaches what the session is connected to."""
    now = state.connection()
    return {"openai": state.OPENAI_URL, "other": now.base_url}.get(now.kind, ELSEWHERE)


def note(base_url: str) -> None:
    """Say what has to be started first, where that is so."""
    own = state.connection()
    if base_url == ELSEWHERE != (own.base_url if own.kind == "other" else ""):
        st.caption(_("For the simulator as a server of its own: start it with `python -m simulator`."))


def draw(body: Body, endpoint: str, base_url: str, key: str, max_height: int | None = None) -> None:
    """Draw the choice of a language and the program; without a height, all of it."""
    names = list(snippets.LANGUAGES)
    chosen = st.segmented_control(
        _("Language of the program"), names, default=names[0], key=key, required=True, label_visibility="collapsed"
    )
    note(base_url)
    highlighter, write = snippets.LANGUAGES[chosen or names[0]]
    program = write(body, base_url, endpoint)
    # A height of its own only where it is needed: it would be kept free under a short program.
    long = max_height is not None and program.count("\n") > max_height // 24
    st.code(program, language=highlighter, wrap_lines=True, height=max_height if long else "content")
    st.caption(_("It sends the same JSON. The key is read from the environment variable `OPENAI_API_KEY`."))
