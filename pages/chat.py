"""Chat: a conversation on the left, the exchange of the chosen turn on the right."""

from collections.abc import Iterator
from contextlib import closing

import streamlit as st

from components import (
    chat_controls,
    connection,
    error_view,
    exchange_view,
    lesson_banner,
    message_view,
    meter,
    shell,
    state,
    stream_view,
)
from components.shell import through_entry
from components.wording import _
from playground.messages import Body
from playground.transcript import Transcript, Turn

through_entry()

STARTERS = ("Hello! I'm John.", "안녕하세요, 저는 민수예요.", "Do you know my name?")


def request_body(talk: Transcript, turn: Turn) -> Body:
    """The body that asks for a turn's answer; stream_options is added so that the stream tells its usage."""
    return connection.fitted(
        {
            "model": state.connection().model,
            "messages": turn.request(talk, chat_controls.history()),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
    ).body


def pieces(call: "connection.Call", turn: Turn) -> Iterator[str]:
    """Pass the answer's pieces on and keep each in the turn, whatever becomes of this run."""
    try:
        for piece in call.texts():
            turn.add(piece)
            yield piece
    finally:
        # A stopped run may still touch objects that it holds, but no widget and no session state.
        call.close()
        exchange = call.snapshot()
        turn.end("complete" if exchange.ok else "partial" if turn.answer else "failed", exchange)


def ask(talk: Transcript, question: str) -> None:
    """Put a question, stream the answer, then draw the page again with its exchange."""
    turn = talk.begin(question)
    state.scratch("chat").pop("chosen", None)
    notice_stop(turn)
    message_view.question(question)
    with message_view.speaker("assistant"):
        call = connection.client().send(request_body(talk, turn))
        with closing(pieces(call, turn)) as stream:
            stream_view.draw(stream)
    st.rerun()


@st.fragment(run_every=0.5)
def notice_stop(turn: Turn) -> None:
    """Streamlit draws nothing more after a stop: this look, half a second later, brings the page up to date."""
    if turn.status != "streaming":
        st.rerun()


def conversation(talk: Transcript, shown: Turn | None) -> str | None:
    """Draw the turns so far; answers a question that shall be sent again."""
    again = None
    for number, turn in enumerate(talk.turns):
        message_view.question(turn.question)
        message_view.answer(turn)
        if turn.exchange and turn.exchange.error:
            error_view.draw(turn.exchange.error, turn.exchange.status, key=f"chat_error_{number}")
        with st.container(horizontal=True, key=f"chat_actions_{number}"):
            if turn.exchange and turn is not shown:
                if st.button(_("Show its JSON"), key=f"chat_show_{number}", type="tertiary"):
                    state.scratch("chat")["chosen"] = number
                    st.rerun()
            if turn is talk.turns[-1] and turn.status in ("partial", "failed"):
                if st.button(_("Send again"), key=f"chat_again_{number}", icon=":material/refresh:"):
                    again = turn.question
    return again


def chosen(talk: Transcript) -> Turn | None:
    """The turn whose exchange is shown: the one that was clicked, else the newest that has one."""
    number = state.scratch("chat").get("chosen")
    if number is not None and number < len(talk.turns):
        return talk.turns[number]
    return next((turn for turn in reversed(talk.turns) if turn.exchange), None)


def panel(talk: Transcript, shown: Turn) -> None:
    """Draw the exchange of a turn; lit is what its request adds to the one before."""
    number = talk.turns.index(shown)
    earlier = next((turn.exchange for turn in reversed(talk.turns[:number]) if turn.exchange), None)
    st.header(_("Exchange {n}").format(n=number + 1), anchor=False)
    if shown.exchange:
        exchange_view.draw(shown.exchange, "chat_exchange", previous=earlier, max_height=320)
        meter.draw(shown.exchange.request, shown.exchange)
        st.caption(_("The page added stream and stream_options, so that the answer streams and tells its usage."))


shell.header(_("Chat"), _("The API keeps nothing: every request carries the conversation again."))
lesson_banner.draw("chat")
talk = state.transcript()
talk.settle()
chat_controls.draw(talk)
state.prefilled_chat()
question = st.chat_input(_("Say something"), key="chat_input", max_chars=20_000, submit_mode="stop")
shown = chosen(talk)
starters = st.empty()
if not talk.turns and not question:
    question = starters.pills(_("Try one of these"), STARTERS, key="chat_starters")
    if question:
        starters.empty()
if shown:
    view = message_view.phone_switch("chat")
    left, right = st.columns([3, 2], gap="large")
    # First the exchange, then the conversation: after a stop Streamlit removes whatever would have come later.
    with right, st.container(key=f"chat_json_{view}"):
        panel(talk, shown)
    talk_area = left.container(key=f"chat_talk_{view}")
else:
    talk_area = st.container(key="chat_talk")
with talk_area:
    question = conversation(talk, shown) or question
    if question:
        ask(talk, question)
    ahead = Turn("")
    meter.draw(request_body(Transcript(talk.system, [*talk.turns, ahead]), ahead), typed=False)
