"""Branches: the tree that a conversation's records make, and the way through it that is shown. It changes nothing.

A deleted message is passed over: what follows it moves up to where it stood, and back when the deletion is taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from playground.messages import Message
from playground.revisions import Record, Records, newer

Status = Literal["streaming", "complete", "partial", "failed"]


@dataclass(frozen=True)
class Node:
    """A message in its place."""

    id: str
    message: Message
    status: Status = "complete"
    parent: str | None = None
    """The message before it, deleted ones passed over."""
    siblings: tuple[str, ...] = ()
    """The messages that could stand here, itself included, oldest first."""
    choices: tuple[str, ...] = ()
    """The answers of the request that asked for several, itself included; empty for a single answer."""
    edits: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    """What made it: model, finish_reason, simulated, usage; what isn't known isn't there."""

    @property
    def role(self) -> str:
        """Who speaks."""
        return str(self.message.get("role", ""))

    @property
    def text(self) -> str:
        """The content as text; of a list of parts those that are text."""
        return text_of(self.message)

    @property
    def place(self) -> int:
        """Which of its siblings it is, from 1."""
        return self.siblings.index(self.id) + 1


def text_of(message: Message) -> str:
    """The text of a message's content.

    >>> text_of({"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url"}]})
    'What is this?'
    """
    content = message.get("content")
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict))
        return "\n".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


class Tree:
    """The messages of a set of records, each in its newest revision."""

    def __init__(self, records: Records) -> None:
        self.newest: dict[str, Record] = {}
        self._edits: dict[str, int] = {}
        self._gone: set[str] = set()
        self._chosen: dict[str, str] = {}
        for record in records.values():
            kind, _, rest = record["key"].partition("/")
            if kind == "message":
                node = record["node"]
                self._edits[node] = self._edits.get(node, -1) + 1
                self.newest[node] = newer(self.newest[node], record) if node in self.newest else record
            elif kind == "deleted" and record["deleted"]:
                self._gone.add(rest)
            elif kind == "chosen":
                self._chosen[rest] = record["child"]
        self._adrift = _adrift(self.newest)
        self._below: dict[str, list[str]] = {}
        for record in sorted(self.newest.values(), key=lambda each: (each["born"], each["index"], each["node"])):
            self._below.setdefault(self._above(record["node"]), []).append(record["node"])
        self._live: dict[str, list[str]] = {}
        self._path: list[str] = []

    def node(self, id: str, running: bool = False) -> Node | None:
        """A message by its id, deleted or not; None when there is none."""
        record = self.newest.get(id)
        if record is None:
            return None
        status = record["status"]
        if status == "streaming" and not running:
            # Its stream belonged to a session that is no more.
            status = "partial" if text_of(record["message"]) else "failed"
        siblings = tuple(self.after(self.parent(id)))
        batch = record.get("batch")
        choices = tuple(each for each in siblings if batch and self.newest[each].get("batch") == batch)
        return Node(
            id,
            record["message"],
            status,
            self.parent(id) or None,
            siblings if id in siblings else (*siblings, id),
            choices if len(choices) > 1 else (),
            self._edits[id],
            record.get("facts") or {},
        )

    def path(self) -> list[str]:
        """The messages shown, oldest first."""
        # A page asks for it many times in a run, and a tree that has changed is another tree.
        if not self._path:
            while (following := self._shown_after(self._path[-1] if self._path else "")) is not None:
                self._path.append(following)
        return list(self._path)

    def after(self, id: str) -> list[str]:
        """What may stand after a message ("" for the beginning), oldest first."""
        if id not in self._live:
            self._live[id] = list(self._risen(id))
        return self._live[id]

    def parent(self, id: str) -> str:
        """The message before this one, deleted ones passed over; "" when it is the first."""
        above = self._above(id)
        while above in self._gone:
            above = self._above(above)
        return above

    def lineage(self, id: str) -> list[str]:
        """The messages before this one, oldest first."""
        found: list[str] = []
        while id := self.parent(id):
            found.append(id)
        return found[::-1]

    def end(self) -> str:
        """Where the next message goes: after the last one shown, and after deleted ones, which may come back."""
        path = self.path()
        last = path[-1] if path else ""
        while below := self._below.get(last):
            last = self._chosen[last] if self._chosen.get(last) in below else below[-1]
        return last

    def _above(self, id: str) -> str:
        return "" if id in self._adrift else self.newest[id]["parent"] or ""

    def _risen(self, id: str) -> Iterator[str]:
        waiting = self._below.get(id, [])[::-1]
        while waiting:
            each = waiting.pop()
            if each in self._gone:
                waiting += self._below.get(each, [])[::-1]
            else:
                yield each

    def _shown_after(self, id: str) -> str | None:
        following = self.after(id)
        chosen = self._chosen.get(id)
        passed: set[str] = set()
        while chosen in self._gone and chosen in self.newest and chosen not in passed:
            passed.add(chosen)
            below = self.after(chosen)
            chosen = self._chosen.get(chosen) or (below[-1] if below else None)
        return chosen if chosen in following else following[-1] if following else None


def _adrift(newest: Records) -> set[str]:
    """Messages that hang on nothing: their parent never arrived, or is one of those that follow them.

    They stand at the beginning, so that they can be seen at all.
    """
    home: set[str] = set()
    lost: set[str] = set()
    for start in newest:
        way: dict[str, None] = {}
        each: str | None = start
        while each is not None and each in newest and each not in home and each not in way:
            way[each] = None
            each = newest[each]["parent"]
        if each is not None and each not in home:
            # Nothing stands above the last one, or the way has come round to itself.
            lost.add(next(reversed(way)))
        home.update(way)
    return lost
