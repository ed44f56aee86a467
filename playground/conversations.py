"""Conversations: those of one visitor, which one is open, and what the visitor's browser knows of the others.

It stores nothing. Of a conversation that only the browser holds there is an entry; its records come on demand, and what
is done with it before they come (a title, a deletion) is a record like any other.

>>> shelf = Conversations()
>>> shelf.open.begin("Write a haiku about the sea.").end("complete", None)
>>> shelf.new() is shelf.open
True
>>> [entry.title for entry in shelf.entries()]
['Write a haiku about the sea.']
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playground.record_checks import LATEST, sound
from playground.revisions import Record, mended
from playground.transcript import Transcript


@dataclass(frozen=True)
class Entry:
    """What the list of conversations says of one."""

    id: str
    title: str
    at: int = 0
    """When it was changed last, in milliseconds since 1970."""
    messages: int = 0
    """Messages of the branch that is shown."""
    gone: bool = False


class Conversations:
    """The conversations of one visitor; one of them is open."""

    def __init__(self, system: str = "") -> None:
        self.talks: dict[str, Transcript] = {}
        self.known: dict[str, Entry] = {}
        """What the browser holds, by its own account."""
        self.wanted: tuple[str, str | None] | None = None
        """The conversation to be opened when its records have come; with a title, a copy of it."""
        self._way: list[str] = []
        """The conversations that were open, the present one last."""
        self._deleted: list[str] = []
        self._forgotten: tuple[dict[str, Transcript], dict[str, Entry], list[str], list[str]] | None = None
        self.new(system)

    @property
    def open(self) -> Transcript:
        """The conversation that is open."""
        return self.talks[self._way[-1]]

    def entries(self, search: str = "") -> list[Entry]:
        """The conversations that something was said in, the one changed last first."""
        found = [entry for id in {*self.known, *self.talks} if (entry := self.entry(id)) and not entry.gone]
        wanted = search.casefold().split()
        fitting = (entry for entry in found if all(word in entry.title.casefold() for word in wanted))
        return sorted(fitting, key=lambda entry: (-entry.at, entry.id))

    def entry(self, id: str) -> Entry | None:
        """What the list says of a conversation; None of one in which nothing was said."""
        known, talk = self.known.get(id), self.talks.get(id)
        if talk is None or (known is None and not talk.tree.newest):
            return known
        at = max((record["at"] for record in talk.records.values()), default=0)
        gone = bool(talk.records["gone"]["gone"]) if "gone" in talk.records else bool(known and known.gone)
        if known and self._is_stub(id):
            return Entry(id, talk.title or known.title, max(at, known.at), known.messages, gone)
        return Entry(id, talk.title, at, len(talk.tree.path()), gone)

    # What can be done --------------------------------------------------------------------------------------------

    def new(self, system: str = "") -> Transcript:
        """Open a new conversation; the one before stays in the list, if something was said in it."""
        return self.take(Transcript(system))

    def take(self, talk: Transcript) -> Transcript:
        """Open a conversation that was made elsewhere."""
        self.talks[talk.id] = talk
        self._go(talk.id)
        return talk

    def switch(self, id: str) -> None:
        """Open a conversation of the list, as soon as its records are here."""
        if self._is_stub(id):
            self.wanted = (id, None)
        else:
            self._go(id)

    def back(self) -> bool:
        """Open the conversation before this one."""
        before = self.before
        if before is None:
            return False
        present = self._way.pop()
        self._way = [each for each in self._way if each != before]
        if self.talks[present].tree.newest:
            self._way.insert(0, present)
        self._way.append(before)
        return True

    @property
    def before(self) -> str | None:
        """The conversation that was open before this one; None when there was none that is still there."""
        earlier = (id for id in reversed(self._way[:-1]) if (entry := self.entry(id)) and not entry.gone)
        return next(earlier, None)

    def rename(self, id: str, title: str) -> None:
        """Give a conversation a title."""
        self._stub(id).rename(mended(title))

    def duplicate(self, id: str, title: str) -> None:
        """Open a copy under another title, as soon as the records are here."""
        if self._is_stub(id):
            self.wanted = (id, title)
        else:
            copy = Transcript()
            copy.copy(self.talks[id].records.values())
            copy.rename(title)
            self.take(copy)

    def delete(self, id: str) -> None:
        """Delete a conversation; when it was the open one, the one before or a new one is opened."""
        self._stub(id).bury(True)
        self._deleted.append(id)
        if id == self.open.id:
            system = self.open.system
            if self.before:
                self._way.append(self.before)
            else:
                self.new(system)

    @property
    def undoable(self) -> Entry | None:
        """The conversation that was deleted last and can come back."""
        return self.entry(self._deleted[-1]) if self._deleted else None

    def undo(self) -> bool:
        """Bring back the conversation that was deleted last, and open it."""
        if not self._deleted:
            return False
        id = self._deleted.pop()
        self.talks[id].bury(False)
        self.switch(id)
        return True

    def forget(self, for_good: bool = False) -> None:
        """Forget everything, also what the browser is known to hold."""
        system = self.open.system
        forgotten = self.talks, self.known, self._way, self._deleted
        self.talks, self.known, self.wanted = {}, {}, None
        self._way, self._deleted = [], []
        self.new(system)
        self._forgotten = None if for_good else forgotten

    @property
    def forgotten(self) -> bool:
        """Whether everything was forgotten and can come back: until something is said, deleted later or not."""
        return self._forgotten is not None and not any(talk.tree.newest for talk in self.talks.values())

    def recall(self) -> bool:
        """Bring back all that was forgotten."""
        if self._forgotten is None or not self.forgotten:
            return False
        told_since = self.known
        self.talks, self.known, self._way, self._deleted = self._forgotten
        self.known |= told_since
        self._forgotten = None
        for talk in self.talks.values():
            talk.save_all()
        return True

    # What comes from the browser and goes there ------------------------------------------------------------------

    def index(self, entries: Iterable[object]) -> None:
        """Take in the browser's list."""
        self.known |= {entry.id: entry for each in entries if (entry := _entry(each))}

    def arrived(self, id: str, records: Iterable[object]) -> bool:
        """Take in records of a conversation; answers whether anything was new."""
        changed = self._stub(id).merge(sound(records))
        if self.wanted and self.wanted[0] == id:
            title, self.wanted = self.wanted[1], None
            if not self._is_stub(id):
                self._go(id) if title is None else self.duplicate(id, title)
        return changed

    def unsaved(self, clear: bool = True) -> list[tuple[Entry, list[Record]]]:
        """What was written since the last call that cleared it, with each conversation's entry."""
        if not self.forgotten:
            self._forgotten = None
        found = []
        for id, talk in self.talks.items():
            entry = self.entry(id)
            if entry and (records := talk.unsaved(clear)):
                found.append((entry, records))
        return found

    def _go(self, id: str) -> None:
        empty = {each for each in self._way if each != id and self.entry(each) is None}
        for each in empty:
            self.talks.pop(each, None)
        self._way = [*(each for each in self._way if each not in empty), id][-100:]

    def _stub(self, id: str) -> Transcript:
        if id not in self.talks:
            self.talks[id] = Transcript(id=id)
        return self.talks[id]

    def _is_stub(self, id: str) -> bool:
        """Whether only the browser has the messages."""
        return id in self.known and (id not in self.talks or not self.talks[id].tree.newest)


def _entry(each: object) -> Entry | None:
    """The entry that a browser sent; None when it is none."""
    if not isinstance(each, dict):
        return None
    id, title, at, messages = (each.get(name) for name in ("id", "title", "at", "messages"))
    if not (isinstance(id, str) and 0 < len(id) <= 64 and isinstance(title, str)):
        return None
    if not (type(at) is int and 0 <= at <= LATEST and type(messages) is int):
        return None
    return Entry(id, mended(title)[:1000], at, messages, each.get("gone") is True)


def as_row(entry: Entry) -> dict[str, Any]:
    """An entry as the browser keeps it."""
    return dict(vars(entry))
