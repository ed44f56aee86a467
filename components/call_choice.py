"""Who answers one call: the choice, and what belongs to it. It answers nothing itself."""

from collections.abc import Callable

import streamlit as st

from components import state
from components.wording import _
from playground.call_answers import ERROR, LATEST_S, WHO, Answer
from playground.language import mark
from playground.tools import LIMIT_S

FAULTS = {
    "unknown": mark("The program has no function of this name: the model reads so, and the run goes on."),
    "not_json": mark("The arguments are no JSON: the function was not run, and the model reads why."),
    "misfit": mark("The arguments break the schema: the function was not run, and the model reads where."),
    "raised": mark("The function raised an error: the model reads it, and the run goes on."),
    "late": mark("The function took too long and is waited for no more: the model reads so."),
    "told": mark("You answered with an error: the model reads it."),
}
"""Kind of fault -> what happened."""

LONGEST = 2_000_000
"""Characters of an answer that is typed: a megabyte of JSON fits."""


def draw(key: str, now: Answer, on_answer: Callable[[Answer], None]) -> None:
    """Draw the choice for one call; on_answer is told another one."""
    if state.widget(key) not in WHO:
        state.set_widget(key, now.who)

    def choose() -> None:
        on_answer(
            Answer(
                state.widget(key) or "function",
                str(state.widget(f"{key}_text_{state.widget(key)}") or ""),
                float(state.widget(f"{key}_seconds") or now.seconds),
            )
        )

    who = st.segmented_control(
        _("Who answers this call?"),
        list(WHO),
        format_func=lambda each: _(WHO[each]),
        key=key,
        required=True,
        on_change=choose,
        wrap=True,
    )
    if who == "person":
        state.start_widget(f"{key}_text_person", now.text if now.who == "person" else "")
        st.text_area(_("Your answer"), key=f"{key}_text_person", on_change=choose, max_chars=LONGEST, height=100)
        st.caption(_("The model reads it as the function's result. Press Ctrl+Enter, or click elsewhere."))
    elif who == "error":
        state.start_widget(f"{key}_text_error", now.text if now.who == "error" else "")
        st.text_input(
            _("What the error says"), key=f"{key}_text_error", placeholder=ERROR, on_change=choose, max_chars=2000
        )
    elif who == "late":
        state.start_widget(f"{key}_seconds", now.seconds)
        st.slider(_("Seconds late"), 0.0, float(LATEST_S), key=f"{key}_seconds", step=0.5, on_change=choose)
        st.caption(_("A function has {n:g} seconds; then the program gives up and tells the model.").format(n=LIMIT_S))
