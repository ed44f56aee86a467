"""The form of the request parameters, made from their table: a knob each, with a switch. It sends only what is set."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from components import bias_note, state
from components.parameter_knobs import begin, knob, position, start
from components.wording import _
from playground.compatibility import Judgement
from playground.exchange import ApiError
from playground.language import mark
from playground.parameters import COURSE, PARAMETERS, Parameter

_EFFECTS = {
    "echoed": mark("The simulator sends it back and does nothing else with it."),
    "none": mark("It has no effect in the simulator."),
}


def draw(
    names: Iterable[str],
    page: str,
    judgements: Mapping[str, Judgement] | None = None,
    refused: ApiError | None = None,
) -> dict[str, Any]:
    """Draw a knob for each parameter; answers what is set, in the shape the request has it.

    judgements: what the model is known to think of some; `refused`: why the latest request with these was refused.
    """
    st.html(Path(__file__).with_suffix(".css"))
    values = {}
    # One container for all of them: what belongs to a knob is set off by the style of its switch.
    with st.container(key=f"{page}_knobs", gap="xxsmall"):
        for name in names:
            parameter, judged = PARAMETERS[name], (judgements or {}).get(name)
            if _switch(parameter, page, judged):
                value = knob(parameter, f"{page}_{name}")
                if value is not None:
                    values[name] = value
                if name == "logit_bias" and isinstance(value, dict):
                    bias_note.draw(value)
            _explain(parameter, values.get(name), judged)
            if refused and refused.param and refused.param.split(".")[0].split("[")[0] == name:
                st.markdown(":material/error: " + _("The API refused this value:"))
                st.text(refused.message)
    return values


def others(page: str) -> list[str]:
    """Name the parameters beyond the course's that the visitor has added, in the order of the table."""
    added = state.scratch(f"{page}_form").get("others", [])
    return [name for name in PARAMETERS if name in added]


def add(page: str, name: str) -> None:
    """Add a parameter beyond the course's to the form, switched on; to be called before the form is drawn."""
    memory = state.scratch(f"{page}_form")
    if name not in COURSE and name not in memory.get("others", []):
        memory["others"] = [*memory.get("others", []), name]
    state.set_widget(f"{page}_set_{name}", True)
    begin(PARAMETERS[name], f"{page}_{name}")


def reset(names: Iterable[str], page: str) -> None:
    """Switch every knob off and put it where it began, and take added ones away; a callback of a button."""
    for name in {*names, *others(page)}:
        state.set_widget(f"{page}_set_{name}", False)
        state.set_widget(f"{page}_{name}", start(PARAMETERS[name]))
    state.scratch(f"{page}_form").clear()


def fill(names: Iterable[str], page: str, values: Mapping[str, Any]) -> None:
    """Put the knobs on these values and switch the others off; to be called before the form is drawn."""
    reset(names, page)
    for name, value in values.items():
        add(page, name)
        state.set_widget(f"{page}_{name}", position(PARAMETERS[name], value))


def _switch(parameter: Parameter, page: str, judged: Judgement | None) -> bool:
    key = f"{page}_set_{parameter.name}"
    anyway = parameter.name in state.scratch(f"{page}_form").get("anyway", ())
    refused = judged is not None and judged.verdict == "refused"
    closed = refused and not anyway and not state.widget(key)
    is_set = st.toggle(parameter.name, key=key, persist_state="session", disabled=closed)
    if closed:
        st.button(
            _("Send anyway"), key=f"{key}_anyway", type="tertiary", on_click=_open_anyway, args=(page, parameter.name)
        )
    begin(parameter, f"{page}_{parameter.name}")
    return is_set and not closed


def _open_anyway(page: str, name: str) -> None:
    memory = state.scratch(f"{page}_form")
    memory["anyway"] = {*memory.get("anyway", ()), name}
    state.set_widget(f"{page}_set_{name}", True)


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return _("no default")
    shown = str(parameter.default).lower() if isinstance(parameter.default, bool) else parameter.default
    return _("default {value}").format(value=shown)


def _explain(parameter: Parameter, sent: Any, judged: Judgement | None) -> None:
    sentences, is_sent = [_(parameter.summary)], sent is not None
    if is_sent and parameter.default is not None:
        same = sent == parameter.default and isinstance(sent, bool) == isinstance(parameter.default, bool)
        sentences.append(_("It is the default: it changes nothing.") if same else _("It differs from the default."))
    if is_sent and parameter.deprecated:
        sentences.append(_("Deprecated: {reason}").format(reason=_(parameter.deprecated)))
    if state.connection().kind == "simulator" and parameter.effect in _EFFECTS:
        sentences.append(_(_EFFECTS[parameter.effect]))
    st.caption(f"{_default(parameter)} · {' '.join(sentences)}")
    if judged and (judged.verdict == "refused" or (judged.verdict == "unsure" and is_sent)):
        sign = ":material/block:" if judged.verdict == "refused" else ":material/help:"
        st.caption(f"{sign} {_(judged.reason)}")
