"""Says short sentences to a screen reader: that an answer began, that it ended. It shows nothing on the screen."""

from pathlib import Path

import streamlit as st

_ANNOUNCER = st.components.v2.component(
    "announcer",
    html='<p role="status" aria-live="polite"></p>\n',
    css="p { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }\n",
    js=(Path(__file__).parent / "announcer.js").read_text(encoding="utf-8"),
)


def say(sentence: str, key: str) -> None:
    """Say a sentence once; drawn again with the same one it stays silent."""
    _ANNOUNCER(key=key, data={"sentence": sentence})
