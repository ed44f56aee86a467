"""Revisions: the records that a conversation is made of, and how those of two tabs become one. No tree, no screen.

A record is never taken away. It has a `key`, and of two records under one key the newer one counts, so that records may
arrive twice and in any order:

    message/<node>/<revision>   a message of the tree: node, parent, born, message, status, facts ...
    deleted/<node>              whether a message is deleted
    chosen/<node>               which of the messages after this one is shown
    system, title               the system message, the title that was given
    gone                        whether the whole conversation is deleted

>>> here, there = title("Sea", at=1, by="a"), title("A haiku", at=2, by="b")
>>> merged([here], [there]) == merged([there], [here], [here])
True
>>> merged([here], [there])["title"]["text"]
'A haiku'
"""

import json
import secrets
import time
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
"""One record: key, at (milliseconds since 1970), by (who wrote it) and what its kind asks for."""

Records = dict[str, Record]
"""The records of a conversation by their keys."""

ROLES = ("system", "developer", "user", "assistant", "tool", "function")


def title(text: str, at: int, by: str) -> Record:
    """Write the record of a title."""
    return {"key": "title", "at": at, "by": by, "text": text}


def newer(one: Record, other: Record) -> Record:
    """Choose between two records of the same key; the order of the two doesn't matter."""
    return max(one, other, key=_age)


def merged(*sets: Iterable[Record]) -> Records:
    """Unite sets of records."""
    union: Records = {}
    for records in sets:
        for record in records:
            key = record["key"]
            union[key] = newer(union[key], record) if key in union else record
    return union


def fresh() -> str:
    """Make up an id that nobody else makes up."""
    return secrets.token_hex(8)


def mended(text: str) -> str:
    """Join halves of a surrogate pair that came apart; a half that is alone can't be sent or drawn and is replaced.

    >>> mended(chr(0xD83D) + chr(0xDC4D) + chr(0xD83D))
    '👍�'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def all_mended(value: Any) -> Any:
    """Mend every text within plain data, names too; what needs nothing is given back as it is."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, dict):
        return {all_mended(name): all_mended(each) for name, each in value.items()}
    return [all_mended(each) for each in value] if isinstance(value, list) else value


class Clock:
    """Times that never come twice, and never before a record that is already there."""

    def __init__(self) -> None:
        self._last = 0

    def saw(self, at: int) -> None:
        """Take note of a time that somebody else gave."""
        self._last = max(self._last, at)

    def now(self) -> int:
        """Answer the next time, in milliseconds."""
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        return self._last


def _age(record: Record) -> tuple[int, str, str]:
    # The text decides only between records that no honest writer makes, but two tabs must agree on those too.
    return record["at"], record["by"], json.dumps(record, sort_keys=True)
