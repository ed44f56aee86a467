"""Function calling, stage by stage: the rail, and what there is to see in each stage of a step. It sends nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components import call_choice, error_view, exchange_view, json_view, state, step_cost
from components.plain_text import plain
from components.stage_rail import Row, stage_rail
from components.wording import _, _n
from playground.builtin_tools import BUILT_IN
from playground.call_answers import Answer
from playground.exchange import Exchange
from playground.loop import Call, Dialect, Step
from playground.messages import Body
from playground.run_cost import of_step
from playground.staged_run import Place
from playground.stages import STAGES
from playground.tools import GET_CURRENT_WEATHER, Tool, ToolResult

PANE = 580
"""Pixels: high enough for the course's requests without scrolling."""

LIT_CALL = frozenset({"function_call", "tool_calls", "name", "arguments", "finish_reason"})

STAGE = {stage.key: stage for stage in STAGES}


def rail(places: Sequence[Place], shown: int, reached: int, notes: Mapping[int, str], page: str) -> int:
    """Draw the stages with their status; answers the stage to show. A stage that was reached can be opened again."""
    rows = []
    for number, place in enumerate(places):
        label = f"{number + 1} {_(STAGE[place.key].title)}"
        if number in notes and number <= reached:
            label += f" · {notes[number]}"
        rows.append(Row(key_of(place), label))
    return stage_rail(rows, shown, reached, key=f"{page}_rail")


def key_of(place: Place) -> str:
    """Name a stage for the keys of widgets: "call", and "call_2" in the second step; there is one answer only.

    >>> key_of(Place("call", 0)), key_of(Place("call", 1)), key_of(Place("answer", 3))
    ('call', 'call_2', 'answer')
    """
    return f"{place.key}_{place.step + 1}" if place.step and place.key != "answer" else place.key


def define(tools: Sequence[Tool], body: Body, page: str) -> None:
    """Stage 1: the functions as they stand in the program, and what the model is told about them."""
    dialect = "functions" if "functions" in body else "tools"
    left, right = st.columns(2)
    with left:
        st.markdown(_("**Your program has**"))
        if tools:
            _source(tools, page)
        else:
            st.markdown(_("No function is offered: the model can only answer in words."))
    with right:
        st.markdown(_("**The model is told**"))
        told = {dialect: body[dialect]} if dialect in body else body
        json_view.draw(told, f"{page}_definition", label=_("Definition of the function"), max_height=PANE)


def _source(tools: Sequence[Tool], page: str) -> None:
    tool = tools[0]
    if len(tools) > 1:
        names = [each.name for each in tools]
        if state.widget(f"{page}_source") not in names:
            state.set_widget(f"{page}_source", names[0])
        chosen = st.selectbox(_("Function"), names, key=f"{page}_source", label_visibility="collapsed")
        tool = next(each for each in tools if each.name == chosen)
    # The course's function either way; only how the program calls it differs.
    tool = BUILT_IN.get(tool.name, tool) if not tool.written else tool
    if tool.by_person:
        st.markdown(_(tool.written))
    else:
        st.code(tool.source, language=None if tool.written else "python", wrap_lines=True)


def choose_calling(tools: Sequence[Tool], dialect: Dialect, page: str, on_change: Callable[[], None]) -> None:
    """The choice of what the request says of calling; sent is only what was chosen, and shown what holds otherwise."""
    name = "function_call" if dialect == "functions" else "tool_choice"
    default = "auto" if tools else "none"
    labels = {"": _("not sent: {default}").format(default=default), "auto": "auto", "none": "none"}
    labels |= {"required": "required"} if dialect == "tools" else {}
    labels |= {tool.name: plain(tool.name) for tool in tools}
    if state.widget(f"{page}_choice", "") not in labels:
        state.set_widget(f"{page}_choice", "")
    state.start_widget(f"{page}_choice", "")
    st.segmented_control(
        f"`{name}`",
        list(labels),
        format_func=lambda each: labels[each],
        key=f"{page}_choice",
        required=True,
        persist_state="session",
        on_change=on_change,
        wrap=True,
    )
    st.caption(_("Not sent, the default holds: auto when there are functions, none when there are none."))


def ask(first: Exchange, page: str) -> None:
    """Stage 2: the first request as it was sent; lit is what an ordinary question does not have."""
    ordinary = {name: first.request[name] for name in ("model", "messages") if name in first.request}
    title = _("First request")
    json_view.draw(first.request, f"{page}_first", label=title, title=title, previous=ordinary, max_height=680)
    if first.error:
        error_view.draw(first.error, first.status, key=f"{page}_error")
    st.caption(exchange_view.summary(first))


def call(step: Step, page: str, before: Exchange | None = None) -> None:
    """Stage 3: a request and its response side by side, and the calls that are read from it."""
    key = f"{page}_{key_of(Place('call', step.number - 1))}"
    _panes(step.exchange, key, previous=before, lit=LIT_CALL)
    for each in step.calls:
        st.markdown(_("**The program reads**"))
        st.code(_as_python(each), language="python", wrap_lines=True)
    _whole(step, key, before)


def run(
    step: Step,
    how: Callable[[int], Answer],
    filled: Mapping[str, Any],
    page: str,
    on_answer: Callable[[int, Answer], None],
) -> None:
    """Stage 4: what each call was run with, its result, and who answers it.

    filled: what the program adds to the arguments of the course's function.
    """
    end = _end(step.number)
    for place, (each, result) in enumerate(zip(step.calls, step.results, strict=True)):
        st.code(_as_python(each, filled), language="python", wrap_lines=True)
        call_choice.draw(f"{page}_who{end}_{place}", how(place), lambda chosen, place=place: on_answer(place, chosen))
        left, right = st.columns(2)
        with left:
            st.markdown(_("**Arguments**"))
            _draw_json_text(each.arguments, f"{page}_arguments_{place}{end}", _("Arguments"))
        with right:
            _result(result, how(place).who != "function", f"{page}_result_{place}{end}")


def _result(result: ToolResult, by_person: bool, key: str) -> None:
    st.markdown(_("**Error**") if result.error else _("**Result**"))
    if not result.sent:
        if result.call_id:
            st.markdown(_("No message answers this call. The API refuses the next request; it says why."))
        else:
            st.markdown(_("No message answers this call. In this dialect the API takes the next request all the same."))
        return
    if by_person and not result.output:
        st.markdown(_("Nothing yet: what you type above is the result."))
    else:
        _draw_json_text(result.output, key, _("Result"))
    if result.duration_ms:
        st.caption(_("{ms}\u00a0ms").format(ms=f"{result.duration_ms:,.1f}"))
    if result.fault:
        st.caption(_(call_choice.FAULTS[result.fault]))
    elif result.name == GET_CURRENT_WEATHER.name and not by_person:
        st.caption(_("Demo data: this function says 25 degrees of every place, as the course's does."))


def choose_call(calls: Sequence[Call], page: str, on_change: Callable[[], None]) -> None:
    """The switch between the two ways of calling the course's function, and what the difference is."""
    st.toggle(
        _('Call it as the course does: unit=function_args.get("unit")'),
        key=f"{page}_by_get",
        persist_state="session",
        on_change=on_change,
        wrap=True,
    )
    if any("unit" not in _arguments(each) for each in calls):
        st.caption(
            _(
                "The model left unit out. Left out of the call too, it is Python's default, celsius; fetched with "
                "get(), it is None, in JSON null. To the course's question that makes 72 or 70 prompt tokens in the "
                "second request."
            )
        )
    else:
        st.caption(_("The model gave a unit: both ways pass it on."))


def choose_again(page: str, on_change: Callable[[], None], added: int | None = None) -> None:
    """The switch that sends the functions with every further request; added: what that costs in the next one."""
    label = _("Send the functions again")
    if added is not None:
        label += f" ({_n('{n:+,} token', '{n:+,} tokens', added).format(n=added)})"
    st.toggle(label, key=f"{page}_again", persist_state="session", on_change=on_change, wrap=True)
    st.caption(
        _("Without them the model can only answer in words: the course's way. An agent sends them with every request.")
    )


def append(before: Body, after: Body, page: str, number: int = 1) -> None:
    """Stage 5: the conversation with the new messages lit."""
    titles = {1: _("Second request, ready to be sent")}
    title = titles.get(number, _("Request {n}, ready to be sent").format(n=number + 1))
    label = _("Second request") if number == 1 else _("Request {n}").format(n=number + 1)
    key = f"{page}_append{_end(number)}"
    json_view.draw(after, key, label=label, title=title, previous=before, max_height=680)


def answer(step: Step, before: Exchange, page: str) -> None:
    """Stage 6: the last request with what was added lit, its response, and the answer."""
    content = (step.exchange.message or {}).get("content")
    if content:
        with st.container(border=True):
            st.text(str(content))
    _panes(step.exchange, f"{page}_answer", previous=before, lit=frozenset({"content", "finish_reason"}))
    _whole(step, f"{page}_answer", before)


def _end(number: int) -> str:
    return f"_{number}" if number > 1 else ""


def _panes(
    exchange: Exchange,
    key: str,
    *,
    previous: Exchange | None = None,
    lit: frozenset[str] = frozenset(),
) -> None:
    left, right = st.columns(2)
    before = previous.request if previous else json_view.ABSENT
    with left:
        title = _("Request")
        json_view.draw(exchange.request, f"{key}_request", label=title, title=title, previous=before, max_height=PANE)
    with right:
        title = _("Response")
        if exchange.error:
            st.markdown(f"**{title}**")
            error_view.draw(exchange.error, exchange.status, key=f"{key}_error")
        else:
            json_view.draw(exchange.response, f"{key}_response", label=title, title=title, lit=lit, max_height=PANE)


def _whole(step: Step, key: str, previous: Exchange | None = None) -> None:
    exchange = step.exchange
    st.caption(f"{exchange_view.summary(exchange)} · {step_cost.money(of_step(step))}")
    details = st.expander(_("Raw bytes, headers, as Python prints it"), key=f"{key}_whole", on_change="rerun")
    if details.open:
        with details:
            exchange_view.draw(exchange, f"{key}_exchange", previous=previous)


def _as_python(each: Call, filled: Mapping[str, Any] | None = None) -> str:
    """Write a call as a line of Python; arguments that are no JSON object stay as the model wrote them.

    >>> _as_python(Call("", "get_current_weather", '{"location": "Seoul"}'), {"unit": None})
    "get_current_weather(location='Seoul', unit=None)"
    """
    parsed = _parse(each.arguments)
    if not isinstance(parsed, dict):
        return f"{each.name}({each.arguments})"
    passed = parsed | {name: value for name, value in (filled or {}).items() if name not in parsed}
    return f"{each.name}({', '.join(f'{name}={value!r}' for name, value in passed.items())})"


def _arguments(each: Call) -> dict[str, Any]:
    parsed = _parse(each.arguments)
    return parsed if isinstance(parsed, dict) else {}


def _draw_json_text(text: str, key: str, label: str) -> None:
    parsed = _parse(text)
    if isinstance(parsed, dict | list):
        json_view.draw(parsed, key, label=label)
    else:
        json_view.draw_text(text, key, label=label)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
