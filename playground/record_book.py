"""RecordBook: the records of one conversation, who writes them, and which of them nobody has stored yet. No tree."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any, TypeVar

from playground.revisions import Clock, Record, Records, all_mended, fresh, merged

Found = TypeVar("Found")

_versions = count(1)


class RecordBook:
    """Records that are added and never taken away."""

    def __init__(self, id: str = "") -> None:
        self.id = id or fresh()
        self.by = fresh()
        """Who writes: this object. Two tabs that write in one conversation have two names."""
        self.records: Records = {}
        self._version = 0
        self._read: dict[str, tuple[int, Any]] = {}
        self._clock = Clock()
        self._unsaved: dict[str, None] = {}

    def write(self, record: Record) -> None:
        """Add a record, or the next version of one."""
        self.records[record["key"]] = written = {**record}
        self.touch(written)
        self.changed()

    def touch(self, record: Record) -> None:
        """Note that a record has grown."""
        record.update(at=self._clock.now(), by=self.by)
        self._unsaved[record["key"]] = None
        self._version = next(_versions)

    def now(self) -> int:
        """A time after every record's."""
        return self._clock.now()

    def merge(self, records: Iterable[Record]) -> bool:
        """Take in records from elsewhere; answers whether anything is new."""
        before = dict(self.records)
        self.records = merged(self.records.values(), records)
        for record in self.records.values():
            self._clock.saw(record["at"])
        self.changed()
        return self.records != before

    def copy(self, records: Iterable[Record]) -> None:
        """Take in the records of another conversation, to be stored as this one's."""
        self.merge({**record} for record in all_mended(list(records)) if record["key"] != "gone")
        self.save_all()

    def bury(self, gone: bool) -> None:
        """Mark the conversation as deleted, or as back; a store may have thrown away what was deleted."""
        self.write({"key": "gone", "gone": gone})
        if not gone:
            self.save_all()

    def save_all(self) -> None:
        """Have every record stored again."""
        self._unsaved = dict.fromkeys(self.records)

    def unsaved(self, clear: bool = True) -> list[Record]:
        """The records written since the last call that cleared it, as they are now."""
        keys = self._unsaved
        self._unsaved = {} if clear else dict(keys)
        return [all_mended(self.records[key]) for key in keys]

    def once(self, name: str, read: Callable[[], Found]) -> Found:
        """Read something of the records, once as long as they stay what they are: a page asks many times in a run."""
        # Taken before reading: a stopped run may go on writing meanwhile.
        version = self._version
        held = self._read.get(name)
        if held is None or held[0] != version:
            held = self._read[name] = (version, read())
        found: Found = held[1]
        return found

    def changed(self) -> None:
        """Called when records came or went."""
        self._version = next(_versions)
