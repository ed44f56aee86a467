"""Transcript: a conversation and the exchanges that made it, the one mutable thing here. It sends nothing.

>>> talk = Transcript(system="You are a helpful assistant.")
>>> turn = talk.begin("Hello! I'm John.")
>>> turn.add("Hello John!")
>>> turn.end("complete", None)
>>> [message["role"] for message in talk.begin("Do you know my name?").request(talk, "all")]
['system', 'user', 'assistant', 'user']
"""

from dataclasses import dataclass, field
from typing import Literal

from playground.exchange import Exchange
from playground.messages import Message, assistant, system, user

History = Literal["all", "last"]
"""What a request carries: the whole conversation, or the last message only."""

Status = Literal["streaming", "complete", "partial", "failed"]


@dataclass(eq=False)
class Turn:
    """From a user message to the answer that ends it. The answer grows while it streams; what arrived is never lost."""

    question: str
    answer: str = ""
    status: Status = "streaming"
    exchange: Exchange | None = None

    def add(self, piece: str) -> None:
        """Take the next piece of the answer."""
        self.answer += piece

    def end(self, status: Status, exchange: Exchange | None) -> None:
        """Close the turn with the record of its exchange."""
        self.status = status
        self.exchange = exchange

    def request(self, transcript: "Transcript", history: History) -> list[Message]:
        """The messages to send for this turn: the system message, earlier turns if asked for, the question."""
        earlier = transcript.turns[: transcript.turns.index(self)] if history == "all" else []
        messages = [system(transcript.system)] if transcript.system.strip() else []
        for turn in earlier:
            # A question that got no answer is not part of what the model is told.
            if turn.answer:
                messages += [user(turn.question), assistant(turn.answer)]
        return [*messages, user(self.question)]


@dataclass(eq=False)
class Transcript:
    """The turns of a conversation, oldest first, under one system message."""

    system: str = ""
    turns: list[Turn] = field(default_factory=list)

    def begin(self, question: str) -> Turn:
        """Open a turn. It is part of the transcript before anything is sent, so that a stop can't lose it."""
        turn = Turn(question)
        self.turns.append(turn)
        return turn

    def settle(self) -> None:
        """Mark turns whose stream was stopped from outside: partial with what arrived, failed if that was nothing."""
        for turn in self.turns:
            if turn.status == "streaming":
                turn.status = "partial" if turn.answer else "failed"

    @property
    def exchanges(self) -> list[Exchange]:
        """The exchanges that made the conversation, oldest first."""
        return [turn.exchange for turn in self.turns if turn.exchange]
