"""Whether what came from outside is a conversation's record or a message: a file or a browser may hold anything.

It changes nothing; a problem names the place as json_paths.py writes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from playground.errors import NotAConversation
from playground.json_paths import under
from playground.language import mark
from playground.revisions import ROLES, Record

LATEST = 4_102_444_800_000
"""The year 2100 in milliseconds: a time beyond it would be newer than whatever is written today."""

DEEPEST = 64
"""Lists and objects within each other."""

STATUSES = ("streaming", "complete", "partial", "failed")


def check_messages(messages: object, where: str) -> None:
    """Check a list of messages.

    Raises: NotAConversation.
    """
    if not isinstance(messages, list):
        raise NotAConversation(mark("{where}: a list of messages is expected here."), where=where or "$")
    if not messages:
        raise NotAConversation(mark("{where}: the list of messages is empty."), where=where or "$")
    for number, message in enumerate(messages):
        check_message(message, under(where, number))


def check_message(message: object, where: str) -> None:
    """Check one message: its role, and that its content has a shape that the API knows.

    Raises: NotAConversation.
    """
    if not isinstance(message, dict):
        raise NotAConversation(mark("{where}: a message is an object with a role and a content."), where=where)
    if "role" not in message:
        raise NotAConversation(mark("{where}: the message has no role."), where=where)
    if message["role"] not in ROLES:
        raise NotAConversation(
            mark("{where}: {role} is no role; the roles are {roles}."),
            where=under(where, "role"),
            role=_short(message["role"]),
            roles=", ".join(ROLES),
        )
    content = message.get("content")
    if not (content is None or isinstance(content, str) or _objects(content)):
        raise NotAConversation(
            mark("{where}: the content is a text, a list of parts, or null."), where=under(where, "content")
        )
    for name in ("tool_calls", "function_call", "name", "tool_call_id"):
        value = message.get(name)
        fits = {"tool_calls": _objects(value), "function_call": isinstance(value, dict)}.get(
            name, isinstance(value, str)
        )
        if value is not None and not fits:
            raise NotAConversation(mark("{where}: this is not what the API has there."), where=under(where, name))
    if _too_deep(message):
        raise NotAConversation(mark("{where}: lists and objects go deeper than {n} levels."), where=where, n=DEEPEST)


def check_records(records: object, where: str) -> None:
    """Check the records of a conversation, also that each message follows one that is there.

    Raises: NotAConversation.
    """
    if not isinstance(records, list):
        raise NotAConversation(mark("{where}: a list of records is expected here."), where=where)
    above: dict[str, str | None] = {}
    places: dict[str, str] = {}
    for number, record in enumerate(records):
        check_record(record, under(where, number))
        if record["key"].startswith("message/"):
            above[record["node"]] = record["parent"]
            places[record["node"]] = under(where, number)
    for node, parent in above.items():
        if parent is not None and parent not in above:
            raise NotAConversation(
                mark("{where}: the message follows {parent}, which isn't in the file."),
                where=under(places[node], "parent"),
                parent=_short(parent),
            )
    if loose := _round(above):
        raise NotAConversation(mark("{where}: the message follows itself."), where=under(places[loose], "parent"))
    if not above:
        raise NotAConversation(mark("{where}: there is no message in it."), where=where)


def check_record(record: object, where: str) -> None:
    """Check one record.

    Raises: NotAConversation.
    """
    if not isinstance(record, dict):
        raise NotAConversation(mark("{where}: a record is an object."), where=where)
    kind, slash, rest = str(record.get("key")).partition("/")
    if not isinstance(record.get("key"), str) or kind not in _FIELDS or bool(slash) != (kind in _OF_A_MESSAGE):
        raise NotAConversation(
            mark("{where}: {key} is no record of a conversation."),
            where=under(where, "key"),
            key=_short(record.get("key")),
        )
    for name, fits in (_EVERY | _FIELDS[kind]).items():
        if name not in record or not fits(record[name]):
            raise NotAConversation(mark("{where}: this is missing or has another type."), where=under(where, name))
    if kind == "message":
        if rest.split("/")[0] != record["node"]:
            raise NotAConversation(mark("{where}: the key names another message."), where=under(where, "key"))
        check_message(record["message"], under(where, "message"))
    if _too_deep(record):
        raise NotAConversation(mark("{where}: lists and objects go deeper than {n} levels."), where=where, n=DEEPEST)


def sound(records: Iterable[object]) -> list[Record]:
    """Leave out what is no record; for what a browser sends, where one bad record must not cost the others."""
    found: list[Record] = []
    for record in records:
        try:
            check_record(record, "")
        except NotAConversation:
            continue
        assert isinstance(record, dict)
        found.append(record)
    return found


def _objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _object(value: object) -> bool:
    return isinstance(value, dict)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64 and "/" not in value


def _time(value: object) -> bool:
    return type(value) is int and 0 <= value <= LATEST


_ALSO = {"tool_calls": _objects, "function_call": _object, "name": _text, "tool_call_id": _text}
"""What a message may hold besides role and content, as far as it is looked at here."""

_EVERY = {"at": _time, "by": _name}
_OF_A_MESSAGE = ("message", "deleted", "chosen")
_FIELDS = {
    "message": {
        "node": _name,
        "parent": lambda value: value is None or _name(value),
        "born": _time,
        "index": lambda value: type(value) is int and 0 <= value < 1000,
        "batch": _text,
        "message": _object,
        "status": lambda value: value in STATUSES,
        "facts": _object,
    },
    "deleted": {"deleted": _flag},
    "chosen": {"child": _text},
    "system": {"text": _text},
    "title": {"text": _text},
    "gone": {"gone": _flag},
}
"""Kind of record -> what it has to hold."""


def _too_deep(value: object) -> bool:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [
            below
            for each in level
            if isinstance(each, dict | list)
            for below in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _round(above: Mapping[str, str | None]) -> str | None:
    """A message that comes after itself; None when there is none."""
    home: set[str | None] = {None}
    for start in above:
        way: list[str] = []
        each: str | None = start
        while each not in home and each not in way:
            assert each is not None
            way.append(each)
            each = above[each]
        if each not in home:
            return each
        home.update(way)
    return None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
