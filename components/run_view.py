"""The tab Run: knobs left, prompt in the middle, request right, answers below. The page gives the client."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import (
    capped_call,
    choice_view,
    compatibility_view,
    connection,
    exchange_view,
    json_view,
    meter,
    parameter_form,
    prompt_field,
    settings_menu,
    state,
)
from components.wording import _, _n
from playground.compatibility import contradictions
from playground.exchange import Exchange
from playground.messages import Body
from playground.parameters import COURSE, PARAMETERS
from playground.typed_json import write

if TYPE_CHECKING:
    from playground.client import Client


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the tab and send what is asked for."""
    memory = state.scratch(page)
    left, wide = st.columns([8, 19], gap="medium")
    with left:
        # The menu stands above the knobs, where it has room to open, and is drawn when they have been read.
        head = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"{page}_head"
        )
        head.header(_("Parameters"), anchor=False, width="content")
        _knobs(page, memory.get("exchange"))
    middle, right = wide.columns(2, gap="medium")
    with middle:
        st.header(_("Prompt"), anchor=False)
        text = prompt_field.draw(page, height=144)
        if state.widget(f"{page}_system"):
            # Only a lesson or a link brings one; the page itself sends the smallest request there is.
            st.text_input(_("System message"), key=f"{page}_system", persist_state="session", max_chars=2000)
        run = st.button(_("Run"), key=f"{page}_run", type="primary", icon=":material/play_arrow:", disabled=not text)
    fitted = connection.fitted(prompt_field.body(page))
    with right:
        _request(page, fitted.body, prompt_field.bare(page))
        connection.added(fitted.changed, f"{page}_request")
    with head:
        settings_menu.draw(page, fitted.body, prompt_field.settings(page))
    settings_menu.dialogs(page, fitted.body)
    sent = None
    with wide:
        if run:
            with st.spinner(_("Waiting for the answer")):
                sent = capped_call.send(client, fitted.body)
            memory.update({"exchange": sent} if sent else {})
        if "exchange" in memory:
            _answers(page, memory["exchange"])
    if sent and sent.error:
        # So that the knob whose value was refused says so.
        st.rerun()


def _knobs(page: str, latest: Exchange | None) -> None:
    names = [*COURSE, *parameter_form.others(page)]
    judged = compatibility_view.judgements(prompt_field.settings(page))
    error = latest.error if latest else None
    values = parameter_form.draw(names, page, judged, error)
    prompt_field.set_values(page, values)
    if problem := settings_menu.raw_problem(page):
        st.error(problem)
    if prompt_field.settings(page):
        st.button(_("Reset"), key=f"{page}_reset", on_click=settings_menu.clear, args=(page,))


def _request(page: str, body: Body, bare: Body) -> None:
    """The request that Run sends, with the lines that the knobs added."""
    added = len(body) - len(bare)
    st.header(_("Request"), anchor=False)
    json_view.draw(body, f"{page}_request", label=_("Request"), previous=bare)
    if added:
        st.caption(
            _n("{n} parameter added, marked with +", "{n} parameters added, marked with +", added).format(n=added)
        )
    else:
        st.caption(_("Nothing is set: the smallest request there is."))
    for _name, sentence in contradictions(body):
        st.caption(":material/warning: " + _(sentence))
    meter.draw(body)


def _answers(page: str, exchange: Exchange) -> None:
    """The choices of the latest run, or why there are none; and what it was asked with."""
    asked = [f"{name} {write(exchange.request[name])}" for name in PARAMETERS if name in exchange.request]
    st.header(_n("{n} answer", "{n} answers", len(exchange.choices)).format(n=len(exchange.choices)), anchor=False)
    if asked:
        st.text(_("Asked with {settings}").format(settings=", ".join(asked)))
    else:
        st.caption(_("Asked with no parameter set"))
    if exchange.error:
        _expected(exchange)
    choice_view.draw(exchange, f"{page}_choice_{exchange.id}")
    meter.draw(exchange.request, exchange)
    st.header(_("Exchange"), anchor=False)
    exchange_view.draw(exchange, f"{page}_exchange_{exchange.id}", show="response")


def _expected(exchange: Exchange) -> None:
    """Say what the table of models and parameters had said of the refused parameter."""
    name = (exchange.error.param if exchange.error else None) or ""
    values: dict[str, Any] = {each: value for each, value in exchange.request.items() if each in PARAMETERS}
    judged = compatibility_view.judgements(values, str(exchange.request.get("model"))).get(name)
    if judged:
        verdict = _(compatibility_view.VERDICTS[judged.verdict])
        said = _("What this playground knew of `{name}`: {verdict}. {reason} Source: {source}, {date}.")
        st.caption(
            said.format(name=name, verdict=verdict, reason=_(judged.reason), source=judged.source, date=judged.date)
        )
