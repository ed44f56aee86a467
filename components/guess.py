"""Predict, then reveal: the room guesses the counts while the cuts are hidden; the score lasts a session."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import state
from components.encoding_picker import title
from components.wording import _, _n
from playground.tokens import Tokenization

NEAR = 0.1
"""A guess this close to the count, as a share of it, is a hit."""


def hides(page: str, text: str) -> bool:
    """Whether this text's cuts are still hidden: they are revealed text by text."""
    return bool(state.scratch(f"{page}_guess").get("revealed") != text)


def ask(page: str, text: str, compared: Mapping[str, Tokenization]) -> None:
    """Draw a field for each encoding and the button that reveals."""
    st.markdown(_("**How many tokens?** Guess, then reveal."))
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{page}_guess_fields"):
        for name in compared:
            st.number_input(title(name), min_value=0, value=None, step=1, key=f"{page}_guess_{name}", width=160)
        counts = {name: len(each.ids) for name, each in compared.items()}
        st.button(_("Reveal"), key=f"{page}_guess_reveal", on_click=_reveal, args=(page, text, counts))


def _reveal(page: str, text: str, counts: Mapping[str, int]) -> None:
    memory = state.scratch(f"{page}_guess")
    guesses = {name: state.widget(f"{page}_guess_{name}") for name in counts}
    made = {name: guess for name, guess in guesses.items() if guess is not None}
    memory.update(revealed=text, made=made)
    memory["score"] = memory.get("score", 0) + sum(_hit(guess, counts[name]) for name, guess in made.items())
    memory["asked"] = memory.get("asked", 0) + len(made)


def result(page: str, compared: Mapping[str, Tokenization]) -> None:
    """Say how near each guess was, and the score so far."""
    memory = state.scratch(f"{page}_guess")
    lines = []
    for name, guess in memory.get("made", {}).items():
        if name in compared:
            count = len(compared[name].ids)
            sign = ":material/check:" if _hit(guess, count) else ":material/close:"
            off = _n("{n} token off", "{n} tokens off", abs(guess - count)).format(n=abs(guess - count))
            lines.append(
                f"{sign} {title(name)}: " + _("guessed {guess}, it is {count}").format(guess=guess, count=count)
            )
            lines[-1] += f" · {off}"
    if lines:
        st.markdown("  \n".join(lines))
        st.caption(
            _("Score: {hits} of {asked} guesses within 10 %").format(
                hits=memory.get("score", 0), asked=memory.get("asked", 0)
            )
        )
    st.button(
        _("Hide and guess again"), key=f"{page}_guess_again", type="tertiary", on_click=_again, args=(page, [*compared])
    )


def _again(page: str, names: Sequence[str]) -> None:
    state.scratch(f"{page}_guess").pop("revealed", None)
    for name in names:
        state.set_widget(f"{page}_guess_{name}", None)


def _hit(guess: int, count: int) -> bool:
    return abs(guess - count) <= NEAR * count
