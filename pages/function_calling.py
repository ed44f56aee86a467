"""Functions: the stages of function calling, one at a time or to the end, in both dialects; and what goes with it."""

from collections.abc import Callable

import streamlit as st

from components import (
    connection,
    export_tab,
    function_setup,
    function_stages,
    function_tabs,
    lazy_tabs,
    lesson_banner,
    shell,
    state,
)
from components.shell import through_entry
from components.wording import _
from playground.exchange import Exchange
from playground.messages import Body
from playground.staged_run import StagedRun, advance, advance_a_step, begun_again

through_entry()

PAGE = "function_calling"


def current() -> StagedRun:
    """The run that goes on; other settings begin a new one, and the one before can come back."""
    wanted = function_setup.draw(PAGE, lambda: function_stages.edit_first(memory.get("run"), PAGE, keep))
    run: StagedRun | None = memory.get("run")
    if run is None or function_stages.another(run, wanted):
        if run is not None and run.steps:
            memory["before"] = run
        memory["running"] = False
        keep(wanted)
    else:
        memory["run"] = function_stages.with_limits(run, wanted)
    kept: StagedRun = memory["run"]
    return kept


def keep(run: StagedRun) -> None:
    """Remember a run, and show the stage that it reached."""
    memory.update(run=run, shown=run.reached)


def send(body: Body) -> Exchange:
    """Send a body over the session's connection; one that somebody changed goes as it is."""
    edited = memory["run"].edited is not None
    return connection.client().send(body if edited else connection.fitted(body).body).exchange


def buttons(run: StagedRun) -> None:
    """The next stage, all that are left, or the first one again."""
    at_the_end = run.finished and memory["shown"] == run.reached
    empty = not run.question.strip()
    if memory.get("running"):
        st.button(_("Stop"), key="function_calling_stop", type="primary", on_click=run_on, args=(False,))
        return
    if not at_the_end:
        name = _("Try again") if run.failed else _("Next")
        if st.button(name, key="function_calling_next", type="primary", disabled=empty):
            go_on(run, advance)
    if not run.finished:
        st.button(_("Run all"), key="function_calling_all", disabled=empty, on_click=run_on, args=(True,))
    if run.reached:
        kind = "primary" if at_the_end else "tertiary"
        st.button(_("Start over"), key="function_calling_restart", type=kind, on_click=start_over)


def run_on(to_the_end: bool) -> None:
    """Run to the end from here, or stop."""
    memory["running"] = to_the_end
    memory["pressed"] = to_the_end


def start_over() -> None:
    """Put the run aside and begin it again."""
    run = memory["run"]
    memory.update(before=run, running=False)
    keep(begun_again(run))


def go_on(run: StagedRun, how: Callable[..., StagedRun]) -> None:
    """Show the next stage; do it first if it was not reached yet."""
    if how is advance and memory["shown"] < run.reached:
        memory["shown"] += 1
    else:
        with st.spinner(_("Waiting for the answer")):
            # A stop may come while it waits: then nothing of Streamlit can be called any more, but this dict is held.
            keep(how(run, send, state.connection().model))
    st.rerun()


def bring_back() -> None:
    """Put this run aside and take up the one before, with its settings."""
    before: StagedRun = memory["before"]
    memory["before"] = memory["run"]
    function_setup.fill(PAGE, function_setup.settings_of(before))
    keep(before)


memory = state.scratch(PAGE)
shell.header(_("Functions"), _("The model runs nothing. It says what to run, your program runs it and asks again."))
lesson_banner.draw("function_calling")
export_tab.open_link(PAGE)
with st.container(key="function_calling_top", horizontal=True, vertical_alignment="bottom"):
    run = current()
    with st.container(key="function_calling_buttons", horizontal=True, width="content"):
        buttons(run)
function_stages.dialogs(run, PAGE, keep)
if "before" in memory and memory["before"] != run:
    st.button(_("Bring back the run before"), key="function_calling_before", type="tertiary", on_click=bring_back)
tabs = function_tabs.tabs(PAGE)
open_tab = lazy_tabs.opened(tabs)
with tabs[open_tab]:
    if open_tab == "stages":
        left, right = st.columns([2, 8], gap="medium")
        with left:
            chosen = function_stages.rail(run, memory["shown"], PAGE)
            if chosen != memory["shown"]:
                memory["shown"] = chosen
                st.rerun()
        with right:
            function_stages.draw(run, memory["shown"], PAGE, keep)
    else:
        function_tabs.fill(PAGE, open_tab, run, send)
if memory.get("running"):
    pressed = memory.pop("pressed", False)
    if run.finished or ((run.failed or run.waits) and not pressed):
        memory["running"] = False
        st.rerun()
    go_on(run, advance_a_step)
