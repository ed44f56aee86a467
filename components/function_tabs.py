"""What goes with a run of functions: the tabs of the page. Each works only while it is open."""

from collections.abc import Callable

import streamlit as st

from components import dialects_tab, export_tab, function_stages, json_tab, parallel_tab, step_cost
from components.lane_strip import NAMES
from components.tab_strip import tab_strip
from components.wording import _
from playground.exchange import Exchange
from playground.messages import Body
from playground.run_cost import total
from playground.run_diagram import diagram
from playground.staged_run import StagedRun


def draw(
    page: str,
    run: StagedRun,
    shown: int,
    keep: Callable[[StagedRun], None],
    send: Callable[[Body], Exchange],
) -> int:
    """Draw the open tab; answers the stage to show. send: what a tab sends a request with, if the reader wants that."""
    pane = f"{page}_pane"
    open_tab = _tabs(page, pane)
    if open_tab != "stages":
        with st.container(key=pane):
            _fill(page, open_tab, run, send)
        return shown
    with st.container(key=pane, horizontal=True, gap="medium"):
        shown = function_stages.rail(run, shown, page)
        with st.container(key=f"{page}_stage"):
            function_stages.draw(run, shown, page, keep)
    return shown


def _tabs(page: str, pane: str) -> str:
    """Draw the tabs and name the open one; the stages are the first."""
    titles = {
        "stages": _("Stages"),
        "diagram": _("Diagram"),
        "dialects": _("Both dialects"),
        "json": _("JSON without calling"),
        "parallel": _("Parallel results"),
        "export": _("Export"),
    }
    return tab_strip(titles, label=_("A run and more"), pane=pane, key=f"{page}_tabs")


def _fill(page: str, open_tab: str, run: StagedRun, send: Callable[[Body], Exchange]) -> None:
    if open_tab == "diagram":
        _diagram(page, run)
    elif open_tab == "dialects":
        dialects_tab.draw(page, run, send)
    elif open_tab == "json":
        json_tab.draw(page, send)
    elif open_tab == "parallel":
        parallel_tab.draw(page, send)
    elif open_tab == "export":
        export_tab.draw(page, run)


def _diagram(page: str, run: StagedRun) -> None:
    if not run.steps:
        st.markdown(_("Nothing was sent yet. Press Next or Run all, and the run is drawn here."))
        return
    names = (_(NAMES["model"]), _(NAMES["program"]), _(NAMES["function"]))
    drawn = diagram(run.steps, run.question, names)
    alt = _("Who said what to whom, in {n} requests").format(n=len(run.steps))
    st.mermaid_chart(drawn, alt=alt)
    st.caption(step_cost.spent(total(run.steps)))
    st.download_button(
        _("The diagram as Mermaid text"),
        drawn.encode(),
        file_name="run.mmd",
        mime="text/plain",
        key=f"{page}_mermaid",
        icon=":material/download:",
        on_click="ignore",
    )
