"""The frame of every page: the way in, the menu, the header, the language switch. No page's content is here."""

import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from components import state
from components.page_menu import page_menu
from components.wording import _
from playground.language import LANGUAGES, mark

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Room:
    """A page in the navigation. Title and section are source strings; whoever draws them translates."""

    section: str
    title: str
    file: str
    path: str
    icon: str
    in_menu: bool = True


NAVIGATION = (
    Room(mark("Learn"), mark("Home"), "pages/home.py", "home", ":material/school:"),
    Room(mark("Learn"), mark("Lesson"), "pages/lesson.py", "lesson", ":material/menu_book:", in_menu=False),
    Room(mark("Play"), mark("Tokenizer"), "pages/tokenizer.py", "tokenizer", ":material/segment:"),
    Room(mark("Play"), mark("Chat"), "pages/chat.py", "chat", ":material/forum:"),
    Room(mark("Play"), mark("Parameters"), "pages/parameters.py", "parameters", ":material/tune:"),
    Room(mark("Play"), mark("Functions"), "pages/function_calling.py", "function_calling", ":material/function:"),
    Room(mark("More"), mark("Models"), "pages/models.py", "models", ":material/database:"),
    Room(mark("More"), mark("Log"), "pages/log.py", "log", ":material/receipt_long:"),
)
"""Every page, in the order of the menu; the first one is the start page."""

_DOCUMENT = st.components.v2.component(
    "document",
    html="<span hidden></span>\n",
    js=Path(__file__).with_name("shell.js").read_text(encoding="utf-8"),
)


def through_entry() -> None:
    """Run a page through app.py even when a deep link asks a fresh server for the page alone.

    Streamlit's older mechanism finds pages/ by itself until st.navigation has run once in the process.
    """
    if PagesManager.uses_pages_directory:
        runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
        st.stop()


def frame() -> Page:
    """Set up the page, its style and its menu; answers the page to run."""
    st.set_page_config(
        page_title=_("Chat Completions Playground"),
        page_icon=str(Path(__file__).with_name("favicon.svg")),
        layout="wide",
        initial_sidebar_state=260,
        menu_items={"About": _("See what the ChatGPT API really does.")},
    )
    st.html(Path(__file__).with_name("shell.css"))
    pages = {
        room: st.Page(
            ROOT / room.file,
            title=_(room.title),
            icon=room.icon,
            url_path=room.path,
            default=room is NAVIGATION[0],
            visibility="visible" if room.in_menu else "hidden",
        )
        for room in NAVIGATION
    }
    shown = st.navigation(list(pages.values()), position="hidden")
    _menu({room: page.url_path for room, page in pages.items()}, shown.url_path)
    return shown


def _menu(paths: Mapping[Room, str], current: str) -> None:
    """Draw the menu into the sidebar, where Streamlit's own would stand."""
    sections: dict[str, list[tuple[str, str, str]]] = {}
    for room, path in paths.items():
        if room.in_menu:
            icon = room.icon.strip(":").removeprefix("material/")
            sections.setdefault(_(room.section), []).append((path, _(room.title), icon))
    with st.sidebar:
        page_menu(sections, current, [path for room, path in paths.items() if not room.in_menu])


def room(path: str) -> Room:
    """A page, by its path in the address bar."""
    return next(each for each in NAVIGATION if each.path == path)


def file(path: str) -> Path:
    """The file of a page, by its path in the address bar."""
    return ROOT / room(path).file


def language_switch() -> None:
    """Let the visitor choose the language; the document says which one it is in."""
    state.start_language()
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        # In ASCII, which Markdown reads back: for any other sign Streamlit builds a pattern of all emoji, 0.4 s.
        format_func=lambda code: LANGUAGES[code].encode("ascii", "xmlcharrefreplace").decode(),
        key=state.LANGUAGE,
        required=True,
        label_visibility="collapsed",
        width="stretch",
    )
    _DOCUMENT(key="document", data={"language": state.language()})


def header(title: str, sentence: str) -> None:
    """Head a page: its title and one sentence, both already translated."""
    st.title(title, anchor=False)
    with st.container(key="page_sentence"):
        st.markdown(sentence)
