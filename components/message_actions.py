"""What can be done with a message: a menu for each, the switch between branches, the dialog to edit. It sends nothing.

An action that needs a call is a wish (chat_wishes.py), which the page fulfils.
"""

from collections.abc import Callable

import streamlit as st

from components import chat_wishes, state
from components.wording import _
from playground.branches import Node
from playground.safe_markdown import has_pictures
from playground.transcript import Transcript

ROLES = ("system", "developer", "user", "assistant")
LONGEST = 1_000_000
"""Characters of a message."""


def draw(talk: Transcript, node: Node, has_exchange: bool) -> None:
    """Draw the menu, and the switch "2 / 3" before it where there are branches."""
    if len(node.siblings) > 1 and not node.choices:
        with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key=f"chat_tools_{node.id}"):
            _branches(talk, node)
            _menu(talk, node, has_exchange)
    else:
        _menu(talk, node, has_exchange)


def _menu(talk: Transcript, node: Node, has_exchange: bool) -> None:
    actions = _actions(talk, node, has_exchange)
    key = f"chat_menu_{node.id}"

    def act() -> None:
        if chosen := state.widget(key):
            actions[chosen][1]()

    st.menu_button(
        ":material/more_horiz:",
        list(actions),
        key=key,
        type="tertiary",
        help=_("What can be done with this message"),
        format_func=lambda name: actions[name][0],
        on_click=act,
    )


def _actions(talk: Transcript, node: Node, has_exchange: bool) -> dict[str, tuple[str, Callable[[], None]]]:
    memory = state.scratch("chat")
    actions: dict[str, tuple[str, Callable[[], None]]] = {
        "edit": (_(":material/edit: Edit role and text"), lambda: memory.update(editing=node.id))
    }
    if node.role == "assistant":
        actions["again"] = (_(":material/refresh: Another answer"), lambda: chat_wishes.make("again", node.id))
        if node.status == "partial":
            actions["go_on"] = (_(":material/play_arrow: Continue"), lambda: chat_wishes.make("go_on", node.id))
        if has_exchange:
            actions["show"] = (_(":material/data_object: Show its JSON"), lambda: memory.update(chosen=node.id))
        if has_pictures(node.text):
            actions["pictures"] = (
                _(":material/image: Load its pictures"),
                lambda: memory.setdefault("pictures", set()).add(node.id),
            )
    actions["delete"] = (_(":material/delete: Delete"), lambda: talk.delete(node.id))
    return actions


def _branches(talk: Transcript, node: Node) -> None:
    count = len(node.siblings)
    words = {
        -1: (":material/chevron_left:", _("The version before")),
        1: (":material/chevron_right:", _("The next version")),
    }
    for step, (icon, sentence) in words.items():
        place = node.place - 1 + step
        if step == 1:
            st.caption(f"{node.place} / {count}", width="content")
        st.button(
            icon,
            key=f"chat_branch_{step}_{node.id}",
            type="tertiary",
            help=sentence,
            disabled=not 0 <= place < count,
            on_click=talk.choose,
            args=(node.siblings[place % count],),
        )


def edit_dialog(talk: Transcript) -> None:
    """Open the dialog for the message that somebody wants to edit, if there is one."""
    node = talk.node(state.scratch("chat").get("editing", ""))
    if node:
        st.dialog(_("Edit the message"), width="large", on_dismiss=_close)(_form)(talk, node)


def _close() -> None:
    state.scratch("chat").pop("editing", None)


def _form(talk: Transcript, node: Node) -> None:
    roles = list(dict.fromkeys([*ROLES, node.role]))
    role = st.segmented_control(
        _("Role"), roles, default=node.role, key=f"chat_edit_role_{node.id}", required=True, width="stretch"
    )
    text = st.text_area(_("Text"), node.text, key=f"chat_edit_text_{node.id}", height=240, max_chars=LONGEST)
    st.caption(
        _("What you keep here goes with the next request, whoever wrote it: the API only knows what it is sent.")
    )
    with st.container(horizontal=True):
        if st.button(_("Keep"), key="chat_edit_keep", type="primary"):
            talk.edit(node.id, text=text if text != node.text else None, role=role if role != node.role else None)
            _close()
            st.rerun()
        if node.role == "user" == role and st.button(
            _("Ask this instead"),
            key="chat_edit_ask",
            disabled=not text.strip(),
            help=_("As a branch: the first one stays."),
        ):
            chat_wishes.make("instead", node.id, text)
            _close()
            st.rerun()


def undo(talk: Transcript) -> None:
    """Offer to take back what was deleted or edited last."""
    sentences = {"delete": _("Bring the message back"), "edit": _("Take the edit back")}
    if sentence := sentences.get(talk.undoable):
        st.button(sentence, key="chat_undo_message", icon=":material/undo:", type="tertiary", on_click=talk.undo)
