"""Tokenizer: a text as it is typed, cut into tokens by several encodings, row under row."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import (
    big_count,
    budget_ruler,
    connection,
    encoding_picker,
    guess,
    lesson_banner,
    merge_view,
    reading_options,
    shell,
    state,
    text_menu,
    text_notes,
    tokenizer_tabs,
)
from components.encoding_picker import title
from components.live_editor import live_editor, waits
from components.shell import through_entry
from components.token_view import token_view
from components.wording import _, why
from playground.encodings import NAMES
from playground.errors import PlaygroundError
from playground.sample_texts import COURSE_KOREAN
from playground.tokens import TEXT_LIMIT, Comparison, compare

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


@st.fragment
def follow(names: tuple[str, ...], open_tab: str, pane: DeltaGenerator) -> None:
    """The editor and what follows the text. Only this runs while somebody types, and no widget that needn't."""
    memory = state.scratch(PAGE)
    text_menu.restore(PAGE)
    before = memory["text"]
    text = live_editor(
        before, label=_("Text to cut into tokens"), placeholder=_("Type or paste a text."), key="tokenizer_editor"
    )
    if waits("tokenizer_editor"):
        st.caption(_("Below is the text before."))
    if text != before:
        memory.update(text=text, own=True, said=None)
    text_menu.said(PAGE)
    compared = Comparison({}, {})
    if memory.get("big") and names:
        big_count.draw(PAGE, memory["big"], names)
    elif not text:
        text_menu.nothing(PAGE)
    elif not names:
        st.info(_("Choose at least one encoding above."))
    elif len(text) > TEXT_LIMIT:
        big_count.draw(PAGE, text, names)
    else:
        compared = cut(text, names, open_tab)
    tokenizer_tabs.follow(PAGE, open_tab, pane, text, compared)
    # Last, for nobody waits for it: elements go to the browser in the order in which they are drawn.
    text_menu.keep(PAGE)


def cut(text: str, names: tuple[str, ...], open_tab: str) -> Comparison:
    """Cut the text and draw its rows; to be guessed first, if the reader wants that."""
    options = reading_options.chosen(PAGE)
    try:
        compared = compare(text, names, options.special)
    except PlaygroundError as error:
        st.error(why(error))
        return Comparison({}, {})
    hidden = options.guess and guess.hides(PAGE, text)
    if hidden:
        guess.ask(PAGE, text, compared)
    piece = token_view(
        compared,
        {name: title(name) for name in names},
        key="tokenizer_view",
        colour=options.colour,
        show=options.show,
        hidden=hidden,
        budget=options.budget,
        notes=reading_options.notes(compared, options),
        merges=True,
    )
    if options.guess and not hidden:
        guess.result(PAGE, compared)
    if options.budget and not hidden:
        budget_ruler.draw(PAGE, compared, options.budget)
    text_notes.draw(text, compared, options.special)
    if merge_view.take(PAGE, piece) and open_tab == "merges":
        st.rerun()
    return Comparison({}, {}) if hidden else compared


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
    reading_options.draw(PAGE, chosen)
    encoding_picker.compare_all(PAGE, chosen)
notes(memory)
body = st.container()
open_tab, pane = tokenizer_tabs.tabs(PAGE)
with body:
    follow(chosen, open_tab, pane)
tokenizer_tabs.stand(PAGE, open_tab, pane, chosen, connection.client)
