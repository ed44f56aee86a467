"""Predict, then reveal: will the model know the name it was told? The guess is the click that asks it."""

import streamlit as st

from components import chat_controls, chat_wishes, state
from components.wording import _, _n
from playground.exchange import Exchange
from playground.transcript import Transcript

QUESTIONS = {"en": "Do you know my name?", "ko": "제 이름을 알고 있나요?"}


def offer(talk: Transcript) -> None:
    """Offer the guess once something was said, until it was made in this conversation."""
    memory = state.scratch("chat")
    asked = {turn.question for turn in talk.turns} & set(QUESTIONS.values())
    if not talk.turns or talk.turns[-1].status != "complete" or memory.get("guessed") == talk.id or asked:
        return
    question = QUESTIONS.get(state.language(), QUESTIONS["en"])
    with st.container(horizontal=True, vertical_alignment="center", key="chat_guess"):
        st.markdown(_("Ask “{question}”: will it know?").format(question=question), width="content")
        for guess, label in (("yes", _("It will")), ("no", _("It won't"))):
            st.button(label, key=f"chat_guess_{guess}", on_click=_guess, args=(talk.id, guess, question))


def _guess(talk_id: str, guess: str, question: str) -> None:
    state.scratch("chat").update(guessed=talk_id, guess=guess, guess_question=question)
    chat_wishes.make("question", text=question)


def reveal(talk: Transcript, exchange: Exchange | None) -> None:
    """Under the answer: what was predicted, and what the request carried, which decides it."""
    memory = state.scratch("chat")
    if memory.get("guessed") != talk.id or not talk.turns or talk.turns[-1].question != memory.get("guess_question"):
        return
    if talk.turns[-1].status != "complete" or exchange is None:
        return
    messages = exchange.request.get("messages") or []
    earlier = sum(message.get("role") == "user" for message in messages) - 1
    guess = _("You said: it will know.") if memory["guess"] == "yes" else _("You said: it won't know.")
    if earlier > 0:
        fact = _n(
            "The request carried {n} earlier question and its answer: what stands there, it can know.",
            "The request carried {n} earlier questions and their answers: what stands there, it can know.",
            earlier,
        ).format(n=earlier)
    else:
        fact = _("The request carried this question alone: it can't know what it was told before.")
    st.markdown(f":material/lightbulb: {guess} {fact}")
    if chat_controls.history() == "all" and earlier > 0:
        st.caption(_("Try it again with “Last message only”."))
