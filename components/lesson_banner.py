"""The lesson on the page it is tried on: which one, its question, the way back. It fills the page, asking first."""

from datetime import date

import streamlit as st

from components import connection, json_view, lesson_fill, progress, shell, state
from components.wording import _
from playground import lessons, models
from playground.lesson_setup import first_request
from playground.lessons import Lesson


def draw(page: str) -> None:
    """Draw the banner of the lesson that this page stands in; to be called before the page draws its widgets."""
    memory = state.scratch("lesson")
    asked = st.query_params.get("lesson")
    if asked is not None:
        memory[page] = asked
    if page not in memory:
        return
    lesson = _find(memory[page])
    if lesson is None:
        _unknown(memory[page])
        del memory[page]
    elif lesson.page != page:
        del memory[page]
        st.info(_("Lesson {n} is tried on another page.").format(n=lesson.number))
        _open(lesson)
    else:
        _stand_in(lesson)


def _find(asked: str) -> Lesson | None:
    # isdecimal() alone takes digits that int() reads in other scripts too; both are fine, a minus sign or a dot is not.
    return lessons.find(state.language(), int(asked)) if asked.isdecimal() and len(asked) < 4 else None


def _unknown(asked: str) -> None:
    with st.container(border=True, key="lesson_unknown"):
        st.markdown(
            _("There is no such lesson. The lessons are numbered 1 to {n}.").format(
                n=len(lessons.headings(state.language()))
            )
        )
        st.text(asked[:40])
        st.page_link(shell.file("home"), label=_("To the lessons"), icon=":material/school:")


def _open(lesson: Lesson) -> None:
    st.page_link(
        shell.file(lesson.page),
        label=_("Open lesson {n} there").format(n=lesson.number),
        icon=":material/arrow_forward:",
        query_params={"lesson": str(lesson.number)},
    )


def _stand_in(lesson: Lesson) -> None:
    memory = state.scratch("lesson")
    filled = f"filled_with_{lesson.page}"
    if memory.get(filled) != lesson.number and not lesson_fill.holds_own(lesson.page):
        _fill(lesson)
    with st.container(border=True, key="lesson_banner"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_('Lesson {n}').format(n=lesson.number)}** · {lesson.question}", width="stretch")
            st.page_link(
                shell.file("lesson"),
                label=_("Back to the lesson"),
                icon=":material/menu_book:",
                query_params={"lesson": str(lesson.number)},
                width="content",
            )
            st.button(_("Close"), key="lesson_close", type="tertiary", on_click=_close, args=(lesson.page,))
        if memory.get(filled) != lesson.number:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_("This page holds something of yours."), width="content")
                st.button(_("Fill it for the lesson"), key="lesson_fill", on_click=_fill, args=(lesson,))
                st.button(_("Keep mine"), key="lesson_keep", type="tertiary", on_click=_keep, args=(lesson,))
        _retired(lesson)


def _fill(lesson: Lesson) -> None:
    lesson_fill.fill(lesson.page, lesson.setup)
    _keep(lesson)


def _keep(lesson: Lesson) -> None:
    state.scratch("lesson")[f"filled_with_{lesson.page}"] = lesson.number
    progress.opened(lesson.number)
    progress.mark(lesson.number)


def _close(page: str) -> None:
    state.scratch("lesson").pop(page, None)
    state.scratch("lesson").pop(f"filled_with_{page}", None)
    st.query_params.pop("lesson", None)


def _retired(lesson: Lesson) -> None:
    """On a real connection: tell that the model is gone, offer a living one in one click, show what that changed."""
    now = state.connection()
    if now.kind != "simulator" and (replaced := state.scratch("lesson").get("replaced")):
        _changed(lesson, replaced)
    model = models.find(now.model)
    if now.kind == "simulator" or model is None or not model.gone(date.today()):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_retired"):
        st.markdown(
            _("`{model}` was retired on {day}: this connection no longer answers for it.").format(
                model=model.id, day=model.retired
            ),
            width="content",
        )
        st.button(
            _("Use {model} instead").format(model=models.DEFAULT),
            key="lesson_living",
            on_click=_use,
            args=(models.DEFAULT,),
        )


def _use(model: str) -> None:
    state.scratch("lesson")["replaced"] = state.connection().model
    connection.use_model(model)


def _changed(lesson: Lesson, replaced: str) -> None:
    """Show what another model changes in the lesson's request: its name, and what fitting.py added for it."""
    before = first_request(lesson.page, lesson.setup, replaced)
    after = first_request(lesson.page, lesson.setup, state.connection().model)
    if before is None or after is None or before == after:
        return
    with st.popover(_("What changed in the request"), key="lesson_changed", on_change="rerun") as pop:
        if pop.open:
            fitted = connection.fitted(after)
            connection.added(fitted.changed)
            json_view.draw(fitted.body, "lesson_changed_json", label=_("Request"), previous=before, max_height=320)
