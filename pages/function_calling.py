"""Functions: the stages of function calling, one at a time or to the end, in both dialects; and what goes with it."""

import time
from collections.abc import Callable

import streamlit as st

from components import (
    capped_call,
    connection,
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
# Seconds after which what was drawn has left for the browser: it leaves every 10 ms, and a new run drops what has not.
SENT_S = 0.05


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
    try:
        # A stop may come while it waits: then nothing of Streamlit can be called any more, but this dict is held.
        how(memory["run"], state.connection().model)
    except KeptBack as kept_back:
        memory.update(kept_back=str(kept_back), running=False)


def do() -> None:
    """Do what was asked for before the stages are drawn: what a response brings is drawn in the run that got it."""
    if memory.pop("step", False):
        go_on(lambda run, model: keep(advance(run, send, model)))
    # Who comes back to the page in mid-run sees first where it stands.
    if memory.get("running") and memory.pop("stands", False):
        with place:
            stop = st.empty()
            with stop:
                run_buttons.draw_stop(PAGE)
        go_on(lambda run, model: advance_a_step(run, send, model, keep))
        run: StagedRun = memory["run"]
        if run.finished or run.failed or run.waits:
            memory["running"] = False
        if not memory["running"]:
            stop.empty()


memory = state.scratch(PAGE)
shell.header(_("Functions"), _("The model runs nothing. It says what to run, your program runs it and asks again."))
lesson_banner.draw("function_calling")
export_tab.open_link(PAGE)
with st.container(key="function_calling_top", horizontal=True, vertical_alignment="bottom"):
    current()
    place = st.container(key="function_calling_buttons", horizontal=True, width="content")
    do()
run: StagedRun = memory["run"]
function_stages.dialogs(run, PAGE, keep)
if reason := memory.pop("kept_back", ""):
    st.error(reason, icon=":material/block:")
run_buttons.draw_back(run, PAGE, keep)
memory["shown"] = function_tabs.draw(PAGE, run, memory["shown"], keep, send)
if memory.get("running"):
    memory["stands"] = True
    time.sleep(SENT_S)
    st.rerun()
with place:
    run_buttons.draw(run, PAGE, keep)
