"""Functions: the stages of function calling, one at a time or to the end, in both dialects; and what goes with it."""

from collections.abc import Callable

import streamlit as st

from components import (
    capped_call,
    connection,
    error_lab,
    export_tab,
    function_setup,
    function_stages,
    function_tabs,
    lesson_banner,
    run_buttons,
    shell,
    state,
)
from components.shell import through_entry
from components.wording import _
from playground.errors import KeptBack
from playground.exchange import Exchange
from playground.fitting import Fitted
from playground.messages import Body
from playground.staged_run import StagedRun, advance, advance_a_step

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
    """Send a body over the session's connection, within its cap; one that somebody changed goes as it is."""
    fits = Fitted(body) if body is memory["run"].edited else connection.fitted(body)
    exchange = capped_call.send_within(connection.client, fits.body)
    memory.setdefault("added", {})[exchange.id] = fits.changed
    return exchange


def go_on(how: Callable[[StagedRun, str], object]) -> None:
    """Do a stage or more, unless the session's cap keeps a request back."""
    fault = error_lab.armed()
    try:
        with st.spinner(_("Waiting for the answer")):
            # A stop may come while it waits: then nothing of Streamlit can be called any more, but this dict is held.
            how(memory["run"], state.connection().model)
    except KeptBack as kept_back:
        memory.update(kept_back=str(kept_back), running=False)
    if fault:
        # Beside the connection stands how many requests it will still meet.
        st.rerun()


memory = state.scratch(PAGE)
shell.header(_("Functions"), _("The model runs nothing. It says what to run, your program runs it and asks again."))
lesson_banner.draw("function_calling")
export_tab.open_link(PAGE)
with st.container(key="function_calling_top", horizontal=True, vertical_alignment="bottom"):
    current()
    place = st.container(key="function_calling_buttons", horizontal=True, width="content")
    if memory.pop("step", False):
        # What it brings is drawn below, in this same run.
        go_on(lambda run, model: keep(advance(run, send, model)))
run: StagedRun = memory["run"]
with place:
    run_buttons.draw(run, PAGE, keep)
function_stages.dialogs(run, PAGE, keep)
if reason := memory.pop("kept_back", ""):
    st.error(reason, icon=":material/block:")
run_buttons.draw_back(run, PAGE, keep)
chosen = function_tabs.draw(PAGE, run, memory["shown"], keep, send)
if chosen != memory["shown"]:
    memory["shown"] = chosen
    st.rerun()
if memory.get("running"):
    pressed = memory.pop("pressed", False)
    if run.finished or ((run.failed or run.waits) and not pressed):
        memory["running"] = False
    else:
        go_on(lambda run, model: advance_a_step(run, send, model, keep))
    st.rerun()
