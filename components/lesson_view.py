"""A lesson to read: what it shows, a guess and its answer, the code, what to look at. It fills and runs nothing."""

import json
from pathlib import Path

import streamlit as st

from components import json_view, progress, shell, state
from components.wording import _
from playground import lessons
from playground.glossary import Glossary
from playground.lessons import Lesson
from playground.notebook import notebook

_PRINT = st.components.v2.component(
    "print_button",
    html="<button type='button'></button>\n",
    css=Path(__file__).with_name("print_button.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("print_button.js").read_text(encoding="utf-8"),
)


def read(lesson: Lesson) -> None:
    """Draw a lesson with its guess open and its answer behind it."""
    _markdown(lesson, "shows")
    _guess(lesson)
    _markdown(lesson, "code")
    _markdown(lesson, "json")


def handout(lesson: Lesson) -> None:
    """Draw a lesson for paper: all of it, and no control but the one that prints."""
    for key in ("shows", "guess", "answer", "code", "json"):
        if key == "guess":
            st.header(lesson.section("guess").heading, anchor=False)
            st.markdown(lesson.guess.question)
            st.markdown("\n".join(f"- ☐ {option.text}" for option in lesson.guess.options))
        else:
            _markdown(lesson, key)
    _PRINT(key="lesson_print", data={"label": _("Print")})


def actions(lesson: Lesson) -> None:
    """The line above a lesson: try it, take it along, mark it."""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_actions"):
        label = _("Try it: {page}").format(page=_(shell.room(lesson.page).title))
        if st.button(label, key="lesson_try", type="primary", icon=":material/play_arrow:"):
            st.switch_page(shell.file(lesson.page), query_params={"lesson": str(lesson.number)})
        book = st.popover(_("Notebook"), key="lesson_notebook", icon=":material/code_blocks:", on_change="rerun")
        if book.open:
            with book:
                _notebook(lesson)
        if st.button(_("Handout"), key="lesson_handout", icon=":material/print:"):
            st.query_params["handout"] = "1"
            st.rerun()
        number = lesson.number
        state.set_widget("lesson_done", number in progress.done())
        st.checkbox(
            _("Done"),
            key="lesson_done",
            on_change=lambda: progress.mark(number, bool(state.widget("lesson_done"))),
        )


def _notebook(lesson: Lesson) -> None:
    text = json.dumps(notebook(lesson), ensure_ascii=False, indent=1)
    st.markdown(_("The lesson with its code, for Jupyter or Colab. It asks for your key and never holds one."))
    st.download_button(
        _("Download"),
        text.encode("utf-8"),
        file_name=f"{lesson.number:02}_{lesson.slug}.ipynb",
        mime="application/x-ipynb+json",
        key="lesson_download",
        icon=":material/download:",
        on_click="ignore",
    )
    json_view.draw_text(text, "lesson_notebook_text", label=_("Notebook"), max_height=240)


def neighbours(lesson: Lesson) -> None:
    """The lesson before and the one after."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="lesson_neighbours"):
        for other, icon in (
            (lessons.previous(lesson), ":material/arrow_back:"),
            (lessons.following(lesson), ":material/arrow_forward:"),
        ):
            if other:
                st.page_link(
                    shell.file("lesson"),
                    label=f"{other.number} {other.title}",
                    icon=icon,
                    query_params={"lesson": str(other.number)},
                )


def glossary(words: Glossary) -> None:
    """Draw the words of the course."""
    for term in words.terms:
        st.header(term.heading, anchor=term.term.replace(" ", "-").lower())
        st.markdown(term.markdown)


def _markdown(lesson: Lesson, key: str) -> None:
    section = lesson.section(key)
    st.header(section.heading, anchor=False)
    st.markdown(section.markdown)


def _guess(lesson: Lesson) -> None:
    """Guess first: the answer appears once one was chosen."""
    options = lesson.guess.options
    memory = state.scratch("lesson_guesses")
    st.header(lesson.section("guess").heading, anchor=False)
    with st.container(border=True, key="lesson_guess"):
        st.markdown(lesson.guess.question)
        # One key for each lesson and language: a guess belongs to its question.
        chosen = st.radio(
            _("Your guess"),
            range(len(options)),
            index=memory.get(lesson.number),
            format_func=lambda place: options[place].text,
            key=f"lesson_guess_{lesson.number}_{lesson.language}",
            label_visibility="collapsed",
        )
        if chosen is None:
            st.caption(_("Choose one, then the answer appears."))
            return
        memory[lesson.number] = chosen
        st.markdown(
            _(":material/check: You guessed right.")
            if options[chosen].right
            else _(":material/close: Most people guess wrong here. It is: {right}").format(
                right=next(option.text for option in options if option.right)
            )
        )
        st.markdown(lesson.section("answer").markdown)
