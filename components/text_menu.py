"""Where a text comes from besides the keyboard: examples, a file, clearing and its undo. The editor is not here.

The page's memory (state.scratch) holds `text`, `before` (what it was until something replaced it), `own` (whether the
visitor wrote it) and `said` (what to say about the last file).
"""

import streamlit as st

from components import browser_store, state
from components.wording import _
from playground import text_files
from playground.errors import PlaygroundError
from playground.sample_texts import SAMPLES
from playground.tokens import TEXT_LIMIT


def put(page: str, text: str) -> None:
    """Replace the text; the old one can come back."""
    memory = state.scratch(page)
    if text != memory.get("text"):
        memory["before"] = memory.get("text")
        memory["text"] = text
    memory.update(own=False, offered=None, said=None, big=None)


def restore(page: str) -> None:
    """Bring back what the visitor had typed before a reload."""
    memory = state.scratch(page)
    held = browser_store.loaded(page)
    if held and not memory.get("restored"):
        memory["restored"] = True
        text = held.get("text")
        untouched = not memory.get("own") and not memory.get("link") and "lesson" not in st.query_params
        if untouched and isinstance(text, str) and text and len(text) <= TEXT_LIMIT:
            memory.update(text=text, own=True)


def keep(page: str) -> None:
    """Keep in the browser what is typed; to be called once the editor has told it."""
    memory = state.scratch(page)
    browser_store.keep(page, {"text": memory["text"] if memory.get("own") else ""})


def examples(page: str) -> None:
    """Draw the menu of texts to try."""
    key = f"{page}_examples"

    def take() -> None:
        put(page, SAMPLES[state.widget(key)].text)

    st.menu_button(
        _("Examples"), range(len(SAMPLES)), format_func=lambda index: _(SAMPLES[index].name), key=key, on_click=take
    )


def menu(page: str) -> None:
    """Draw the menu: a file, clear, bring back."""
    key = f"{page}_file"
    with st.popover(_("Your text"), width="content"):
        st.selectbox(
            _("Character encoding of the file"),
            text_files.CHOICES,
            index=None,
            placeholder=_("Find out"),
            key=f"{key}_encoding",
        )
        st.file_uploader(_("Open a text file, up to 10 MB"), key=key, on_change=_open, args=(page, key))
        with st.container(horizontal=True):
            st.button(_("Clear"), key=f"{page}_clear", on_click=put, args=(page, ""))
            _bring_back(page, f"{page}_back")


def said(page: str) -> None:
    """Say what became of the last file."""
    notice = state.scratch(page).get("said")
    if notice:
        kind, sentence = notice
        (st.error if kind == "error" else st.info)(sentence)


def nothing(page: str) -> None:
    """Stand where the tokens would be while there is no text."""
    with st.container(key=f"{page}_nothing"):
        st.markdown(_("No text, no tokens. Type above, or take one of the examples."))
        if state.scratch(page).get("before"):
            _bring_back(page, f"{page}_back_here")


def _bring_back(page: str, key: str) -> None:
    before = state.scratch(page).get("before")
    st.button(
        _("Bring back the text before"),
        key=key,
        icon=":material/undo:",
        on_click=put,
        args=(page, before),
        disabled=not before,
    )


def _open(page: str, key: str) -> None:
    """Read the file; one too long to be drawn is counted beside the text, which stays as it was."""
    file, encoding = state.widget(key), state.widget(f"{key}_encoding")
    if file is None:
        return
    memory = state.scratch(page)
    memory.pop("big", None)
    try:
        text, encoding = text_files.read(file.getvalue(), encoding)
    except PlaygroundError as error:
        memory["said"] = "error", _(error.message).format(**error.values)
        return
    if len(text) > TEXT_LIMIT:
        memory["big"] = text
    else:
        put(page, text)
    read_as = _("The file was read as {encoding}.").format(encoding=encoding)
    if text_files.guessed(encoding):
        read_as += " " + _("That is a guess: if it looks wrong, choose the encoding and open the file again.")
    memory["said"] = "info", read_as
