"""Home: one live request to try at once, and the way through what the pages teach."""

from collections.abc import Iterator
from contextlib import closing

import streamlit as st

from components import (
    connection,
    course_view,
    error_view,
    exchange_view,
    json_view,
    ledger_view,
    message_view,
    shell,
    state,
    stream_view,
)
from components.shell import through_entry
from components.wording import _
from playground.exchange import Exchange
from playground.fitting import Fitted
from playground.ledger import count_prompt
from playground.messages import system, user
from playground.transcript import Transcript

through_entry()

SYSTEM, QUESTION, NEXT_QUESTION = "You are a helpful assistant.", "Hello! I'm John.", "Do you know my name?"
COUNTED = frozenset({"prompt_tokens", "completion_tokens"})


def first_request() -> Fitted:
    """The course's first request; it streams, so that the first words come at once."""
    return connection.streamed({"model": state.connection().model, "messages": [system(SYSTEM), user(QUESTION)]})


def pieces(call: "connection.Call", memory: dict[str, object]) -> Iterator[str]:
    """Pass the answer on and keep its record, whatever becomes of this run."""
    try:
        yield from call.texts()
    finally:
        call.close()
        memory["exchange"] = call.snapshot()


def live_card(memory: dict[str, object]) -> None:
    """The first request: a question and a button; after a click the answer, and what went over the wire."""
    exchange = memory.get("exchange")
    with st.container(border=True, key="home_card"):
        if exchange is None:
            talk = st.container(key="home_talk")
        else:
            left, right = st.columns([2, 3], gap="large")
            talk = left.container(key="home_talk")
            with right:
                wire(exchange, memory.get("added", ()))
        with talk:
            message_view.question(QUESTION)
            answer = st.container()
            label = _("Run it again") if exchange else _("Send this request")
            if st.button(label, type="primary", key="home_run", icon=":material/play_arrow:"):
                with answer, message_view.speaker("assistant"):
                    asked = first_request()
                    memory["added"] = asked.changed
                    call = connection.client().send(asked.body)
                    with closing(pieces(call, memory)) as stream:
                        stream_view.draw(stream)
                st.rerun()
            if exchange:
                with answer:
                    result(exchange)


def result(exchange: Exchange) -> None:
    """The answer with what one would ask next, or the error with what to do."""
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key="home_error")
    if text := (exchange.message or {}).get("content"):
        with message_view.speaker("assistant"):
            st.markdown(message_view.as_markdown(text))
            st.caption(exchange_view.summary(exchange))
    with st.container(horizontal=True, key="home_next"):
        if exchange.usage:
            why(exchange.usage.prompt_tokens)
        if text and st.button(_("Ask it your name"), key="home_ask_name", icon=":material/forum:"):
            talk = Transcript(SYSTEM)
            turn = talk.begin(QUESTION)
            turn.add(text)
            turn.end("complete" if exchange.ok else "partial", exchange)
            state.take_up(talk)
            state.prefill_chat(NEXT_QUESTION)
            st.switch_page(shell.file("chat"))


def why(prompt_tokens: int) -> None:
    """Explain the count of the prompt: the bill, part by part, and the way to the tokenizer."""
    with st.popover(
        _("Why {n}?").format(n=prompt_tokens), key="home_why", icon=":material/segment:", on_change="rerun"
    ) as pop:
        if pop.open:
            st.markdown(
                _("The model reads more than your words: each message has a frame, and each frame costs tokens.")
            )
            ledger_view.draw(count_prompt(first_request().body))
            st.page_link(
                shell.file("tokenizer"),
                label=_("See the tokens of the sentence"),
                icon=":material/segment:",
                query_params={"text": QUESTION},
            )


def wire(exchange: Exchange, added: tuple[str, ...]) -> None:
    """Request and response as JSON, with the two counts lit; and what of the request the page added."""
    request, response = st.columns(2)
    with request:
        st.markdown(f"**{_('Request')}**")
        json_view.draw(exchange.request, "home_request", label=_("Request body"), max_height=440)
    with response:
        st.markdown(f"**{_('Response')}**")
        if exchange.response:
            json_view.draw(exchange.response, "home_response", label=_("Response body"), lit=COUNTED, max_height=440)
    st.caption(_("Pretty-printed from what went over the wire."))
    connection.added(added, "home")


shell.header(
    _("See what the ChatGPT API really does"),
    _("Text becomes tokens, messages become a request, a request becomes a response. Send one and look."),
)
live_card(state.scratch("home"))
st.header(_("The way through"), anchor=False)
course_view.draw()
