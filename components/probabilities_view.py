"""The tab Probabilities: an answer with its log probabilities, one place of it as a chart, and what-if settings."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from components import capped_call, connection, error_view, probability_view, prompt_field, state, what_if_chart
from components.probability_view import name, percent
from components.wording import _, _n
from playground.exchange import Exchange
from playground.parameters import PARAMETERS
from playground.sampling import Position, nucleus, perplexity, positions, softmax

if TYPE_CHECKING:
    from playground.client import Client

MOST = 20
"""Alternatives that the API names at most."""


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the question, its answer by probability, and the what-if."""
    memory = state.scratch(page)
    prompt_field.draw(page)
    prompt_field.settings_line(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        top = st.number_input(
            "top_logprobs", 1, MOST, 5, key=f"{page}_top_logprobs", persist_state="session", width=160
        )
        asked = st.button(
            _("Ask for probabilities"),
            key=f"{page}_probabilities_run",
            type="primary",
            icon=":material/percent:",
            disabled=not prompt_field.text(page),
        )
    changes = {"logprobs": True, "top_logprobs": int(top), "stream": None, "stream_options": None}
    fitted = connection.fitted(prompt_field.body(page, changes))
    connection.added(("logprobs", "top_logprobs", *fitted.changed), f"{page}_probabilities")
    if asked:
        with st.spinner(_("Waiting for the answer")):
            told = capped_call.send(client, fitted.body)
        if told:
            memory.update(told=told, place=0)
    if "told" in memory:
        _answer(page, memory["told"])


def _answer(page: str, exchange: Exchange) -> None:
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{page}_told_error")
        return
    choice = 0
    if len(exchange.choices) > 1:
        choice = st.segmented_control(
            "`choices`",
            range(len(exchange.choices)),
            default=0,
            format_func=lambda index: f"choices[{index}]",
            key=f"{page}_told_choice_{exchange.id}",
            required=True,
        )
    found = positions(exchange.choices[choice]) if exchange.choices else ()
    if not found:
        st.markdown(_("The answer holds no log probabilities: this server, or this model, leaves the parameter aside."))
        return
    unsure = perplexity([each.chosen.logprob for each in found])
    st.markdown(
        _n("{n} token", "{n} tokens", len(found)).format(n=len(found))
        + " · "
        + _("perplexity {value}").format(value=f"{unsure:.2f}")
    )
    st.caption(
        _("Perplexity: among how many equally likely tokens the model chose at each place, on average. 1 is certain.")
    )
    if len(found) > probability_view.SHOWN:
        st.caption(_("The first {n} tokens are drawn.").format(n=probability_view.SHOWN))
    # In a fragment: walking through the answer draws nothing else anew.
    st.fragment(_places)(page, exchange, found, choice)


def _places(page: str, exchange: Exchange, found: Sequence[Position], choice: int) -> None:
    memory = state.scratch(page)
    shown = found[: probability_view.SHOWN]
    key = f"{page}_told_{exchange.id}_{choice}"
    place = probability_view.draw(shown, key, min(memory.get("place", 0), len(shown) - 1))
    memory["place"] = place
    if any(name(each.chosen).startswith("⟨") for each in shown):
        st.caption(_("⟨…⟩ are bytes of a character that is spread over several tokens."))
    asked = exchange.request.get("temperature")
    _what_if(page, shown[place], place, 1.0 if asked is None else float(asked))


def _what_if(page: str, position: Position, place: int, asked: float) -> None:
    st.header(_("What if: token {n}").format(n=place + 1), anchor=False)
    alternatives = position.alternatives
    if not alternatives:
        return
    with st.container(horizontal=True):
        temperature = st.slider(
            PARAMETERS["temperature"].name, 0.0, 2.0, min(2.0, asked), 0.1, key=f"{page}_what_if_temperature", width=300
        )
        top_p = st.slider("top_p", 0.0, 1.0, 1.0, 0.05, key=f"{page}_what_if_top_p", width=300)
    logits = [each.logprob * (asked or 1.0) for each in alternatives]
    reshaped = softmax(logits, temperature)
    kept = nucleus(reshaped, top_p)
    rows = [
        what_if_chart.Row(name(each), each.probability, *shares)
        for each, *shares in zip(alternatives, reshaped, kept, strict=True)
    ]
    said = ", ".join(f"{row.name} {percent(row.returned)} → {percent(row.kept)}" for row in rows)
    words = what_if_chart.Words(
        _("as returned, at temperature {value}").format(value=f"{asked:g}"),
        _("what if"),
        _("cut by top_p"),
        _("nucleus: top_p {value}").format(value=f"{top_p:g}"),
        _("Probabilities of the returned tokens, as returned and what if: {said}").format(said=said),
    )
    what_if_chart.draw(rows, words, f"{page}_what_if_chart")
    st.caption(
        _n(
            "Truncated: the {n} returned token holds {share} of the probability. The others are unknown and left out.",
            "Truncated: the {n} returned tokens hold {share} of the probability. The others are unknown and left out.",
            len(rows),
        ).format(n=len(rows), share=percent(position.seen))
    )
