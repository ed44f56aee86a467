"""Turns: from a user message to the answer that ends it, as handles on a transcript's records. They send nothing.

A question that got no answer is not part of what the model is told later.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from playground.branches import Node, Status, text_of
from playground.exchange import Exchange
from playground.messages import Message
from playground.revisions import Record

if TYPE_CHECKING:
    from playground.transcript import History, Transcript

_ALSO_SAID = ("tool_calls", "function_call", "refusal", "name")
"""What an answer may hold besides its content, and has to be said again in the next request."""


class Turn:
    """A question and its answer. The answer grows while it streams; what arrived is never lost."""

    def __init__(
        self,
        question: str = "",
        answer: str = "",
        status: Status = "streaming",
        exchange: Exchange | None = None,
        *,
        of: "tuple[Transcript, str | None, str | None] | None" = None,
    ) -> None:
        if of is None:
            from playground.transcript import Transcript

            begun = Transcript().begin(question)
            begun.add(answer)
            if status != "streaming":
                begun.end(status, exchange)
            of = (begun.transcript, begun.question_id, begun.answer_id)
        self.transcript: Transcript = of[0]
        self.question_id: str | None = of[1]
        self.answer_id: str | None = of[2]

    @property
    def id(self) -> str:
        """The id of its last message."""
        return self.answer_id or self.question_id or ""

    @property
    def question(self) -> str:
        """The text of the user's message."""
        return text_of(self._record(self.question_id)["message"]) if self.question_id else ""

    @property
    def answer(self) -> str:
        """The text that has arrived."""
        return text_of(self._record(self.answer_id)["message"]) if self.answer_id else ""

    @property
    def status(self) -> Status:
        """How far it is."""
        node = self.transcript.node(self.id)
        return node.status if node else "failed"

    @property
    def exchanges(self) -> list[Exchange]:
        """The exchanges that made the answer, oldest first: several when it was continued."""
        return self.transcript.exchanges_of.get(self.id, [])

    @property
    def exchange(self) -> Exchange | None:
        """The last of them; None when there is none, as after a reload."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def facts(self) -> dict[str, Any]:
        """What made the answer: model, finish_reason, simulated, usage. They outlive a reload."""
        return dict(self._record(self.answer_id)["facts"]) if self.answer_id else {}

    @property
    def nodes(self) -> list[Node]:
        """The messages from the question to the answer."""
        line = [*self.transcript.tree.lineage(self.id), self.id]
        first = line.index(self.question_id) if self.question_id in line else 0
        return [node for id in line[first:] if (node := self.transcript.node(id))]

    @property
    def messages(self) -> list[Message]:
        """The messages from the question to the answer, as the wire has them."""
        return [node.message for node in self.nodes]

    @property
    def choices(self) -> list[Node]:
        """The answers of its request, by their index: one, or several when n was more than 1."""
        node = self.transcript.node(self.answer_id) if self.answer_id else None
        beside = node.choices or (node.id,) if node else ()
        return [each for id in beside if (each := self.transcript.node(id))]

    def add(self, piece: str, choice: int = 0) -> None:
        """Take the next piece of an answer."""
        record = self._choice(choice)
        record["message"]["content"] = (record["message"].get("content") or "") + piece
        self.transcript.touch(record)

    def resume(self) -> None:
        """Go on with a partial answer: request() ends with it, and what arrives is added behind it."""
        record = self._record(self.answer_id)
        record["status"] = "streaming"
        self.transcript.running.add(record["node"])
        self.transcript.touch(record)

    def end(self, status: Status, exchange: Exchange | None) -> None:
        """Close the turn with the record of its exchange."""
        for index in sorted({0, *(choice.get("index", 0) for choice in (exchange.choices if exchange else ()))}):
            record = self._choice(index) if isinstance(index, int) else self._choice(0)
            said = text_of(record["message"])
            record["status"] = "partial" if status == "failed" and said else status
            if exchange:
                _note(record, exchange, index)
                self.transcript.hold(record["node"], exchange)
            self.transcript.running.discard(record["node"])
            self.transcript.touch(record)
        for node in self.choices:
            # A choice of which nothing arrived, not even its end.
            if node.id in self.transcript.running:
                record = self._record(node.id)
                record["status"] = status if node.text else "failed"
                self.transcript.running.discard(node.id)
                self.transcript.touch(record)

    def request(self, transcript: "Transcript", history: "History") -> list[Message]:
        """The messages to send for this turn: the system message, earlier turns if asked for, the question.

        Of an answer that is being continued also what has arrived of it.
        """
        line = transcript.tree.lineage(self.id)
        if self.answer_id is None or self.answer:
            line.append(self.id)
        return [
            *transcript.instruction(),
            *(transcript.tree.newest[id]["message"] for id in sent(transcript, line, history)),
        ]

    def _record(self, id: str | None) -> Record:
        return self.transcript.tree.newest[id or ""]

    def _choice(self, index: int) -> Record:
        answer = self.answer_id or ""
        return self._record(answer if index == 0 else self.transcript.answer_beside(answer, index))


def cut(transcript: "Transcript", path: Sequence[Node]) -> list[Turn]:
    """Cut messages into turns: each user message begins one."""
    found: list[list[Node]] = []
    for node in path:
        if node.role == "user" or not found:
            found.append([])
        found[-1].append(node)
    return [_turn(transcript, nodes) for nodes in found]


def _turn(transcript: "Transcript", nodes: Sequence[Node]) -> Turn:
    question = nodes[0].id if nodes[0].role == "user" else None
    answers = [node.id for node in nodes if node.role == "assistant"]
    return transcript.handle(question, answers[-1] if answers else None if question else nodes[-1].id)


def sent(transcript: "Transcript", line: Sequence[str], history: "History") -> Iterator[str]:
    """Of the messages on one line those that a request carries."""
    nodes = [node for id in line if (node := transcript.node(id))]
    if history == "last":
        asked = [place for place, node in enumerate(nodes) if node.role == "user"]
        nodes = nodes[asked[-1] if asked else -1 :]
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        if not _unanswered(node) and not (node.role == "user" and following and _unanswered(following)):
            yield node.id


def _unanswered(node: Node) -> bool:
    return node.role == "assistant" and node.status != "complete" and not node.text and len(node.message) <= 2


def _note(record: Record, exchange: Exchange, index: int) -> None:
    """Take from an exchange what a message keeps of it."""
    choice = next((each for each in exchange.choices if each.get("index", 0) == index), {})
    message = choice.get("message")
    if isinstance(message, dict):
        record["message"] |= {name: message[name] for name in _ALSO_SAID if message.get(name) is not None}
    model = exchange.response.get("model") or exchange.request.get("model")
    facts = {"exchange": exchange.id, "simulated": exchange.simulated, "finish_reason": choice.get("finish_reason")}
    if isinstance(model, str):
        facts["model"] = model
    if exchange.usage:
        facts["usage"] = dict(vars(exchange.usage))
    record["facts"] = facts
