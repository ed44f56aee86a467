"""Predict, then reveal: the visitor guesses how many answers of a comparison differ before they are shown."""

from collections.abc import Sequence

import streamlit as st

from components import state
from components.wording import _
from playground.comparison import Column
from playground.typed_json import write


def switch(page: str) -> None:
    """Draw the switch that hides results until they were guessed."""
    st.toggle(_("Guess first"), key=f"{page}_compare_guess", persist_state="session")


def clear(page: str) -> None:
    """Forget the guesses of the comparison before."""
    state.scratch(f"{page}_compare_guess").clear()


def hides(page: str, name: str, columns: Sequence[Column]) -> bool:
    """Ask for the guesses while the results are hidden; answers whether they are."""
    memory = state.scratch(f"{page}_compare_guess")
    if not state.widget(f"{page}_compare_guess") or memory.get("revealed"):
        return False
    st.markdown(_("**How many different answers for each value?** Guess, then reveal."))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{page}_compare_guess_fields"):
        for place, column in enumerate(columns):
            st.number_input(
                _("{value}: of {n}").format(value=f"{name} {write(column.value)}", n=len(column.answers)),
                min_value=0,
                max_value=max(1, len(column.answers)),
                value=None,
                step=1,
                key=f"{page}_compare_guess_{place}",
                width=200,
            )
        st.button(_("Reveal"), key=f"{page}_compare_reveal", on_click=_reveal, args=(page, len(columns)))
    return True


def _reveal(page: str, count: int) -> None:
    memory = state.scratch(f"{page}_compare_guess")
    memory["revealed"] = True
    memory["made"] = [state.widget(f"{page}_compare_guess_{place}") for place in range(count)]


def result(page: str, columns: Sequence[Column]) -> None:
    """Say how near each guess was."""
    lines = []
    for guess, column in zip(state.scratch(f"{page}_compare_guess").get("made", ()), columns, strict=False):
        if guess is not None:
            count = len(column.distinct)
            sign = ":material/check:" if guess == count else ":material/close:"
            said = _("guessed {guess}, it is {count}").format(guess=guess, count=count)
            lines.append(f"{sign} `{write(column.value).replace('`', '')}`: {said}")
    if lines:
        st.markdown("  \n".join(lines))
