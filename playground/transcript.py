"""Transcript: a conversation and the exchanges that made it, the one mutable thing here. It sends nothing.

>>> talk = Transcript(system="You are a helpful assistant.")
>>> turn = talk.begin("Hello! I'm John.")
>>> turn.add("Hello John!")
>>> turn.end("complete", None)
>>> [message["role"] for message in talk.begin("Do you know my name?").request(talk, "all")]
['system', 'user', 'assistant', 'user']

What was said is kept as records (revisions.py) that make a tree (branches.py): another answer, or a question put in
other words, is a branch beside the first, and one way through the tree is shown.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from playground import turns
from playground.branches import Node, Status, Tree, text_of
from playground.exchange import Exchange
from playground.messages import Message, system, user
from playground.record_book import RecordBook
from playground.revisions import fresh
from playground.turns import Turn

__all__ = ["History", "Node", "Status", "Transcript", "Turn"]

History = Literal["all", "last"]
"""What a request carries: the whole conversation, or the last turn only."""

Operation = Literal["", "delete", "edit", "choose"]

EXCHANGE_BYTES = 20_000_000
"""A conversation keeps this many bytes of exchanges; the oldest leave first, as they do from the log."""

TITLE_LENGTH = 48

JOINER = "\u200d"
"""It makes one emoji of several, and is no control character for all that it is not seen."""


class Transcript(RecordBook):
    """The messages of a conversation, under one system message."""

    def __init__(self, system: str = "", turns: Sequence[Turn] = (), id: str = "") -> None:
        super().__init__(id)
        self.exchanges_of: dict[str, list[Exchange]] = {}
        self.running: set[str] = set()
        """Answers that a stream of this session is filling."""
        self._undo: list[tuple[Operation, str, Any]] = []
        self._tree: Tree | None = None
        self._handles: dict[tuple[str | None, str | None], Turn] = {}
        if system:
            self.system = system
        for turn in turns:
            self._adopt(turn)

    @property
    def system(self) -> str:
        """The system message; empty when there is none."""
        return str(self.records.get("system", {}).get("text", ""))

    @system.setter
    def system(self, text: str) -> None:
        if text != self.system:
            self.write({"key": "system", "text": text})

    @property
    def title(self) -> str:
        """The title that was given, else the first words of the first question."""
        return str(self.records.get("title", {}).get("text", "")) or self.once("title", self._first_line)

    def _first_line(self) -> str:
        for record in sorted(self.tree.newest.values(), key=lambda each: (each["born"], each["node"])):
            if record["message"].get("role") == "user" and (line := _first_words(text_of(record["message"]))):
                return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1].rstrip()}…"
        return ""

    def rename(self, title: str) -> None:
        """Give a title; an empty one takes the given one back."""
        self.write({"key": "title", "text": title.strip()})

    # What is there -----------------------------------------------------------------------------------------------

    @property
    def tree(self) -> Tree:
        """The tree as it is now."""
        if self._tree is None:
            self._tree = Tree(self.records)
        return self._tree

    def node(self, id: str) -> Node | None:
        """A message by its id, also one that is not shown."""
        nodes = self.once("nodes", dict[str, Node | None])
        if id not in nodes:
            nodes[id] = self.tree.node(id, id in self.running)
        return nodes[id]

    def path(self) -> list[Node]:
        """The messages shown, oldest first, without the system message."""
        return list(self.once("path", lambda: [node for id in self.tree.path() if (node := self.node(id))]))

    @property
    def turns(self) -> list[Turn]:
        """The turns shown, oldest first."""
        return list(self.once("turns", lambda: turns.cut(self, self.path())))

    def handle(self, question: str | None, answer: str | None) -> Turn:
        """The one handle of the turn between two messages."""
        key = (question, answer)
        if key not in self._handles:
            self._handles[key] = Turn(of=(self, *key))
        return self._handles[key]

    @property
    def exchanges(self) -> list[Exchange]:
        """The exchanges that made the messages shown, oldest first; those before a reload are not kept."""
        shown = (exchange for node in self.tree.path() for exchange in self.exchanges_of.get(node, ()))
        # The choices of one request share its exchange.
        return list({exchange.id: exchange for exchange in shown}.values())

    def revisions(self, id: str) -> list[Message]:
        """Every wording that a message has had, oldest first."""
        found = [record for record in self.records.values() if record.get("node") == id]
        return [record["message"] for record in sorted(found, key=lambda each: (each["at"], each["by"]))]

    def messages(self, history: History = "all", question: str | None = None) -> list[Message]:
        """What the next request would carry, with this question at its end."""
        carried = self.carried(history) if question is None or history == "all" else frozenset()
        said = [node.message for node in self.path() if node.id in carried]
        return [*self.instruction(), *said, *([user(question)] if question is not None else [])]

    def carried(self, history: History = "all") -> frozenset[str]:
        """Ids of the messages shown that the next request would carry."""
        return self.once(f"carried {history}", lambda: frozenset(turns.sent(self, self.tree.path(), history)))

    def instruction(self) -> list[Message]:
        """The system message as a request has it: first, and not at all when it is empty."""
        return [system(self.system)] if self.system.strip() else []

    # What can be done --------------------------------------------------------------------------------------------

    def begin(self, question: str | Message, n: int = 1) -> Turn:
        """Open a turn. It is part of the transcript before anything is sent, so that a stop can't lose it."""
        message = user(question) if isinstance(question, str) else question
        return self._answers(self._put(message, self.tree.end()), n)

    def regenerate(self, id: str, n: int = 1) -> Turn:
        """Open another answer beside this one; of a question, another answer to it."""
        asked = id if self.tree.newest[id]["message"].get("role") == "user" else self.tree.newest[id]["parent"] or ""
        return self._answers(asked, n)

    def ask_instead(self, id: str, text: str) -> Turn:
        """Open a turn with the question in other words, beside the one that was asked."""
        record = self.tree.newest[id]
        asked = self._put({**record["message"], "content": text}, record["parent"] or "")
        self._show(asked)
        return self._answers(asked, 1)

    def extend(self, messages: Iterable[Message]) -> None:
        """Put messages at the end; nothing is sent."""
        last = self.tree.end()
        for message in messages:
            last = self._put(message, last)

    def edit(self, id: str, text: str | None = None, role: str | None = None) -> None:
        """Change a message where it stands; its earlier wordings are kept."""
        before = self.tree.newest[id]
        message = dict(before["message"])
        message |= ({"content": text} if text is not None else {}) | ({"role": role} if role is not None else {})
        if message != before["message"]:
            self._undo.append(("edit", id, before["key"]))
            self._revise(id, message, "complete")

    def choose(self, id: str) -> None:
        """Show this message rather than its siblings, and what follows it."""
        parent = self.tree.parent(id)
        self._undo.append(("choose", parent, self.records.get(f"chosen/{parent}", {}).get("child", "")))
        self._show(id)

    def delete(self, id: str) -> None:
        """Take one message out; what follows it stays."""
        self._undo.append(("delete", id, None))
        self.write({"key": f"deleted/{id}", "deleted": True})

    @property
    def undoable(self) -> Operation:
        """What undo() would take back; empty when there is nothing."""
        return self._undo[-1][0] if self._undo else ""

    def undo(self) -> bool:
        """Take back the last deletion, edit or choice."""
        if not self._undo:
            return False
        operation, id, before = self._undo.pop()
        if operation == "delete":
            self.write({"key": f"deleted/{id}", "deleted": False})
        elif operation == "choose":
            self.write({"key": f"chosen/{id}", "child": before})
        else:
            self._revise(id, self.records[before]["message"], self.records[before]["status"])
        return True

    def settle(self) -> None:
        """Mark turns whose stream was stopped from outside: partial with what arrived, failed if that was nothing."""
        for id in list(self.running):
            record = self.tree.newest[id]
            record["status"] = "partial" if text_of(record["message"]) else "failed"
            self.running.discard(id)
            self.touch(record)

    def changed(self) -> None:
        """Called when records came or went: the tree is another one."""
        self._tree = None
        super().changed()

    def hold(self, id: str, exchange: Exchange) -> None:
        """Keep the exchange of an answer; the oldest leave when there are too many bytes."""
        self.exchanges_of.setdefault(id, []).append(exchange)
        kept = {each.id: each.size for held in self.exchanges_of.values() for each in held}
        size = sum(kept.values())
        for oldest in list(kept):
            if size <= EXCHANGE_BYTES or oldest == exchange.id:
                break
            size -= kept[oldest]
            for held in self.exchanges_of.values():
                held[:] = [each for each in held if each.id != oldest]

    def answer_beside(self, id: str, index: int) -> str:
        """The answer with this index of the same request; it is opened when it is the first that is heard of it."""
        record = self.tree.newest[id]
        for each in self.tree.after(self.tree.parent(id)):
            other = self.tree.newest[each]
            if other["batch"] == record["batch"] and other["index"] == index:
                return each
        beside = self._put({"role": "assistant", "content": ""}, record["parent"] or "", index, record["batch"])
        self._show(id)
        return beside

    def _answers(self, asked: str, n: int) -> Turn:
        batch = fresh()
        empty = ({"role": "assistant", "content": ""} for _ in range(n))
        answers = [self._put(message, asked, index, batch) for index, message in enumerate(empty)]
        if len(self.tree.after(self.tree.parent(answers[0]))) > 1:
            self._show(answers[0])
        return self.handle(asked or None, answers[0])

    def _put(self, message: Message, parent: str, index: int = 0, batch: str = "", id: str = "") -> str:
        id = id or fresh()
        if batch:
            self.running.add(id)
        self.write(
            {
                "key": f"message/{id}/{fresh()}",
                "node": id,
                "parent": parent or None,
                "born": self.now(),
                "index": index,
                "batch": batch,
                "message": message,
                "status": "streaming" if batch else "complete",
                "facts": {},
            }
        )
        return id

    def _revise(self, id: str, message: Message, status: Status) -> None:
        key = f"message/{id}/{fresh()}"
        self.write({**self.tree.newest[id], "key": key, "message": message, "status": status})

    def _show(self, id: str) -> None:
        self.write({"key": f"chosen/{self.tree.parent(id)}", "child": id})

    def _adopt(self, turn: Turn) -> None:
        """Take over a turn of another transcript, with its messages' ids."""
        parent = self.tree.end()
        for node in turn.nodes:
            batch = fresh() if node.id == turn.answer_id else ""
            parent = self._put(dict(node.message), parent, batch=batch, id=node.id)
            record = self.tree.newest[parent]
            record.update(status=node.status, facts=node.facts)
            self.exchanges_of[parent] = list(turn.exchanges) if batch else []
            if node.status != "streaming":
                self.running.discard(parent)
            self.touch(record)


def _first_words(text: str) -> str:
    """The beginning of a text as one line, without what can't be seen."""
    line = " ".join(text[:1000].split())
    return " ".join("".join(each for each in line if each.isprintable() or each == JOINER).split())
