"""Conversations as files: JSON with every branch and wording, Markdown with what is shown. It opens no file itself.

Read are these two, and what other programs have: the body of a request ({"messages": [...]}) or a list of messages. A
file that is none of them is refused with the place and what is wrong there, and nothing is taken from it.

>>> from playground.transcript import Transcript
>>> talk = Transcript("Be brief.")
>>> talk.begin("Hello!").end("failed", None)
>>> read(to_json(talk)).talk.records == talk.records
True
>>> print(to_markdown(read(b'[{"role": "user", "content": "Hello!"}]').talk).decode())
# Hello!
<BLANKLINE>
## user
<BLANKLINE>
Hello!
<BLANKLINE>
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground import text_files, typed_json
from playground.errors import NotAConversation
from playground.language import mark
from playground.messages import Message
from playground.record_checks import check_message, check_messages, check_records
from playground.revisions import ROLES, all_mended
from playground.transcript import Transcript

FORMAT, VERSION = "chat-completions-playground conversation", 1

_HEADING = re.compile(rf"^## ({'|'.join(ROLES)})( \(JSON\))?[ \t]*$", re.MULTILINE)
_LIKE_A_HEADING = re.compile(rf"^(\\*)(?=## (?:{'|'.join(ROLES)})(?: \(JSON\))?[ \t]*$)", re.MULTILINE)
_ESCAPED = re.compile(rf"^\\(?=\\*## (?:{'|'.join(ROLES)})(?: \(JSON\))?[ \t]*$)", re.MULTILINE)
_FENCE = re.compile(r"```json\n(.*)\n```", re.DOTALL)
_FRAGILE = re.compile(r"\A\n|\n\Z|[\x00-\x08\x0b-\x1f\x7f]")
"""What a text file does not keep as it is: empty lines at the ends, control characters."""


@dataclass(frozen=True)
class Read:
    """A conversation from a file."""

    talk: Transcript
    left_out: tuple[str, ...] = ()
    """What else the body of a request held: a conversation has no parameters."""


def to_json(talk: Transcript, secrets: Sequence[str] = ()) -> bytes:
    """Write a conversation with all that was ever in it, `[key]` where one of the secrets stood."""
    records = [without(record, secrets) for _, record in sorted(talk.records.items()) if record["key"] != "gone"]
    whole = {"format": FORMAT, "version": VERSION, "records": all_mended(records)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def to_markdown(talk: Transcript, secrets: Sequence[str] = ()) -> bytes:
    """Write the messages that are shown; one that is more than a text is written as JSON."""
    title = _line(without(talk.title, secrets))
    parts = [f"# {title}\n"] if title else []
    for message in [*talk.instruction(), *(node.message for node in talk.path())]:
        message = all_mended(without(message, secrets))
        role, content = message["role"], message.get("content")
        if set(message) == {"role", "content"} and isinstance(content, str) and not _FRAGILE.search(content):
            parts.append(f"## {role}\n\n{_LIKE_A_HEADING.sub(_escaped, content)}\n")
        else:
            parts.append(f"## {role} (JSON)\n\n```json\n{json.dumps(message, ensure_ascii=False, indent=1)}\n```\n")
    return "\n".join(parts).encode()


def read(contents: bytes, name: str = "") -> Read:
    """Read a file into a new conversation.

    Raises: NotAConversation; NotTheJson; NotText and TextTooLong of text_files.py.
    """
    text, _ = text_files.read(contents)
    if name.lower().endswith(".json") or text.lstrip()[:1] in ("{", "["):
        return _from_json(text)
    return _from_markdown(text)


def without(value: Any, secrets: Sequence[str]) -> Any:
    """Put `[key]` wherever one of the secrets stands in plain data, the data itself unchanged."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "[key]") if len(secret) >= _SHORTEST else value
        return value
    if isinstance(value, dict):
        return {name: without(each, secrets) for name, each in value.items()}
    return [without(each, secrets) for each in value] if isinstance(value, list) else value


_SHORTEST = 8
"""Characters of a secret that is cut out; a shorter one is a word and would riddle the texts with holes."""


def _from_json(text: str) -> Read:
    whole = typed_json.parse(text)
    if isinstance(whole, list):
        return _told(whole, "")
    if not isinstance(whole, dict):
        raise NotAConversation(mark("{where}: a conversation is an object or a list."), where="$")
    if whole.get("format") == FORMAT:
        if whole.get("version") != VERSION:
            raise NotAConversation(
                mark("{where}: this version of the format isn't known here; {version} is."),
                where="version",
                version=VERSION,
            )
        check_records(whole.get("records"), "records")
        talk = Transcript()
        talk.copy(whole["records"])
        return Read(talk)
    if "messages" not in whole:
        raise NotAConversation(
            mark("{where}: there are no messages, as a request has them, and no conversation of this program."),
            where="$",
        )
    left_out = tuple(str(name) for name in whole if name != "messages")
    return Read(_told(whole["messages"], "messages").talk, left_out)


def _told(messages: object, where: str) -> Read:
    """Make a conversation of plain messages; a text that instructs the model at the beginning is its system message."""
    check_messages(messages, where)
    said: list[Message] = all_mended(messages)
    talk = Transcript()
    first = said[0]
    if first["role"] == "system" and set(first) == {"role", "content"} and isinstance(first["content"], str):
        talk.system = first["content"]
        said = said[1:]
    talk.extend(said)
    return Read(talk)


def _from_markdown(text: str) -> Read:
    text = text.replace("\r\n", "\n")
    found = list(_HEADING.finditer(text))
    if not found:
        raise NotAConversation(
            mark("Line {line}: no message begins here or below. A message begins with a line such as {example}."),
            line=1,
            example="## user",
        )
    messages: list[Message] = []
    for heading, following in zip(found, [*found[1:], None], strict=True):
        content = text[heading.end() : following.start() if following else None]
        line = text.count("\n", 0, heading.start()) + 1
        if heading[2]:
            messages.append(_as_json(content, line))
        else:
            messages.append({"role": heading[1], "content": _ESCAPED.sub("", content.strip("\n"))})
    talk = _told(messages, "").talk
    before = text[: found[0].start()].strip().partition("\n")[0]
    if before.startswith("# ") and (title := before[2:].strip()) != talk.title:
        talk.rename(title)
    return Read(talk)


def _as_json(content: str, line: int) -> Message:
    fenced = _FENCE.fullmatch(content.strip())
    if not fenced:
        raise NotAConversation(mark("Line {line}: a message in JSON stands between ```json and ```."), line=line)
    below = content[: content.index("```json")].count("\n")
    message = typed_json.parse(fenced[1], above=line + below)
    check_message(message, f"L{line}")
    assert isinstance(message, dict)
    return message


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _line(title: str) -> str:
    return " ".join(title.split())
