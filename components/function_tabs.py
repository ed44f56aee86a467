"""What goes with a run of functions: the tabs of the page. Each works only while it is open."""

from collections.abc import Callable

import streamlit as st

from components import dialects_tab, export_tab, function_stages, json_tab, lazy_tabs, parallel_tab, step_cost
from components.lane_strip import NAMES
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
    tabs = _tabs(page)
    open_tab = lazy_tabs.opened(tabs)
    with tabs[open_tab]:
        if open_tab != "stages":
            _fill(page, open_tab, run, send)
            return shown
        left, right = st.columns([2, 8], gap="medium")
        with left:
            chosen = function_stages.rail(run, shown, page)
        if chosen == shown:
            with right:
                function_stages.draw(run, shown, page, keep)
        return chosen


def _tabs(page: str) -> lazy_tabs.Tabs:
    """Draw the tabs; the stages are the first."""
    titles = {
        "stages": _("Stages"),
        "diagram": _("Diagram"),
        "dialects": _("Both dialects"),
        "json": _("JSON without calling"),
        "parallel": _("Parallel results"),
        "export": _("Export"),
    }
    return lazy_tabs.draw(titles, f"{page}_tabs")


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
