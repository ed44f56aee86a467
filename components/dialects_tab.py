"""Both dialects of the same question side by side: what a request says in each, and what a whole run takes in each."""

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace

import streamlit as st

from components import capped_call, error_view, json_view, state, step_cost
from components.function_setup import DIALECTS
from components.wording import _
from playground.dialects import LOST, in_dialect
from playground.exchange import Exchange
from playground.loop import Dialect, Step, run_loop
from playground.messages import Body
from playground.run_cost import of_step, total
from playground.staged_run import StagedRun


def draw(page: str, run: StagedRun, send: Callable[[Body], Exchange]) -> None:
    """Draw the next request, or each request of the run, in both dialects; a button runs both."""
    key = f"{page}_dialects"
    model = state.connection().model
    body = run.steps[-1].exchange.request if run.steps else run.opening(model)
    st.markdown(_("The same request in both dialects. The one that this run speaks is as it was sent."))
    for column, dialect in zip(st.columns(2), DIALECTS, strict=True):
        with column:
            st.markdown(f"**{_(DIALECTS[dialect])}**")
            translated, lost = in_dialect(body, "tools" if dialect == "tools" else "functions")
            json_view.draw(translated, f"{key}_{dialect}", label=_("Request"), max_height=480)
            for word in lost:
                st.caption(_("Not to be said here: {what}.").format(what=_(LOST[word])))
    if st.button(_("Run it in both"), key=f"{key}_run", disabled=not run.question.strip()):
        runs: dict[str, list[Step]] = {}
        state.scratch(page)["both"] = (run.question, runs)
        with st.spinner(_("Waiting for the answer")), capped_call.told():
            _run_both(run, model, send, runs)
    question, runs = state.scratch(page).get("both", (None, {}))
    if question == run.question and any(runs.values()):
        _compared(key, runs)


def _run_both(
    run: StagedRun, model: str, send: Callable[[Body], Exchange], into: MutableMapping[str, list[Step]]
) -> None:
    """Run both to their ends, each step kept as it is there."""
    tools = {tool.name: tool for tool in run.tools if not tool.by_person}
    dialects: tuple[Dialect, ...] = ("functions", "tools")
    into.update({dialect: [] for dialect in dialects})
    for dialect in dialects:
        body = replace(run, dialect=dialect).opening(model)
        for step in run_loop(send, body, tools, run.max_steps, send_functions_again=run.send_functions_again):
            into[dialect].append(step)


def _compared(key: str, runs: dict[str, Sequence[Step]]) -> None:
    most = max(len(steps) for steps in runs.values())
    for column, (dialect, steps) in zip(st.columns(2), runs.items(), strict=True):
        with column:
            st.markdown(f"**{_(DIALECTS[dialect])}**: {step_cost.spent(total(steps))}")
    names = [_("Request {n}").format(n=number + 1) for number in range(most)]
    shown = names.index(st.segmented_control(_("Request"), names, default=names[0], key=f"{key}_step", required=True))
    for column, (dialect, steps) in zip(st.columns(2), runs.items(), strict=True):
        with column:
            if shown < len(steps):
                _step(steps[shown], f"{key}_{dialect}_{shown}")
            else:
                st.markdown(_("No such request was sent."))


def _step(step: Step, key: str) -> None:
    st.markdown(_("**Request**"))
    json_view.draw(step.exchange.request, f"{key}_request", label=_("Request"), max_height=360)
    if step.exchange.error:
        error_view.draw(step.exchange.error, step.exchange.status, key=f"{key}_error")
    else:
        st.markdown(_("**Response**"))
        json_view.draw(step.exchange.response, f"{key}_response", label=_("Response"), max_height=360)
    st.caption(step_cost.spent(of_step(step)))
