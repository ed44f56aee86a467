"""On a phone there is room for the conversation or its JSON: a switch in the browser alone, so that no stream stops.

A widget of Streamlit's would run the page again, and that ends an answer which is still streaming.
"""

import streamlit as st

from components.scripted import scripted
from components.wording import _

_SWITCH = scripted("phone_switch", "<div class='switch' role='group'></div>")


def draw(key: str) -> None:
    """Draw the switch; the style sheet of the shell hides it on wide screens, and here what was not chosen."""
    with st.container(key=key):
        _SWITCH(key=f"{key}_buttons", data={"label": _("Show"), "chat": _("Chat"), "json": _("JSON")})
