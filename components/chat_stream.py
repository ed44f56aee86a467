"""An answer while it streams: its text in the bubble, figures under it, the exchange beside. Whoever calls it sends it.

What arrives is kept in the turn piece by piece, so that nothing is lost when the run is stopped.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import announcer, chat_wishes, message_view, state, stream_view
from components.live_exchange import LiveExchange
from components.wording import _
from playground.answer_pieces import answer_pieces
from playground.exchange import Exchange
from playground.messages import Body
from playground.transcript import Transcript, Turn

if TYPE_CHECKING:
    from components.connection import Call

COLUMNS = 3
"""Answers side by side; more of them go into the next row."""

STOP_KEY = "Esc"


def run(
    send: Callable[[Body], "Call"],
    body: Body,
    turn: Turn,
    panel: Callable[[LiveExchange], None],
    keep: Callable[[], None],
    settle: Callable[[Exchange], None],
) -> None:
    """Send a request and draw its answer as it comes.

    panel: opens the live view beside the answer. keep: writes what is new into the browser. settle: told the record.
    The stream is closed, the turn ended and settled whatever becomes of this run.
    """
    # The key's beginning gives it the style of the messages above it.
    with st.container(key="chat_left_running", gap=None), message_view.speaker("assistant"):
        areas = _areas(turn)
        with st.container(horizontal=True, vertical_alignment="center", key="chat_live"):
            figures = st.empty()
            # A click ends this run and begins one that draws what arrived.
            st.button(
                _("Stop"),
                key="chat_stop",
                type="tertiary",
                icon=":material/stop_circle:",
                shortcut=STOP_KEY,
                on_click=chat_wishes.waive,
            )
    arrived = chat_wishes.owe(turn.id)
    call = send(body)
    live = LiveExchange(call.snapshot, lambda: [node.text for node in turn.choices], body, figures)
    panel(live)

    def ended() -> None:
        call.close()
        exchange = call.snapshot()
        turn.end("complete" if exchange.ok else "partial" if turn.answer else "failed", exchange)
        settle(exchange)
        if exchange.outcome != "closed":
            arrived()

    def take(piece: str, choice: int) -> None:
        arrived()
        turn.add(piece, choice)

    def beside() -> None:
        live.draw()
        keep()

    with stream_view.kept(answer_pieces(call), take, ended) as pieces:
        stream_view.draw_choices(pieces, areas, beside)


def _areas(turn: Turn) -> Callable[[int], DeltaGenerator]:
    """A place for each answer; of one that is continued what is there already stands first."""
    before = [node.text for node in turn.choices]
    if len(before) < 2:
        area = st.container()
        if before and before[0]:
            area.markdown(message_view.as_markdown(before[0]))
        return lambda choice: area
    columns = [
        column.container(border=True)
        for row in range(0, len(before), COLUMNS)
        for column in st.columns(min(COLUMNS, len(before) - row))
    ]
    return lambda choice: columns[min(choice, len(columns) - 1)]


def announce(talk: Transcript, begins: bool) -> None:
    """Tell a screen reader that an answer begins, and how it ended; never its pieces."""
    memory = state.scratch("chat")
    endings = {
        "complete": _("The answer is complete."),
        "partial": _("The answer was stopped; what arrived is kept."),
        "failed": _("There is no answer."),
    }
    sentence = ""
    if begins:
        sentence = _("The answer begins.")
    elif memory.get("announces") and talk.turns:
        sentence = endings.get(talk.turns[-1].status, "")
    memory["announces"] = begins or memory.get("announces", False)
    announcer.say(sentence, "chat_announcer")
