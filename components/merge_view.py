"""How an encoding merges a piece of text, step by step, with the real ranks. The algorithm is playground.bpe's."""

from itertools import islice

import streamlit as st

from components import encoding_picker, state
from components.difference_view import spelled
from components.token_view import Chosen
from components.wording import _
from playground import encodings
from playground.bpe import MergeState, merge_steps, presplit

LONGEST = 60
"""Bytes of a piece whose merges are drawn: more fit on no screen."""
PIECES = 40


def take(page: str, piece: Chosen | None) -> bool:
    """Take over the piece that was chosen in the rows, before the tab is drawn; answers whether it is another one."""
    memory = state.scratch(f"{page}_merges")
    asked = (piece.name, piece.text, piece.start) if piece else None
    if not asked or asked == memory.get("asked"):
        return False
    memory["asked"] = asked
    state.set_widget(f"{page}_merges_text", asked[1])
    state.set_widget(f"{page}_merges_encoding", asked[0])
    return True


def draw(page: str, names: tuple[str, ...]) -> None:
    """Draw the pre-split of a short text and the merges of one of its pieces."""
    state.start_widget(f"{page}_merges_text", "ChatGPT 챗GPT")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(_("A word or two"), key=f"{page}_merges_text", max_chars=200)
        name = encoding_picker.pick_one(f"{page}_merges_encoding", names, width=280)
    pieces = presplit(text, name)
    if not pieces:
        st.markdown(_("Type something, or choose a piece in the rows and press Merges there."))
        return
    st.markdown(_("**1. A pattern cuts the text into pieces.** No merge ever reaches over such a cut."))
    number = st.pills(
        _("Pieces"),
        range(min(len(pieces), PIECES)),
        default=0,
        format_func=lambda place: spelled(pieces[place].encode("utf-8", "replace")),
        key=f"{page}_merges_piece_{name}_{text}",
        required=True,
        label_visibility="collapsed",
    )
    _steps(page, pieces[number], name)


def _steps(page: str, piece: str, name: str) -> None:
    word = piece.encode("utf-8", "replace")
    if len(word) > LONGEST:
        st.markdown(_("This piece has {n} bytes; up to {most} are drawn.").format(n=len(word), most=LONGEST))
        return
    states = list(merge_steps(encodings.ranks(name), word))
    st.markdown(
        _("**2. The bytes of the piece are merged.** At each step the two neighbours with the lowest rank become one.")
    )
    last = len(states) - 1
    key = f"{page}_merges_step_{name}_{piece}"
    reached = last
    if last:
        reached = st.slider(_("Step"), 0, last, value=min(1, last), key=key)
        with st.container(horizontal=True):
            st.button(_("Next merge"), key=f"{key}_next", on_click=_go, args=(key, 1, last), disabled=reached == last)
            st.button(_("To the end"), key=f"{key}_end", on_click=_go, args=(key, last, last), disabled=reached == last)
    st.code("\n".join(_line(number, each) for number, each in enumerate(islice(states, reached + 1))), language=None)
    if reached == last:
        ids = ", ".join(str(encodings.ranks(name)[part]) for part in states[-1].parts)
        st.markdown(_("**3. What is left are the tokens.** A token's rank is its id: {ids}").format(ids=ids))


def _go(key: str, by: int, last: int) -> None:
    state.set_widget(key, min(last, int(state.widget(key) or 0) + by))


def _line(number: int, step: MergeState) -> str:
    parts = " │ ".join(spelled(part) for part in step.parts)
    if step.rank is None or step.position is None:
        return f"{number:>3}  {'':>12}  {parts}"
    return f"{number:>3}  {_('rank')} {step.rank:>7}  {parts}"
