"""Where two encodings cut a text differently, as a ranked table. It compares nothing itself."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import state
from components.encoding_picker import title
from components.wording import _, _n
from playground.differences import Difference, differences
from playground.tokens import Token, Tokenization

SHOWN = 200
"""Rows at most; the ranking has the largest differences first."""
VISIBLE = str.maketrans({" ": "·", "\n": "↵", "\t": "→"})


def draw(page: str, compared: Mapping[str, Tokenization]) -> None:
    """Let the reader choose two encodings; draw the stretches that they cut differently."""
    names = list(compared)
    if len(names) < 2:
        st.markdown(_("Choose two encodings above to see where they differ."))
        return
    first, second = _pair(page, names)
    if first == second:
        st.markdown(_("These are the same encoding. Choose two."))
        return
    found = differences(compared[first], compared[second])
    if not found:
        st.markdown(_("Both cut this text alike, token for token."))
        return
    places = sum(each.count for each in found)
    total = len(compared[second].ids) - len(compared[first].ids)
    st.caption(
        _n(
            "They differ in {n} place: {total:+} tokens.", "They differ in {n} places: {total:+} tokens.", places
        ).format(n=places, total=total)
    )
    st.dataframe(_rows(found[:SHOWN], first, second), hide_index=True, key=f"{page}_differences")


def _pair(page: str, names: Sequence[str]) -> tuple[str, str]:
    chosen = []
    with st.container(horizontal=True):
        for side, start in (("a", max(0, len(names) - 2)), ("b", len(names) - 1)):
            key = f"{page}_difference_{side}"
            if state.widget(key) not in names:
                state.set_widget(key, names[start])
            label = _("First") if side == "a" else _("Second")
            chosen.append(
                st.selectbox(label, names, format_func=lambda name: f"{title(name)} · {name}", key=key, width=280)
            )
    return chosen[0], chosen[1]


def _rows(found: Sequence[Difference], first: str, second: str) -> dict[str, list[str | int]]:
    return {
        _("Text"): [each.text for each in found],
        _("Places"): [each.count for each in found],
        f"{title(first)} ({first})": [_pieces(each.a) for each in found],
        f"{title(second)} ({second})": [_pieces(each.b) for each in found],
        _("Difference"): [each.difference for each in found],
    }


def _pieces(tokens: Sequence[Token]) -> str:
    return f"{len(tokens)}:  " + " | ".join(spelled(token.bytes) for token in tokens)


def spelled(part: bytes) -> str:
    r"""Spell bytes: as text where they are whole characters that can be seen, else in hex.

    >>> spelled("챗".encode()), spelled(b"\xec\xb1"), spelled(b" \v")
    ('챗', '⟨ec b1⟩', '⟨20 0b⟩')
    """
    try:
        text = part.decode().translate(VISIBLE)
    except UnicodeDecodeError:
        text = "\0"
    return text if text.isprintable() else f"⟨{part.hex(' ')}⟩"
