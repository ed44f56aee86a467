"""One widget for each kind of parameter, and what its position means in a request. It knows no page and no model."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import state
from components.wording import _, why
from playground.errors import PlaygroundError
from playground.parameters import Parameter
from playground.typed_json import read, write

_STARTS: dict[str, Any] = {
    "n": 3,
    "max_tokens": 16,
    "max_completion_tokens": 16,
    "seed": 1,
    "user": "student-1",
    "top_logprobs": 5,
    "top_p": 0.5,
    "presence_penalty": 1.0,
    "frequency_penalty": 1.0,
    "reasoning_effort": "none",
    "modalities": ["text"],
}
"""Where a knob stands when it is switched on for the first time, if its default would show nothing."""

_STOPS = ("\\n", ".", ",")
"""Suggestions for stop; a line break can't be typed into the field, so it is written as in JSON."""

_SHAPES: dict[str, type] = {"map": dict, "object": dict, "list": list, "json": object}
LONGEST = 100_000
"""Characters of a value that is typed as JSON."""


def knob(parameter: Parameter, key: str) -> Any:
    """Draw the knob of a parameter; answers what the request carries, None when the knob is empty or unreadable."""
    return _as_sent(parameter, _KNOBS[parameter.kind](parameter, key))


def start(parameter: Parameter) -> Any:
    """Say where the knob of a parameter begins."""
    if parameter.kind in _SHAPES:
        return parameter.example
    if parameter.kind == "boolean":
        # What is not the default anyway.
        return parameter.default is not True
    first = _STARTS.get(parameter.name, parameter.default)
    if first is None:
        empty: dict[str, Any] = {"text": "", "texts": [], "choices": [], "integer": None}
        return parameter.choices[0] if parameter.choices else empty[parameter.kind]
    return float(first) if parameter.kind == "number" else first


def position(parameter: Parameter, value: Any) -> Any:
    """Say where a knob stands for a value that a request carries."""
    if parameter.kind in _SHAPES:
        return write(value)
    if parameter.kind == "texts":
        return [text.replace("\n", "\\n") for text in ([value] if isinstance(value, str) else value)]
    return float(value) if parameter.kind == "number" else value


def fits(parameter: Parameter, value: Any) -> bool:
    """Whether the knob of a parameter can stand where this value is; another one has to be typed as JSON."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match parameter.kind:
        case "number" | "integer":
            low, high = parameter.minimum, parameter.maximum
            whole = parameter.kind == "number" or isinstance(value, int)
            return number and whole and (low is None or value >= low) and (high is None or value <= high)
        case "text":
            return isinstance(value, str)
        case "texts":
            texts = [value] if isinstance(value, str) else value
            most = parameter.maximum or len(texts) if isinstance(texts, list) else 0
            return isinstance(texts, list) and len(texts) <= most and all(isinstance(x, str) and x for x in texts)
        case "boolean":
            return isinstance(value, bool)
        case "choice":
            return value in parameter.choices
        case "choices":
            return isinstance(value, list) and set(map(str, value)) <= set(parameter.choices)
    return isinstance(value, _SHAPES[parameter.kind])


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


def _integer(parameter: Parameter, key: str) -> int | None:
    low = None if parameter.minimum is None else int(parameter.minimum)
    high = None if parameter.maximum is None else int(parameter.maximum)
    return st.number_input(
        parameter.name, low, high, step=1, key=key, persist_state="session", label_visibility="collapsed"
    )


def _text(parameter: Parameter, key: str) -> str:
    most = int(parameter.maximum) if parameter.maximum else None
    return st.text_input(parameter.name, max_chars=most, key=key, persist_state="session", label_visibility="collapsed")


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


def _boolean(parameter: Parameter, key: str) -> bool | None:
    return st.segmented_control(
        parameter.name,
        [True, False],
        format_func=write,
        key=key,
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )


def _choice(parameter: Parameter, key: str) -> str | None:
    return st.selectbox(
        parameter.name, parameter.choices, key=key, persist_state="session", label_visibility="collapsed"
    )


def _choices(parameter: Parameter, key: str) -> list[str]:
    return st.pills(
        parameter.name,
        parameter.choices,
        selection_mode="multi",
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )


def _json(parameter: Parameter, key: str) -> Any:
    text = st.text_area(
        parameter.name,
        key=key,
        max_chars=LONGEST,
        height=96,
        persist_state="session",
        label_visibility="collapsed",
    )
    if not text.strip():
        return None
    try:
        return read(text, _SHAPES[parameter.kind])
    except PlaygroundError as error:
        st.error(why(error) + " " + _("It is not sent like this."))
        return None


_KNOBS: dict[str, Callable[[Parameter, str], Any]] = {
    "number": _number,
    "integer": _integer,
    "text": _text,
    "texts": _texts,
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "map": _json,
    "object": _json,
    "list": _json,
    "json": _json,
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
    return None if value in ("", []) and parameter.kind not in _SHAPES else value


def begin(parameter: Parameter, key: str) -> None:
    """Give the knob its first position, before it is drawn."""
    state.start_widget(key, start(parameter))
