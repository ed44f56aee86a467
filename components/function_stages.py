"""The stages of a run, one at a time: the rail, and the stage with what can be changed in it. It sends nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from components import body_editor, connection, function_setup, lane_strip, meter, state, step_cost, step_view
from components.wording import _
from playground.exchange import Exchange
from playground.language import mark
from playground.messages import Body
from playground.run_cost import total
from playground.staged_run import (
    Place,
    StagedRun,
    answer_by,
    call_with,
    choose_calling,
    edit,
    send_again,
)
from playground.tools import GET_CURRENT_WEATHER

MORE_STEPS = 10
"""Requests that a run is allowed once its visitor wants it to go on."""

APPEND_SEVERAL = replace(
    step_view.STAGE["append"],
    sentence=mark(
        "Your program adds to the conversation the model's own message, as it came, and one more for each result."
    ),
    passes=mark("more messages"),
)
"""The stage where a step has not one result."""

Keep = Callable[[StagedRun], None]


def rail(run: StagedRun, shown: int, page: str) -> int:
    """Draw the rail; answers the stage to show."""
    notes = {
        number: step_cost.tokens(run.steps[place.step].exchange)
        for number, place in enumerate(run.places)
        if place.key in ("call", "answer")
    }
    return step_view.rail(run.rail, shown, run.reached, {at: note for at, note in notes.items() if note}, page)


def draw(run: StagedRun, shown: int, page: str, keep: Keep) -> None:
    """Draw one stage: its title, what happens, who speaks, the JSON of it, and what can be changed."""
    place = run.places[shown]
    stage = step_view.STAGE[place.key]
    if place.key == "append" and sum(result.sent for result in run.steps[place.step].results) != 1:
        stage = APPEND_SEVERAL
    if place.key == "answer" and run.calls(place.step):
        # A limit has ended the run before the model had answered in words.
        stage = replace(step_view.STAGE["call"], title=stage.title)
    st.header(f"{shown + 1} {_(stage.title)}", anchor=False)
    if place.key == "call" and not run.calls(place.step):
        st.markdown(_("The model answered in words: it asked for no function. Ask something that the function knows."))
    else:
        st.markdown(_(stage.sentence))
        lane_strip.draw(stage, f"{page}_lanes")
    ends = run.finished and place == run.places[-1]
    if ends and run.stop in ("max_steps", "held"):
        _stopped(run, page)
    _STAGES[place.key](run, place, page, keep)
    if ends and len(run.steps) > 1:
        st.caption(_("The whole run: {spent}").format(spent=step_cost.spent(total(run.steps))))


def _define(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    body = _next(run, run.opening(state.connection().model), 0)
    step_view.define(run.tools, body, page)
    meter.draw(body)
    function_setup.lint(run.tools)
    step_view.choose_calling(
        run.tools, run.dialect, page, lambda: keep(choose_calling(run, state.widget(f"{page}_choice") or None))
    )
    if run.edited is not None:
        _editor(run, 0, page, keep)


def edit_first(run: StagedRun | None, page: str, keep: Keep) -> None:
    """Draw the button that changes the first request, as long as it was not sent; it stands in the popover."""
    if run is not None and not run.steps and run.edited is None:
        _editor(run, 0, page, keep, popover=f"{page}_setup")


def dialogs(run: StagedRun, page: str, keep: Keep) -> None:
    """Open the dialog that was asked for."""
    function_setup.open_if_asked(page)

    def body() -> Body:
        # As it would be sent; what somebody changed is sent as it stands.
        following = run.next_body(state.connection().model)
        return following if following is run.edited else connection.fitted(following).body

    body_editor.open_if_asked(f"{page}_body", body, lambda changed: keep(edit(run, changed)))


def _ask(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    first = run.steps[0].exchange
    step_view.ask(first, page)
    meter.draw(first.request, first)
    _added(first, place, page)


def _added(exchange: Exchange, place: Place, page: str) -> None:
    """What the page added to a request by itself when it was sent."""
    names = state.scratch(page).get("added", {}).get(exchange.id, ())
    connection.added(names, f"{page}_{step_view.key_of(place)}")


def _call(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    step = run.steps[place.step]
    step_view.call(step, page, run.steps[place.step - 1].exchange if place.step else None)
    _added(step.exchange, place, page)


def _run(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    at, step = place.step, run.steps[place.step]
    by_get = bool(state.widget(f"{page}_by_get"))
    filled: Mapping[str, Any] = {"unit": None} if by_get else {}
    step_view.run(
        step, lambda call: run.how(at, call), filled, page, lambda call, how: keep(answer_by(run, at, call, how))
    )
    asked = [call for call in step.calls if call.name == GET_CURRENT_WEATHER.name]
    if asked and any(tool.name == GET_CURRENT_WEATHER.name for tool in run.tools):
        step_view.choose_call(asked, page, lambda: keep(call_with(run, _weather(run, page))))


def _weather(run: StagedRun, page: str) -> Any:
    strictly = any(tool.strict for tool in run.tools)
    return next(tool for tool in function_setup.chosen_tools(page, strictly) if tool.name == GET_CURRENT_WEATHER.name)


def _append(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    at = place.step
    body = _next(run, run.following(at), at + 1)
    step_view.append(run.steps[at].exchange.request, body, page, at + 1)
    meter.draw(body)
    _editor(run, at + 1, page, keep)
    step_view.choose_again(
        page,
        lambda: keep(send_again(run, bool(state.widget(f"{page}_again")), at)),
        step_cost.added(run.following(at), run.opening(state.connection().model)),
    )


def _answer(run: StagedRun, place: Place, page: str, keep: Keep) -> None:
    step = run.steps[place.step]
    step_view.answer(step, run.steps[place.step - 1].exchange, page)
    meter.draw(step.exchange.request, step.exchange)
    _added(step.exchange, place, page)


def _stopped(run: StagedRun, page: str) -> None:
    """Say which limit has ended a run, and how it could go on."""
    with st.container(border=True, key=f"{page}_stopped"):
        if run.stop == "held":
            st.markdown(_("Stopped: the cap on what is spent is reached. The model asks for a function once more."))
        else:
            st.markdown(
                _(
                    "The model asks for a function once more, and {n} requests are the limit. An agent would go "
                    "on; the course stops here."
                ).format(n=run.max_steps)
            )
        st.button(_("Go on"), key=f"{page}_go_on", on_click=_allow_more, args=(run, page))


def _allow_more(run: StagedRun, page: str) -> None:
    if run.stop == "held":
        state.set_widget(f"{page}_cap", 0.0)
    else:
        state.set_widget(f"{page}_max_steps", min(run.max_steps + MORE_STEPS, function_setup.MOST_STEPS))
        state.set_widget(f"{page}_again", True)


def _next(run: StagedRun, body: dict[str, Any], at: int) -> dict[str, Any]:
    """The request of a step that is still to be sent: as somebody changed it, or as the settings have it."""
    return run.edited if run.edited is not None and at == len(run.steps) else body


def _editor(run: StagedRun, at: int, page: str, keep: Keep, *, popover: str = "") -> None:
    """Only what was not sent yet can be changed."""
    if at == len(run.steps):
        body_editor.draw(
            f"{page}_body", run.edited is not None, lambda changed: keep(edit(run, changed)), popover=popover
        )


_STAGES: Mapping[str, Callable[[StagedRun, Place, str, Keep], None]] = {
    "define": _define,
    "ask": _ask,
    "call": _call,
    "run": _run,
    "append": _append,
    "answer": _answer,
}


def with_limits(run: StagedRun, wanted: StagedRun) -> StagedRun:
    """Take over what may change while a run goes on."""
    changed = replace(
        run,
        max_steps=max(wanted.max_steps, len(run.steps)),
        cap=wanted.cap,
        send_functions_again=wanted.send_functions_again,
    )
    # A lower limit holds from the next step on: what was done is done.
    return changed if changed.reached < len(changed.places) else run


def another(run: StagedRun, wanted: StagedRun) -> bool:
    """Whether the settings ask for another run than this one."""

    def told(one: StagedRun) -> tuple[object, ...]:
        tools = [(tool.definition, tool.written) for tool in one.tools]
        return one.question, one.dialect, one.choice, one.parallel, tools

    return told(run) != told(wanted)
