"""A lesson of the course to read, by its number in the address; the glossary by its name."""

import streamlit as st

from components import lesson_view, progress, shell, state
from components.shell import through_entry
from components.wording import _
from playground import lessons

through_entry()


def asked() -> str:
    """The lesson that the address names, else the one that was read last, else the first."""
    name = st.query_params.get("lesson")
    return name if name is not None else str(progress.last() or 1)


def unknown(name: str) -> None:
    """Say that there is no such lesson, and where the lessons are."""
    shell.header(_("No such lesson"), _("The lessons are numbered 1 to {n}.").format(n=len(lessons.headings(language))))
    st.text(name[:40])
    st.page_link(shell.file("home"), label=_("To the lessons"), icon=":material/school:")


language = state.language()
name = asked()
lesson = lessons.find(language, int(name)) if name.isdecimal() and len(name) < 4 else None
if name == "glossary":
    words = lessons.glossary(language)
    shell.header(words.title, _("The words of the course and of this playground, each with an example."))
    with st.container(key="lesson_text"):
        lesson_view.glossary(words)
elif lesson is None:
    unknown(name)
else:
    progress.opened(lesson.number)
    shell.header(f"{lesson.number} {lesson.title}", lesson.question)
    with st.container(key="lesson_text"):
        if st.query_params.get("handout"):
            lesson_view.handout(lesson)
        else:
            lesson_view.actions(lesson)
            lesson_view.read(lesson)
            lesson_view.neighbours(lesson)
