"""Tokenizer: a text as it is typed, cut into tokens by several encodings, row under row."""

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from components import encoding_picker, id_views, lesson_banner, shell, state, text_menu
from components.charts import Bar, bars
from components.encoding_picker import title
from components.live_editor import live_editor
from components.shell import through_entry
from components.token_view import token_view
from components.wording import _
from playground.encodings import NAMES
from playground.errors import PlaygroundError
from playground.sample_texts import COURSE_KOREAN
from playground.tokens import Tokenization, compare

through_entry()

PAGE = "tokenizer"


def take_link(memory: dict[str, object]) -> None:
    """Fill the page from ?text=...&encodings=a,b, once; over the visitor's own text only when asked."""
    text, names = st.query_params.get("text"), st.query_params.get("encodings")
    if (text, names) in ((None, None), memory.get("link")):
        return
    memory["link"] = (text, names)
    wanted = [name.strip() for name in (names or "").split(",") if name.strip()]
    known = tuple(name for name in NAMES if name in wanted)
    if known:
        encoding_picker.choose(PAGE, known)
    memory["unknown"] = [name for name in wanted if name not in NAMES]
    if text and memory.get("own"):
        memory["offered"] = text
    elif text:
        text_menu.put(PAGE, text)


def notes(memory: dict[str, object]) -> None:
    """What the link brought that needs a word."""
    if unknown := memory.get("unknown"):
        st.warning(
            _("The link names encodings that don't exist: {names}. They are left out.").format(
                names=", ".join(f"`{name[:40].replace('`', '')}`" for name in unknown)
            )
        )
    if offered := memory.get("offered"):
        with st.container(horizontal=True, vertical_alignment="center", key="tokenizer_offer"):
            st.markdown(_("The link brings a text of its own. Yours is kept until you say otherwise."))
            st.button(_("Show the link's text"), key="tokenizer_take", on_click=text_menu.put, args=(PAGE, offered))


def tabs() -> Sequence[TabContainer]:
    """More about the same text; a tab works only while it is open."""
    panes = st.tabs(
        [_("How to read the rows"), _("Chart"), _("Ids"), _("From ids")], key="tokenizer_tabs", on_change="rerun"
    )
    if panes[0].open:
        lines = (
            _("- Each row is the whole text, cut by one encoding. A new dash begins a new piece."),
            _("- ×2 or ×3: the character is made of that many tokens. None of them means anything alone."),
            _("- · is a space, → a tab, ↵ the end of a line. What has no ink is named, as in ⟨BOM⟩."),
            _("- A space belongs to the word after it: that is why most pieces begin with one."),
        )
        panes[0].markdown("\n".join(lines))
    return panes


def fill(panes: Sequence[TabContainer], compared: dict[str, Tokenization], names: tuple[str, ...]) -> None:
    """Draw in the open tab what follows the text."""
    _reading, chart, ids, back = panes
    if not compared:
        for pane in (chart, ids):
            if pane.open:
                pane.markdown(_("No text, no tokens. Type above, or take one of the examples."))
    elif chart.open:
        with chart:
            rows = [Bar(title(name), name, len(each.ids)) for name, each in compared.items()]
            said = ", ".join(f"{row.title} ({row.name}): {row.value}" for row in rows)
            alt = _("Tokens of the text in each encoding: {said}").format(said=said)
            bars(rows, unit=_("tokens"), alt=alt, key=f"{PAGE}_chart")
    elif ids.open:
        with ids:
            id_views.lists(compared)
    if back.open:
        with back:
            id_views.text_of_ids(PAGE, names or NAMES)


@st.fragment
def follow(names: tuple[str, ...], panes: Sequence[TabContainer]) -> None:
    """The editor and what follows the text. Only this runs while somebody types, and no widget that needn't."""
    memory = state.scratch(PAGE)
    text_menu.restore(PAGE)
    before = memory["text"]
    text = live_editor(
        before, label=_("Text to cut into tokens"), placeholder=_("Type or paste a text."), key="tokenizer_editor"
    )
    if text != before:
        memory.update(text=text, own=True, said=None)
    text_menu.keep(PAGE)
    text_menu.said(PAGE)
    compared: dict[str, Tokenization] = {}
    if not text:
        text_menu.nothing(PAGE)
    elif not names:
        st.info(_("Choose at least one encoding above."))
    else:
        try:
            compared = compare(text, names)
        except PlaygroundError as error:
            st.error(_(error.message).format(**error.values))
    if compared:
        token_view(compared, {name: title(name) for name in names}, key="tokenizer_view")
    fill(panes, compared, names)


shell.header(
    _("Tokenizer"),
    _("A model reads tokens, not letters. Type, and see how each encoding cuts the same text."),
)
memory = state.scratch(PAGE)
memory.setdefault("text", COURSE_KOREAN)
lesson_banner.draw(PAGE)
take_link(memory)
with st.container(horizontal=True, vertical_alignment="center", key="tokenizer_line"):
    chosen = encoding_picker.pick(PAGE)
    text_menu.examples(PAGE)
    text_menu.menu(PAGE)
    encoding_picker.compare_all(PAGE, chosen)
notes(memory)
body = st.container()
# Tabs are dear to redraw, so they stand outside of what runs at every key; it draws into the open one.
opened = tabs()
with body:
    follow(chosen, opened)
