"""The buttons of a run: next stage, all that are left, stop, start over, bring back. They note what is asked for."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import function_setup, state
from components.wording import _
from playground.staged_run import StagedRun, begun_again

Keep = Callable[[StagedRun], None]


def draw(run: StagedRun, page: str, keep: Keep) -> None:
    """The next stage, all that are left, or the first one again."""
    memory = state.scratch(page)
    at_the_end = run.finished and memory["shown"] == run.reached
    empty = not run.question.strip()
    if not at_the_end:
        name = _("Try again") if run.failed else _("Next")
        st.button(name, key=f"{page}_next", type="primary", disabled=empty, on_click=_step_on, args=(memory,))
    if not run.finished:
        st.button(_("Run all"), key=f"{page}_all", disabled=empty, on_click=_run_on, args=(memory, True))
    if run.reached:
        kind = "primary" if at_the_end else "tertiary"
        st.button(_("Start over"), key=f"{page}_restart", type=kind, on_click=_start_over, args=(memory, keep))


def draw_stop(page: str) -> None:
    """While a run goes on by itself: a stop."""
    memory = state.scratch(page)
    st.button(_("Stop"), key=f"{page}_stop", type="primary", on_click=_run_on, args=(memory, False))


def draw_back(run: StagedRun, page: str, keep: Keep) -> None:
    """The run before, while it is another one."""
    memory = state.scratch(page)
    if "before" in memory and memory["before"] != run:
        st.button(
            _("Bring back the run before"),
            key=f"{page}_before",
            type="tertiary",
            on_click=_bring_back,
            args=(memory, page, keep),
        )


def _step_on(memory: dict[str, Any]) -> None:
    """Show the next stage; one that was not reached yet is asked for."""
    if memory["shown"] < memory["run"].reached:
        memory["shown"] += 1
    else:
        memory["step"] = True


def _run_on(memory: dict[str, Any], to_the_end: bool) -> None:
    memory.update(running=to_the_end, stands=to_the_end)


def _start_over(memory: dict[str, Any], keep: Keep) -> None:
    # Not the run that was drawn: an answer may have come since.
    run: StagedRun = memory["run"]
    memory.update(before=run, running=False)
    keep(begun_again(run))


def _bring_back(memory: dict[str, Any], page: str, keep: Keep) -> None:
    """Exchange this run for the one before, with its settings."""
    before: StagedRun = memory["before"]
    memory["before"] = memory["run"]
    function_setup.fill(page, function_setup.settings_of(before))
    keep(before)
