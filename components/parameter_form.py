"""The form of the request parameters, made from their table: a knob each, with a switch. It sends only what is set."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from components import state
from components.wording import _
from playground.language import mark
from playground.parameters import PARAMETERS, Parameter

_STARTS: dict[str, Any] = {"n": 3, "max_tokens": 16, "max_completion_tokens": 16, "seed": 1, "user": "student-1"}
"""Where a knob stands when it is switched on for the first time, if its default would show nothing."""

_STOPS = ("\\n", ".", ",")
"""Suggestions for stop; a line break can't be typed into the field, so it is written as in JSON."""

_EFFECTS = {
    "echoed": mark("The simulator sends it back and does nothing else with it."),
    "none": mark("It has no effect in the simulator."),
}


def draw(names: Iterable[str], page: str) -> dict[str, Any]:
    """Draw a knob for each parameter; answers what is set, in the shape the request has it."""
    st.html(Path(__file__).with_suffix(".css"))
    values = {}
    for name in names:
        parameter = PARAMETERS[name]
        with st.container(key=f"{page}_knob_{name}", gap="xxsmall"):
            if _switch(parameter, page):
                value = _as_sent(parameter, _KNOBS[parameter.kind](parameter, f"{page}_{name}"))
                if value is not None:
                    values[name] = value
            _explain(parameter, name in values)
    return values


def reset(names: Iterable[str], page: str) -> None:
    """Switch every knob off and put it where it began; a callback of a button."""
    for name in names:
        state.set_widget(f"{page}_set_{name}", False)
        state.set_widget(f"{page}_{name}", _start(PARAMETERS[name]))


def fill(names: Iterable[str], page: str, values: Mapping[str, Any]) -> None:
    """Put the knobs on these values and switch the others off; to be called before the form is drawn."""
    reset(names, page)
    for name, value in values.items():
        kind = PARAMETERS[name].kind
        if kind == "texts":
            value = [value] if isinstance(value, str) else list(value)
        state.set_widget(f"{page}_set_{name}", True)
        state.set_widget(f"{page}_{name}", float(value) if kind == "number" else value)


def _switch(parameter: Parameter, page: str) -> bool:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        is_set = st.toggle(parameter.name, key=f"{page}_set_{parameter.name}", persist_state="session", width="content")
        if parameter.default is None:
            st.caption(_("no default"), width="content")
        else:
            st.caption(_("default {value}").format(value=parameter.default), width="content")
    state.start_widget(f"{page}_{parameter.name}", _start(parameter))
    return is_set


def _start(parameter: Parameter) -> Any:
    empty: dict[str, Any] = {"text": "", "texts": []}
    start = _STARTS.get(parameter.name, parameter.default)
    if start is None:
        return empty[parameter.kind]
    return float(start) if parameter.kind == "number" else start


def _number(parameter: Parameter, key: str) -> float:
    low, high = float(parameter.minimum or 0), float(parameter.maximum or 0)
    return st.slider(
        parameter.name,
        low,
        high,
        step=0.1,
        format="%.1f",
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )


def _integer(parameter: Parameter, key: str) -> int:
    low = None if parameter.minimum is None else int(parameter.minimum)
    high = None if parameter.maximum is None else int(parameter.maximum)
    return st.number_input(
        parameter.name, low, high, step=1, key=key, persist_state="session", label_visibility="collapsed"
    )


def _text(parameter: Parameter, key: str) -> str:
    return st.text_input(parameter.name, key=key, persist_state="session", label_visibility="collapsed")


def _texts(parameter: Parameter, key: str) -> list[str]:
    return st.multiselect(
        parameter.name,
        _STOPS,
        key=key,
        accept_new_options=True,
        max_selections=int(parameter.maximum) if parameter.maximum else None,
        placeholder=_("Choose or type a text"),
        persist_state="session",
        label_visibility="collapsed",
    )


_KNOBS: dict[str, Callable[[Parameter, str], Any]] = {
    "number": _number,
    "integer": _integer,
    "text": _text,
    "texts": _texts,
}


def _as_sent(parameter: Parameter, value: Any) -> Any:
    """Turn a knob's position into what the request carries; None when the knob is empty."""
    if value is None:
        return None
    if parameter.kind == "number":
        return int(value) if float(value).is_integer() else value
    if parameter.kind == "texts":
        texts = [text.replace("\\n", "\n") for text in value]
        return texts[0] if len(texts) == 1 else texts or None
    return None if value == "" else value


def _explain(parameter: Parameter, is_sent: bool) -> None:
    sentences = [_(parameter.summary)]
    if is_sent and parameter.deprecated:
        sentences.append(_("Deprecated: {reason}").format(reason=_(parameter.deprecated)))
    if state.connection().kind == "simulator" and parameter.effect in _EFFECTS:
        sentences.append(_(_EFFECTS[parameter.effect]))
    st.caption(" ".join(sentences))
