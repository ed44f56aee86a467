"""Parameters: the course's five knobs left, the prompt and its answers in the middle, the request right."""

import streamlit as st

from components import (
    choice_view,
    connection,
    error_view,
    exchange_view,
    json_view,
    lesson_banner,
    meter,
    parameter_form,
    shell,
    state,
)
from components.shell import through_entry
from components.wording import _, _n
from playground.exchange import Exchange
from playground.messages import Body, system, user
from playground.parameters import COURSE, PARAMETERS, body_of

through_entry()

PAGE = "parameters"


def knobs() -> dict[str, object]:
    """The course's parameters; answers what is set."""
    st.header(_("Parameters"), anchor=False)
    values = parameter_form.draw(COURSE, PAGE)
    if values:
        st.button(_("Reset"), key="parameters_reset", on_click=parameter_form.reset, args=(COURSE, PAGE))
    return values


def prompt() -> tuple[str, bool]:
    """The text to send, and whether to send it now."""
    st.header(_("Prompt"), anchor=False)
    state.start_widget("parameters_prompt", _(state.PROMPT))
    text = st.text_area(
        _("Prompt"),
        key="parameters_prompt",
        persist_state="session",
        label_visibility="collapsed",
        max_chars=20_000,
        height=144,
    )
    if state.widget("parameters_system"):
        # Only a lesson brings one; the page itself sends the smallest request there is.
        st.text_input(_("System message"), key="parameters_system", persist_state="session", max_chars=2000)
    run = st.button(_("Run"), key="parameters_run", type="primary", icon=":material/play_arrow:", disabled=not text)
    return text, run


def answers(exchange: Exchange) -> None:
    """The choices of the latest run, or why there are none; and what it was asked with."""
    asked = [f"{name} {exchange.request[name]!r}" for name in PARAMETERS if name in exchange.request]
    st.header(_n("{n} answer", "{n} answers", len(exchange.choices)).format(n=len(exchange.choices)), anchor=False)
    st.caption(
        _("Asked with {settings}").format(settings=", ".join(asked)) if asked else _("Asked with no parameter set")
    )
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key="parameters_error")
    choice_view.draw(exchange, f"parameters_choice_{exchange.id}")
    meter.draw(exchange.request, exchange)
    st.header(_("Exchange"), anchor=False)
    exchange_view.draw(exchange, f"parameters_exchange_{exchange.id}", show="response")


def request(body: Body, bare: Body) -> None:
    """The request that Run sends, with the lines that the knobs added."""
    added = len(body) - len(bare)
    st.header(_("Request"), anchor=False)
    if added:
        st.caption(
            _n("{n} parameter added, marked with +", "{n} parameters added, marked with +", added).format(n=added)
        )
    else:
        st.caption(_("Nothing is set: the smallest request there is."))
    json_view.draw(body, "parameters_request", label=_("Request"), previous=bare)
    meter.draw(body)


memory = state.scratch(PAGE)
shell.header(_("Parameters"), _("Turn a knob, see the line it adds to the request, and what the model makes of it."))
lesson_banner.draw("parameters")
left, wide = st.columns([8, 19], gap="medium")
with left:
    values = knobs()
middle, right = wide.columns(2, gap="medium")
with middle:
    text, run = prompt()
instruction = state.widget("parameters_system")
model, messages = state.connection().model, [*([system(instruction)] if instruction else []), user(text)]
fitted = connection.fitted(body_of(model, messages, values))
with right:
    request(fitted.body, body_of(model, messages, {}))
    connection.added(fitted.changed)
with wide:
    if run:
        with st.spinner(_("Waiting for the answer")):
            memory["exchange"] = connection.client().send(fitted.body).exchange
    if "exchange" in memory:
        answers(memory["exchange"])
