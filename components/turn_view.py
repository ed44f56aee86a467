"""The messages of a conversation as they are shown: the newest forty, each with its chip, its mark and its actions.

It draws what is there; a click that needs a call to the model becomes a wish for the page.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import streamlit as st

from components import chat_costs, chat_wishes, error_view, message_actions, message_view, state
from components.chat_costs import Bill
from components.wording import _, _n
from playground.branches import Node
from playground.transcript import History, Transcript, Turn

NEWEST = 40
"""Messages drawn at first; older ones on demand."""

NEWEST_LENGTH = 30_000
"""Characters drawn at first."""


def draw(talk: Transcript, carried: frozenset[str], bills: Mapping[str, Bill]) -> None:
    """Draw the messages. `carried`: those that the next request carries. `bills`: what each answer took."""
    # One that is under way is drawn by whoever reads its stream.
    path = [node for node in talk.path() if node.status != "streaming"]
    st.html(Path(__file__).with_suffix(".css"))
    memory = state.scratch("chat")
    drawn = newest(path, memory.get(f"older_{talk.id}", 1))
    if hidden := len(path) - drawn:
        st.button(
            _n("Show older messages ({n} more)", "Show older messages ({n} more)", hidden).format(n=f"{hidden:,}"),
            key="chat_older",
            type="tertiary",
            on_click=lambda: memory.update({f"older_{talk.id}": memory.get(f"older_{talk.id}", 1) + 1}),
        )
    turns = {turn.answer_id: turn for turn in talk.turns if turn.answer_id}
    added = _added(talk)
    last = path[-1].id if path else ""
    # The mark is in the class: a bar beside what the next request carries. One container for many: a message of its own
    # costs the browser as much as a text, at every key press.
    for number, (goes, nodes) in enumerate(groupby(path[-drawn:], lambda node: node.id in carried)):
        with st.container(key=f"chat_{'carried' if goes else 'left'}_{number}"):
            for node in nodes:
                turn = turns.get(node.id)
                if len(node.choices) > 1 and node.id == last:
                    _side_by_side(talk, node, carried, bills)
                else:
                    _message(talk, node, turn, goes, bills.get(node.id), added.get(node.id, ""))
                if turn:
                    _fault(turn, is_last=node.id == last)


def newest(path: Sequence[Node], times: int) -> int:
    """How many of the newest messages are drawn: so many, or fewer that are long; at least the last turn."""
    room, count = NEWEST_LENGTH * times, 0
    for node in reversed(path[-NEWEST * times :]):
        room -= min(len(node.text), message_view.LONGEST)
        if room < 0 and count >= 2:
            break
        count += 1
    return count


def carried(talk: Transcript, history: History, running: Turn | None) -> frozenset[str]:
    """The messages that the next request carries; while an answer is under way, those that its request carried."""
    if running is None:
        return talk.carried(history) if history == "all" else frozenset()
    asked = [running.question_id] if history == "last" else [node.id for node in talk.path()]
    return frozenset(id for id in asked if id)


def _message(talk: Transcript, node: Node, turn: Turn | None, goes: bool, bill: Bill | None, grown: str = "") -> None:
    with message_view.speaker(node.role):
        message_view.text(node, node.id in state.scratch("chat").get("pictures", ()))
        if said := " · ".join(part for part in (chip(node, goes, bill), grown) if part):
            st.caption(said)
        message_actions.draw(talk, node, bool(turn and turn.exchange))


def _added(talk: Transcript) -> dict[str, str]:
    """What the request of each question had more than the one before it, by the question's id, in words."""
    said = {}
    turns = [turn for turn in talk.turns if turn.exchange and turn.question_id]
    for before, turn in pairwise(turns):
        counts = [len(each.exchange.request.get("messages") or ()) for each in (before, turn) if each.exchange]
        if more := counts[1] - counts[0]:
            said[turn.question_id or ""] = _n(
                "its request: {n:+} message", "its request: {n:+} messages", abs(more)
            ).format(n=more)
    return said


def _side_by_side(talk: Transcript, node: Node, carried: frozenset[str], bills: Mapping[str, Bill]) -> None:
    """Draw the answers of a request that asked for several; one of them goes on."""
    choices = [each for id in node.choices if (each := talk.node(id))]
    sentence = _("Several answers to one request, `n` = {n}: the conversation goes on with the one you choose.")
    st.caption(sentence.format(n=len(choices)))
    for row in range(0, len(choices), 3):
        for column, each in zip(st.columns(min(3, len(choices) - row)), choices[row : row + 3], strict=False):
            with column, st.container(border=True, key=f"chat_choice_{each.id}"):
                message_view.text(each)
                st.caption(chip(each, each.id in carried, bills.get(each.id)))
                if each.id == node.id:
                    st.caption(_(":material/check: The conversation goes on with this one"))
                else:
                    st.button(
                        _("Go on with this one"), key=f"chat_choose_{each.id}", on_click=talk.choose, args=(each.id,)
                    )
    turn = next((turn for turn in talk.turns if turn.answer_id == node.id), None)
    message_actions.draw(talk, node, bool(turn and turn.exchange))


def chip(node: Node, goes: bool, bill: Bill | None) -> str:
    """One line under a message: who answered, what it took, whether it is whole, whether the next request has it."""
    parts = []
    if node.facts.get("simulated"):
        parts.append(_("simulated"))
    if bill:
        parts += chat_costs.chip(bill)
        if bill.estimated and node.status == "complete":
            parts.append(_("the API told no usage"))
    if node.facts.get("finish_reason") == "length":
        parts.append(_("cut by the token limit"))
    if node.status == "partial":
        parts.append(_("stopped: this is what arrived"))
    if node.status == "failed":
        parts.append(_("no answer; the next request leaves this question out"))
    if node.edits:
        parts.append(_("edited"))
    if not goes and node.status != "failed":
        parts.append(_("not in the next request"))
    return " · ".join(parts)


def _fault(turn: Turn, is_last: bool) -> None:
    """Under an answer that failed or broke off: why, and the buttons that go on from here."""
    answer = turn.answer_id or ""
    if turn.exchange and turn.exchange.error:
        error_view.draw(turn.exchange.error, turn.exchange.status, key=f"chat_error_{answer}")
    if is_last and turn.status in ("partial", "failed"):
        with st.container(horizontal=True, key=f"chat_go_on_{answer}"):
            st.button(
                _("Send again"),
                key="chat_again",
                icon=":material/refresh:",
                on_click=chat_wishes.make,
                args=("again", answer),
            )
            if turn.answer:
                st.button(
                    _("Continue"),
                    key="chat_continue",
                    icon=":material/play_arrow:",
                    on_click=chat_wishes.make,
                    args=("go_on", answer),
                    help=_("The next request ends with what arrived, so that the model goes on from there."),
                )
