"""Functions: the course's six stages of function calling, one at a time or to the end, in both dialects."""

from collections.abc import Callable

import streamlit as st

from components import connection, lane_strip, lesson_banner, meter, shell, state, step_view
from components.shell import through_entry
from components.wording import _
from playground.exchange import Exchange
from playground.language import mark
from playground.loop import STAGES
from playground.messages import Body
from playground.staged_run import StagedRun, advance, advance_to_the_end, call_with, choose_calling, send_again
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET, Tool

through_entry()

PAGE = "function_calling"
DIALECTS = {"functions": mark("functions (the course)"), "tools": mark("tools (today)")}


def controls() -> StagedRun:
    """The question and the dialect; another one of either begins a new run."""
    state.start_widget("function_calling_question", state.QUESTION)
    state.start_widget("function_calling_dialect", "functions")
    question = st.text_input(_("Question"), key="function_calling_question", persist_state="session", max_chars=2000)
    dialect = st.segmented_control(
        _("Dialect"),
        list(DIALECTS),
        format_func=lambda each: _(DIALECTS[each]),
        key="function_calling_dialect",
        required=True,
        persist_state="session",
        width="content",
    )
    run = memory.get("run")
    if run is None or (run.question, run.dialect) != (question, dialect):
        keep(StagedRun(question, dialect, tool(), again(), choice()))
    kept: StagedRun = memory["run"]
    return kept


def keep(run: StagedRun) -> None:
    """Remember a run, and show the stage that it reached."""
    memory.update(run=run, shown=run.reached)


def by_get() -> bool:
    """Whether the program fetches the unit as the course's code does."""
    return bool(state.widget("function_calling_by_get"))


def again() -> bool:
    """Whether the second request carries the functions too."""
    return bool(state.widget("function_calling_again"))


def choice() -> str | None:
    """What the first request says of calling; None sends nothing."""
    return state.widget("function_calling_choice") or None


def tool() -> Tool:
    """The course's function, called one way or the other."""
    return GET_CURRENT_WEATHER_UNIT_BY_GET if by_get() else GET_CURRENT_WEATHER


def send(body: Body) -> Exchange:
    """Send a body over the session's connection."""
    with st.spinner(_("Waiting for the answer")):
        return connection.client().send(connection.fitted(body).body).exchange


def buttons(run: StagedRun) -> None:
    """The next stage, all that are left, or the first one again."""
    at_the_end = run.finished and memory["shown"] == run.reached
    empty = not run.question.strip()
    if not at_the_end:
        name = _("Try again") if run.failed else _("Next")
        if st.button(name, key="function_calling_next", type="primary", disabled=empty):
            go_on(run, advance)
    if not run.finished and st.button(_("Run all"), key="function_calling_all", disabled=empty):
        go_on(run, advance_to_the_end)
    if run.reached:
        kind = "primary" if at_the_end else "tertiary"
        st.button(_("Start over"), key="function_calling_restart", type=kind, on_click=memory.clear)


def go_on(run: StagedRun, how: Callable[..., StagedRun]) -> None:
    """Show the next stage; do it first if it was not reached yet."""
    if how is advance and memory["shown"] < run.reached:
        memory["shown"] += 1
    else:
        keep(how(run, send, state.connection().model))
    st.rerun()


def stage(run: StagedRun) -> None:
    """The stage that is shown: its title, what happens, who speaks, and the JSON of it."""
    shown = STAGES[memory["shown"]]
    st.header(f"{memory['shown'] + 1} {_(shown.title)}", anchor=False)
    if shown.key == "call" and not run.calls:
        st.markdown(_("The model answered in words: it asked for no function. Ask something that the function knows."))
    else:
        st.markdown(_(shown.sentence))
        lane_strip.draw(shown, f"function_calling_lanes_{shown.key}")
    if shown.key == "define":
        # The course's function either way; only how the program calls it differs.
        step_view.define(GET_CURRENT_WEATHER, run.opening(state.connection().model), run.dialect, PAGE)
        meter.draw(run.opening(state.connection().model))
        step_view.choose_calling(run.tool, run.dialect, PAGE, lambda: keep(choose_calling(memory["run"], choice())))
    elif shown.key == "ask" and run.first:
        step_view.ask(run.first, PAGE)
        meter.draw(run.first.request, run.first)
        connection.added(connection.fitted(run.opening(run.first.request["model"])).changed)
    elif shown.key == "call" and run.first:
        step_view.call(run.first, run.calls, PAGE)
    elif shown.key == "run":
        step_view.run(run.calls, run.results, {"unit": None} if by_get() else {}, PAGE)
        step_view.choose_call(run.calls, PAGE, lambda: keep(call_with(memory["run"], tool())))
    elif shown.key == "append" and run.first:
        step_view.append(run.first.request, run.following, PAGE)
        meter.draw(run.following)
        step_view.choose_again(PAGE, lambda: keep(send_again(memory["run"], again())))
    elif run.first and run.second:
        step_view.answer(run.first, run.second, PAGE)
        meter.draw(run.second.request, run.second)


memory = state.scratch(PAGE)
shell.header(_("Functions"), _("The model runs nothing. It says what to run, your program runs it and asks again."))
lesson_banner.draw("function_calling")
with st.container(key="function_calling_top", horizontal=True, vertical_alignment="bottom"):
    run = controls()
    with st.container(key="function_calling_buttons", horizontal=True, width="content"):
        buttons(run)
left, right = st.columns([2, 8], gap="medium")
with left:
    notes = {
        key: step_view.tokens(exchange) for key, exchange in (("call", run.first), ("answer", run.second)) if exchange
    }
    chosen = step_view.rail(memory["shown"], run.reached, notes, PAGE)
    if chosen != memory["shown"]:
        memory["shown"] = chosen
        st.rerun()
with right:
    stage(run)
