"""The course as rows: number or done mark, title, question, and the way to try it at once."""

import streamlit as st

from components import progress, shell, state
from components.wording import _
from playground import lessons
from playground.lessons import Heading


def draw() -> None:
    """Draw a row for each lesson; the next one to do says "continue"."""
    course = lessons.headings(state.language())
    done = progress.done()
    ahead = next((lesson.number for lesson in course if lesson.number not in done), None)
    with st.container(key="course_rows", gap=None):
        for lesson in course:
            _row(lesson, lesson.number in done, lesson.number == ahead and bool(done))
    st.page_link(
        shell.file("lesson"),
        label=_("Glossary: the words of the course"),
        icon=":material/dictionary:",
        query_params={"lesson": "glossary"},
    )


def _row(lesson: Heading, is_done: bool, is_next: bool) -> None:
    here = {"lesson": str(lesson.number)}
    with st.container(key=f"course_row_{lesson.number}", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(":material/check:" if is_done else str(lesson.number), width=24)
        with st.container(gap=None, key=f"course_words_{lesson.number}"):
            st.page_link(shell.file("lesson"), label=f"**{lesson.title}**", query_params=here)
            st.caption(lesson.question)
        if is_next:
            st.badge(_("continue"))
        room = shell.room(lesson.page)
        st.page_link(shell.file(room.path), label=_(room.title), icon=room.icon, query_params=here, width="content")
