"""How a run of functions is set up: question, dialect, functions, limits. It answers a run that has not begun."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import streamlit as st

from components import chat_costs, state, tool_dialog
from components.plain_text import plain
from components.wording import _
from playground import strict
from playground.builtin_tools import BUILT_IN
from playground.function_examples import EXAMPLES
from playground.json_schema import misfits
from playground.language import mark
from playground.staged_run import COURSE_STEPS, StagedRun
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET, Tool

DIALECTS = {"functions": mark("functions (the course)"), "tools": mark("tools (today)")}
MOST_STEPS = 30
LONGEST = 2000
"""Characters of a question."""


def draw(page: str, more: Callable[[], None]) -> StagedRun:
    """Draw question, dialect and the popover with the rest; answers a run with these settings, not begun.

    more: draws what else belongs into the popover.
    """
    st.html(Path(__file__).with_name("step_view.css"))
    state.start_widget(f"{page}_question", state.QUESTION)
    state.start_widget(f"{page}_dialect", "functions")
    question = st.text_input(_("Question"), key=f"{page}_question", persist_state="session", max_chars=LONGEST)
    dialect = st.segmented_control(
        _("Dialect"),
        list(DIALECTS),
        format_func=lambda each: _(DIALECTS[each]),
        key=f"{page}_dialect",
        required=True,
        persist_state="session",
        width="content",
    )
    _start(page)
    prepare()
    pop = st.popover(_("Set up"), key=f"{page}_setup", icon=":material/tune:", on_change="rerun")
    if pop.open:
        with pop:
            _more(page, dialect or "functions")
            more()
    return wanted(page, question or "", dialect or "functions")


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Load what checks arguments once the first page is painted, so that no function waits for it. Once a process."""
    preparing = threading.Timer(1.5, misfits, ({}, {}))
    preparing.daemon = True
    preparing.start()


def wanted(page: str, question: str, dialect: str) -> StagedRun:
    """The run that the settings ask for."""
    of_tools = dialect == "tools"
    cap = state.widget(f"{page}_cap")
    return StagedRun(
        question,
        "tools" if of_tools else "functions",
        chosen_tools(page, bool(state.widget(f"{page}_strict")) and of_tools),
        bool(state.widget(f"{page}_again")),
        state.widget(f"{page}_choice") or None,
        {"true": True, "false": False}.get(str(state.widget(f"{page}_parallel"))) if of_tools else None,
        int(state.widget(f"{page}_max_steps") or COURSE_STEPS),
        Decimal(str(cap)) if cap else None,
    )


def chosen_tools(page: str, strictly: bool) -> tuple[Tool, ...]:
    """The functions that are offered, the course's called as its switch says."""
    offered = {**BUILT_IN, **tool_dialog.own()}
    if state.widget(f"{page}_by_get"):
        offered[GET_CURRENT_WEATHER.name] = GET_CURRENT_WEATHER_UNIT_BY_GET
    names = state.widget(f"{page}_tools")
    found = [offered[name] for name in (names if names is not None else [GET_CURRENT_WEATHER.name]) if name in offered]
    return tuple(replace(tool, strict=True) if strictly else tool for tool in found)


def known() -> list[str]:
    """The functions that can be offered: the built-in ones, then the visitor's own."""
    return [*BUILT_IN, *tool_dialog.own()]


def lint(tools: tuple[Tool, ...]) -> None:
    """Say before sending what the API would refuse of strict schemas, in its words."""
    for tool in tools if any(tool.strict for tool in tools) else ():
        found = [str(problem) for problem in strict.problems(tool.parameters)]
        if found:
            st.warning(_("The API will refuse `{name}` as strict:").format(name=tool.name))
            st.text("\n".join(found[:10]))


def _start(page: str) -> None:
    state.start_widget(f"{page}_tools", [GET_CURRENT_WEATHER.name])
    state.start_widget(f"{page}_max_steps", COURSE_STEPS)
    state.start_widget(f"{page}_parallel", "")
    there_are = known()
    if unknown := [name for name in state.widget(f"{page}_tools") or () if name not in there_are]:
        state.set_widget(f"{page}_tools", [name for name in state.widget(f"{page}_tools") if name not in unknown])


def _more(page: str, dialect: str) -> None:
    st.pills(
        _("Examples"),
        list(EXAMPLES),
        format_func=lambda name: _(EXAMPLES[name].title),
        key=f"{page}_example",
        on_change=_take_example,
        args=(page,),
    )
    _offered(page)
    st.number_input(
        _("Requests at most"),
        1,
        MOST_STEPS,
        key=f"{page}_max_steps",
        persist_state="session",
        help=_("The course sends two. An agent needs more, and a limit: a model may go round in circles."),
    )
    st.number_input(
        _("Stop this run once it has cost so many dollars (0: never)"),
        0.0,
        1000.0,
        step=0.01,
        format="%.4f",
        key=f"{page}_cap",
        persist_state="session",
        help=_("What is simulated counts by the price that it would have."),
    )
    if state.connection().kind != "simulator":
        chat_costs.cap_field()
    if dialect == "tools":
        _of_tools(page)


def _offered(page: str) -> None:
    """The functions that are offered, and the buttons that describe one's own."""
    own = tool_dialog.own()
    st.pills(
        _("Functions"),
        [*BUILT_IN, *own],
        format_func=plain,
        selection_mode="multi",
        key=f"{page}_tools",
        persist_state="session",
    )
    with st.container(horizontal=True):
        st.button(
            _("Write your own"),
            key=f"{page}_own_new",
            icon=":material/add:",
            type="tertiary",
            on_click=_ask_own,
            args=(page, ""),
        )
        for name in own:
            st.button(
                plain(name),
                key=f"{page}_own_{name}",
                icon=":material/edit:",
                type="tertiary",
                on_click=_ask_own,
                args=(page, name),
            )


def _of_tools(page: str) -> None:
    """What only the newer dialect has."""
    labels = {"": _("not sent: {default}").format(default="true"), "true": "true", "false": "false"}
    st.segmented_control(
        "`parallel_tool_calls`",
        list(labels),
        format_func=lambda each: labels[each],
        key=f"{page}_parallel",
        required=True,
        persist_state="session",
    )
    st.toggle(
        "`strict`",
        key=f"{page}_strict",
        persist_state="session",
        help=_("The model is held to the schema. Every object then says additionalProperties: false and requires all."),
    )


def _ask_own(page: str, name: str) -> None:
    # The popover would lie over the dialog.
    state.set_widget(f"{page}_setup", False)
    state.scratch(f"{page}_own")["asked"] = name


def open_if_asked(page: str) -> None:
    """Open the dialog for a function of one's own once its button was pressed."""
    name = state.scratch(f"{page}_own").pop("asked", None)
    if name is not None:
        tool_dialog.open_for(name or None, lambda saved: offer(page, saved))


def offer(page: str, name: str) -> None:
    """Offer one function more."""
    names = state.widget(f"{page}_tools") or []
    state.set_widget(f"{page}_tools", [*(each for each in names if each != name), name])


def _take_example(page: str) -> None:
    example = EXAMPLES.get(state.widget(f"{page}_example") or "")
    if example:
        fill(page, example.settings())
        state.set_widget(f"{page}_example", None)


def settings_of(run: StagedRun) -> dict[str, object]:
    """The settings of a run, by the names of their widgets."""
    return {
        "question": run.question,
        "dialect": run.dialect,
        "tools": [tool.name for tool in run.tools],
        "again": run.send_functions_again,
        "max_steps": run.max_steps,
        "choice": run.choice or "",
        "parallel": "" if run.parallel is None else str(run.parallel).lower(),
        "strict": any(tool.strict for tool in run.tools),
        "by_get": any(tool.function is GET_CURRENT_WEATHER_UNIT_BY_GET.function for tool in run.tools),
        "cap": float(run.cap or 0),
    }


def fill(page: str, settings: Mapping[str, object]) -> None:
    """Set the widgets by their names; to be called before they are drawn."""
    for name, value in settings.items():
        state.set_widget(f"{page}_{name}", value)
