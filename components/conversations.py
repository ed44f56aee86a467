"""The popover with the visitor's conversations: open, rename, copy, delete, import, export, forget. It sends nothing.

keep = conversations.draw()     draws the popover; also answers what writes the conversations into the browser
keep()                          before streaming, while streaming, and at the end of a run that streams nothing
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import state
from components.browser_store import conversation_store
from components.plain_text import plain
from components.wording import _, _n, why
from playground import conversation_files
from playground.conversations import Entry
from playground.errors import PlaygroundError

SEARCHED = 8
"""From more conversations than this on there is a search."""

SHOWN = 30
"""Conversations that are listed; older ones are found by the search."""

LABEL = 32


def draw() -> Callable[..., None]:
    """Draw the popover; answer the function that writes what is new into the browser.

    That function has to be called in every run, for its first call mounts the store.
    """
    talk = state.transcript()
    if _memory().get("shown") != talk.id:
        state.show_conversation()
        _memory()["shown"] = talk.id
    place = st.container(key="conversations_store")
    with st.bottom:
        _say_trouble()
    with st.popover(
        plain(_short(talk.title)) or _("Conversations"),
        key="conversations_popover",
        icon=":material/forum:",
        on_change="rerun",
    ) as popover:
        if popover.open:
            _content()
    # The popover closes when its label changes, and with it the way back.
    if _memory().get("deleted_from") == talk.id and state.conversations().undoable:
        back = _("Bring the conversation back")
        st.button(back, key="conversations_back", icon=":material/undo:", type="tertiary", on_click=_undo)
    if state.conversations().forgotten:
        back = _("Bring all conversations back")
        recall = conversation_store.recall
        st.button(back, key="conversations_recall", icon=":material/undo:", type="tertiary", on_click=recall)
    return conversation_store.keeper(place)


def new() -> None:
    """Open a new conversation under the same system message; for the callback of a button."""
    state.start_over()


def _content() -> None:
    shelf = state.conversations()
    st.button(_("New conversation"), key="conversations_new", icon=":material/add:", on_click=new, width="stretch")
    _notices()
    entries = shelf.entries()
    if len(entries) > SEARCHED:
        search = st.text_input(_("Search the titles"), key="conversations_search", type="search")
        entries = shelf.entries(search or "")
        if not entries:
            st.caption(_("No title has these words."))
    with st.container(key="conversations_list", gap="xsmall"):
        for entry in entries[:SHOWN]:
            _row(entry, entry.id == shelf.open.id)
    if len(entries) > SHOWN:
        st.caption(_("The {n} changed last. Search for an older one.").format(n=SHOWN))
    if shelf.entry(shelf.open.id):
        _actions(shelf.open.title)
    st.file_uploader(
        _("Import a conversation: JSON or Markdown, up to 10 MB"),
        # A new field after each file, or the last one would stay in it.
        key=f"conversations_file_{_memory().get('files', 0)}",
        on_change=_import,
    )
    _forgetting()


def _row(entry: Entry, is_open: bool) -> None:
    """One conversation: a click opens it."""
    st.button(
        plain(_short(entry.title)) or _("Untitled"),
        key=f"conversations_open_{entry.id}",
        icon=":material/chat:" if is_open else None,
        help=_n("{n} message", "{n} messages", entry.messages).format(n=entry.messages),
        type="secondary" if is_open else "tertiary",
        width="stretch",
        on_click=_open,
        args=(entry.id,),
    )


def _actions(title: str) -> None:
    """What can be done with the conversation that is open."""
    talk = state.transcript()
    field = f"conversations_title_{talk.id}"
    state.set_widget(field, title)
    st.text_input(_("Title"), key=field, max_chars=200, on_change=_rename, args=(talk.id, field))
    with st.container(horizontal=True):
        st.button(_("Duplicate"), key="conversations_duplicate", icon=":material/content_copy:", on_click=_duplicate)
        st.button(_("Delete"), key="conversations_delete", icon=":material/delete:", on_click=_delete)
    with st.container(horizontal=True):
        secrets = [each for each in (state.typed_key(), state.server_key()) if each]
        for kind, mime, write in (
            ("json", "application/json", conversation_files.to_json),
            ("md", "text/markdown", conversation_files.to_markdown),
        ):
            st.download_button(
                "JSON" if kind == "json" else "Markdown",
                # Not written before it is wanted.
                lambda write=write: write(talk, secrets),
                file_name=f"conversation.{kind}",
                mime=mime,
                key=f"conversations_export_{kind}",
                icon=":material/download:",
                on_click="ignore",
                help=_("Every branch and wording") if kind == "json" else _("The messages that are shown"),
            )


def _notices() -> None:
    """What the last action came to, and the way back from a deletion."""
    if sentence := _trouble(conversation_store.trouble()):
        st.warning(sentence)
    if said := _memory().get("said"):
        (st.error if said[0] == "error" else st.info)(said[1])
    if deleted := state.conversations().undoable:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("Deleted: {title}").format(title=plain(_short(deleted.title)) or _("Untitled")))
            st.button(_("Undo"), key="conversations_undo", icon=":material/undo:", on_click=_undo)


def _forgetting() -> None:
    """Forget everything by one click; the way back stands beside the popover."""
    st.caption(_("They are kept in this browser only, without keys."))
    st.button(
        _("Forget all"),
        key="conversations_forget",
        type="tertiary",
        on_click=_forget,
        disabled=not state.conversations().entries(),
    )


def _trouble(kind: str) -> str:
    """Why the browser keeps nothing, in words."""
    sentences = {
        "full": _("This browser keeps no more conversations: there are 20 MB, or no room is left. Delete some."),
        "forbidden": _("This browser keeps no conversations: they are lost with this tab. Export what you need."),
    }
    return sentences.get(kind, "")


@st.fragment
def _say_trouble() -> None:
    """Say that nothing is kept until that was read; the popover goes on saying it.

    In a fragment: that it was read ends no answer that is streaming.
    """
    if sentence := _trouble(conversation_store.trouble_to_say()):
        with st.container(horizontal=True, vertical_alignment="center", key="conversations_trouble"):
            st.warning(sentence)
            read = conversation_store.trouble_was_read
            st.button(_("Understood"), key="conversations_trouble_read", type="tertiary", on_click=read)


def _open(id: str) -> None:
    _memory()["said"] = None
    state.conversations().switch(id)


def _rename(id: str, field: str) -> None:
    state.conversations().rename(id, state.widget(field, ""))


def _duplicate() -> None:
    shelf = state.conversations()
    shelf.duplicate(shelf.open.id, _("{title} (copy)").format(title=shelf.open.title))


def _delete() -> None:
    _memory()["said"] = None
    shelf = state.conversations()
    shelf.delete(shelf.open.id)
    conversation_store.try_again()
    _memory()["deleted_from"] = shelf.open.id


def _undo() -> None:
    state.conversations().undo()


def _forget() -> None:
    _memory()["said"] = None
    conversation_store.forget()


def _import() -> None:
    memory = _memory()
    number = memory.get("files", 0)
    file: Any = state.widget(f"conversations_file_{number}")
    if file is None:
        return
    memory["files"] = number + 1
    try:
        found = conversation_files.read(file.getvalue(), file.name)
    except PlaygroundError as error:
        reason = plain(why(error))
        memory["said"] = "error", _("Nothing was imported. {reason}").format(reason=reason)
        return
    state.take_up(found.talk)
    left_out = ", ".join(plain(name) for name in found.left_out[:20])
    memory["said"] = left_out and ("info", _("Left out, for a conversation has none: {names}").format(names=left_out))


def _short(title: str) -> str:
    return title if len(title) <= LABEL else f"{title[: LABEL - 1].rstrip()}…"


def _memory() -> dict[str, Any]:
    return state.scratch("conversations")
