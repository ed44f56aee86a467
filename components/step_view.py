"""Function calling, stage by stage: the rail, and what there is to see in each of the six stages. It sends nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from components import error_view, exchange_view, json_view, state
from components.wording import _
from playground.exchange import Exchange
from playground.loop import STAGES, Call, Dialect
from playground.messages import Body
from playground.tools import Tool, ToolResult

PANE = 580
"""Pixels: high enough for the course's requests without scrolling."""

LIT_CALL = frozenset({"function_call", "tool_calls", "name", "arguments", "finish_reason"})


def rail(shown: int, reached: int, notes: Mapping[str, str], page: str) -> int:
    """Draw the stages with their status; answers the stage to show. A stage that was reached can be opened again."""
    st.html(Path(__file__).with_suffix(".css"))
    with st.container(key=f"{page}_rail"):
        for place, stage in enumerate(STAGES):
            label = f"{place + 1} {_(stage.title)}"
            if stage.key in notes and place <= reached:
                label += f" · {notes[stage.key]}"
            if place == shown:
                st.markdown(f":material/radio_button_checked: **{label}**")
            elif place > reached:
                st.markdown(f":gray[:material/radio_button_unchecked: {label}]")
            elif st.button(f":material/check_circle: {label}", key=f"{page}_open_{stage.key}", type="tertiary"):
                shown = place
    return shown


def tokens(exchange: Exchange) -> str:
    """What one exchange cost, as "79 + 18"; empty when the API did not say."""
    usage = exchange.usage
    return f"{usage.prompt_tokens} + {usage.completion_tokens}" if usage else ""


def define(tool: Tool, first: Body, dialect: Dialect, page: str) -> None:
    """Stage 1: the function as it stands in the program, and what the model is told about it."""
    left, right = st.columns(2)
    with left:
        st.markdown(_("**Your program has**"))
        st.code(tool.source, language="python", wrap_lines=True)
    with right:
        st.markdown(_("**The model is told**"))
        json_view.draw(
            {dialect: first[dialect]}, f"{page}_definition", label=_("Definition of the function"), max_height=PANE
        )


def choose_calling(tool: Tool, dialect: Dialect, page: str, on_change: Callable[[], None]) -> None:
    """The choice of what the request says of calling; sent is only what was chosen."""
    name = "function_call" if dialect == "functions" else "tool_choice"
    labels = {"": _("not sent"), "auto": "auto", "none": "none", tool.name: tool.name}
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
    st.markdown(_("**First request**"))
    json_view.draw(first.request, f"{page}_first", label=_("First request"), previous=ordinary, max_height=680)
    if first.error:
        error_view.draw(first.error, first.status, key=f"{page}_error")
    st.caption(exchange_view.summary(first))


def call(first: Exchange, calls: Sequence[Call], page: str) -> None:
    """Stage 3: the first request and its response side by side, and the call that is read from it."""
    _panes(first, page, "call", lit=LIT_CALL)
    for each in calls:
        st.markdown(_("**The program reads**"))
        st.code(_as_python(each), language="python", wrap_lines=True)
    _whole(first, f"{page}_call")


def run(calls: Sequence[Call], results: Sequence[ToolResult], filled: Mapping[str, Any], page: str) -> None:
    """Stage 4: what each call was run with, and its result. `filled`: what the program adds to the arguments."""
    for place, (each, result) in enumerate(zip(calls, results, strict=True)):
        st.code(_as_python(each, filled), language="python", wrap_lines=True)
        left, right = st.columns(2)
        with left:
            st.markdown(_("**Arguments**"))
            _draw_json_text(each.arguments, f"{page}_arguments_{place}", _("Arguments"))
        with right:
            st.markdown(_("**Error**") if result.error else _("**Result**"))
            _draw_json_text(result.output, f"{page}_result_{place}", _("Result"))


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


def choose_again(page: str, on_change: Callable[[], None]) -> None:
    """The switch that sends the functions a second time."""
    st.toggle(
        _("Send the functions again"), key=f"{page}_again", persist_state="session", on_change=on_change, wrap=True
    )
    st.caption(
        _("Without them the model can only answer in words: the course's way. An agent sends them with every request.")
    )


def append(before: Body, after: Body, page: str) -> None:
    """Stage 5: the conversation with the two new messages lit."""
    st.markdown(_("**Second request, ready to be sent**"))
    json_view.draw(after, f"{page}_append", label=_("Second request"), previous=before, max_height=680)


def answer(first: Exchange, second: Exchange, page: str) -> None:
    """Stage 6: the second request with what was added lit, its response, and the answer."""
    if second.message and second.message.get("content"):
        with st.container(border=True):
            st.text(second.message["content"])
    _panes(second, page, "answer", previous=first, lit=frozenset({"content", "finish_reason"}))
    if second.tool_calls or (second.message or {}).get("function_call"):
        st.markdown(_("The model asks for a function once more. An agent would go on; the course stops here."))
    if first.usage and second.usage:
        st.caption(_("Both requests together: {n} tokens").format(n=first.usage.total + second.usage.total))
    _whole(second, f"{page}_answer", first)


def _panes(
    exchange: Exchange,
    page: str,
    stage: str,
    *,
    previous: Exchange | None = None,
    lit: frozenset[str] = frozenset(),
) -> None:
    left, right = st.columns(2)
    before = previous.request if previous else json_view.ABSENT
    with left:
        st.markdown(_("**Request**"))
        json_view.draw(
            exchange.request, f"{page}_{stage}_request", label=_("Request"), previous=before, max_height=PANE
        )
    with right:
        st.markdown(_("**Response**"))
        if exchange.error:
            error_view.draw(exchange.error, exchange.status, key=f"{page}_{stage}_error")
        else:
            json_view.draw(exchange.response, f"{page}_{stage}_response", label=_("Response"), lit=lit, max_height=PANE)


def _whole(exchange: Exchange, key: str, previous: Exchange | None = None) -> None:
    st.caption(exchange_view.summary(exchange))
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
