"""Chat: a conversation on the left, the exchange of the chosen turn on the right."""

import time

import streamlit as st

from components import (
    chat_controls,
    chat_costs,
    chat_stream,
    chat_wishes,
    connection,
    conversations,
    exchange_panel,
    lesson_banner,
    message_actions,
    name_guess,
    phone_switch,
    shell,
    state,
    turn_view,
    typed_meter,
)
from components.live_exchange import LiveExchange
from components.shell import through_entry
from components.wording import _
from playground.messages import Body
from playground.parameters import body_of
from playground.transcript import Transcript, Turn

through_entry()

STARTERS = ("Hello! I'm John.", "안녕하세요, 저는 민수예요.", "Do you know my name?")
LONGEST = 1_000_000  # Characters of a question; a longer one goes back into the input.


def request(talk: Transcript, turn: Turn | None) -> Body:
    """The body that asks for a turn's answer, or for the next one's, with what the page adds."""
    history = chat_controls.history()
    ahead = talk.messages() if history == "all" else talk.instruction()
    messages = turn.request(talk, history) if turn else ahead
    return connection.streamed(body_of(state.connection().model, messages, parameters)).body


def asked(starter: str | None) -> chat_wishes.Wish | None:
    """What this run asks for: what was typed, or clicked."""
    wish = chat_wishes.Wish("question", text=starter) if starter else chat_wishes.take()
    if wish and wish.kind == "question" and len(wish.text) > LONGEST:
        state.prefill_chat(wish.text)
        sentence = _("This text has {n} characters; a message takes at most {most}. It is back in the input.")
        keep_back(sentence.format(n=f"{len(wish.text):,}", most=f"{LONGEST:,}"))
    return wish


def begun(wish: chat_wishes.Wish) -> Turn | None:
    """The turn that a wish opens: it is in the conversation before anything is sent."""
    several = parameters.get("n", 1)
    if wish.kind == "question":
        return talk.begin(wish.text, several)
    if wish.kind == "instead":
        return talk.ask_instead(wish.id, wish.text)
    turn = next((turn for turn in talk.turns if wish.id in (turn.answer_id, turn.question_id)), None)
    if turn and wish.kind == "again" and turn.answer:
        return talk.regenerate(wish.id, several)
    if turn:
        # Continued, or tried again where nothing had arrived.
        turn.resume()
    return turn


def keep_back(reason: str) -> None:
    """Draw the page again with the reason why nothing was sent."""
    state.scratch("chat")["kept_back"] = reason
    st.rerun()


@st.fragment(run_every=0.5)
def notice_stop(turn: Turn) -> None:
    """Streamlit draws nothing more after a stop: this look, half a second later, brings the page up to date."""
    if turn.status != "streaming":
        chat_wishes.waive()
        st.rerun()


def beside(live: LiveExchange) -> None:
    """Draw the running exchange in the panel."""
    with panel:
        exchange_panel.live(talk, turn, live)


shell.header(_("Chat"), _("The API keeps nothing: every request carries the conversation again."))
lesson_banner.draw("chat")
if state.transcript().running:
    # A stopped run notices it a moment after the next one has begun.
    time.sleep(0.15)
state.transcript().settle()
with st.container(horizontal=True, vertical_alignment="center", key="chat_controls"):
    keep = conversations.draw()
    talk = state.transcript()
    if talk.turns:
        chat_controls.new_conversation()
    parameters = chat_controls.parameters()
    chat_controls.history_switch()
    bills = chat_costs.bills(talk)
    if bills:
        chat_costs.draw(list(bills.values()))
    message_actions.undo(talk)
chat_controls.system_message(talk)
state.prefilled_chat()
typed = st.chat_input(_("Say something"), key="chat_input", submit_mode="stop", on_submit=chat_wishes.say)
with st.bottom:
    typed_meter.draw(request(talk, None), "chat_typed", state.connection().kind == "simulator")
starters, starter = st.empty(), None
if not talk.turns and not typed:
    if starter := starters.pills(_("Try one of these"), STARTERS, key="chat_starters"):
        starters.empty()
wish = asked(starter)
turn = begun(wish) if wish else None
body = request(talk, turn)
if turn:
    if reason := chat_costs.reserve(reserved := f"{turn.id} {len(turn.exchanges)}", body):
        turn.end("failed", None)
        keep_back(reason)
    chat_wishes.owe(turn.id)
    notice_stop(turn)
keep(asks=turn is not None)
message_actions.edit_dialog(talk)
chat_stream.announce(talk, begins=turn is not None)
shown = exchange_panel.chosen(talk)
if shown or turn:
    phone_switch.draw("chat_switch")
    left, right = st.columns([3, 2], gap="large")
    # First the exchange, then the conversation: after a stop Streamlit removes whatever would have come later.
    panel = right.container(key="chat_json")
    if shown and not turn:
        with panel:
            exchange_panel.draw(talk, shown, frozenset(parameters))
    talk_area = left.container(key="chat_talk")
else:
    talk_area = st.container(key="chat_talk")
with talk_area:
    turn_view.draw(talk, turn_view.carried(talk, chat_controls.history(), turn), bills)
    if reason := state.scratch("chat").pop("kept_back", ""):
        st.error(reason, icon=":material/block:")
    if turn:
        chat_stream.run(connection.client().send, body, turn, beside, keep, chat_costs.settle(reserved))
        st.rerun()
    name_guess.reveal(talk, shown.exchange if shown else None)
    name_guess.offer(talk)
