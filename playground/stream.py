"""Server-sent events and what they add up to: bytes -> events -> chunks -> one completion. It opens no connection.

The framing is that of the HTML standard (Server-sent events, read 2026-11-23): lines end in CR, LF or CRLF, an empty
line ends an event, several data lines are joined by a line feed, a line that begins with a colon is a comment.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

DONE = "[DONE]"

DEPTH = 100
"""Levels of nesting that are read; nothing in the API comes near."""


class EventSplitter:
    """Cuts a byte stream into the data of its events, however the network has cut it.

    >>> splitter = EventSplitter()
    >>> splitter.feed(b'data: {"a"'), splitter.feed(b': 1}\\n\\ndata: [DONE]\\n'), splitter.feed(b'\\n')
    ([], ['{"a": 1}'], ['[DONE]'])
    """

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[str]:
        """Take the next bytes; answer the data of the events that they complete."""
        if not self._rest and not self._data and _is_one_event(chunk):
            return [chunk[6:-2].decode("utf-8", "replace")]
        complete = []
        self._rest += chunk
        # A CR at the very end may be half of a CRLF, so it waits for its successor.
        held = b"\r" if self._rest.endswith(b"\r") else b""
        lines = self._rest.removesuffix(held).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop() + held
        for line in lines:
            if not line:
                if self._data:
                    complete.append("\n".join(self._data))
                self._data = []
            elif line.startswith(b"data:"):
                self._data.append(line.removeprefix(b"data:").removeprefix(b" ").decode("utf-8", "replace"))
        return complete


def _is_one_event(chunk: bytes) -> bool:
    """Whether a chunk is what a server flushes as a rule, `data: ...` and an empty line: three times as fast to cut."""
    return chunk.startswith(b"data: ") and chunk.endswith(b"\n\n") and chunk.count(b"\n") == 2 and b"\r" not in chunk


def parse_events(data: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Parse the events' data into chunks; `[DONE]` and what is no JSON object are passed over."""
    for text in data:
        if text == DONE:
            continue
        if chunk := parse_object(text):
            yield chunk


def parse_object(text: str | bytes) -> dict[str, Any]:
    """Parse a JSON object; empty for anything else, however broken, and for one nested deeper than DEPTH.

    >>> parse_object('{"half an emoji": "\\\\ud83d"}')
    {'half an emoji': '\ufffd'}
    """
    try:
        parsed = _sound(json.loads(text), DEPTH)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _sound(value: Any, depth: int) -> Any:
    """The same value with every string fit for UTF-8: JSON can escape half a surrogate pair, no screen can show one."""
    if isinstance(value, str):
        return sound_text(value)
    if not isinstance(value, dict | list):
        return value
    if not depth:
        raise RecursionError
    if isinstance(value, list):
        return [_sound(each, depth - 1) for each in value]
    return {sound_text(key): _sound(each, depth - 1) for key, each in value.items()}


def sound_text(text: str) -> str:
    """Text with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fold(chunks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Fold the chunks of a stream into the completion that they spell.

    All choices by index, tool calls by their index, function_call, refusal, logprobs, the text of the older
    completions endpoint, and the usage of the last chunk. A choice whose stream ended early keeps finish_reason None.
    An error frame comes through as the key "error".

    >>> fold([{"choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hel"}}]},
    ...       {"choices": [{"index": 0, "delta": {"content": "lo"}, "finish_reason": "stop"}]}])
    {'choices': [{'index': 0, 'message': {'role': 'assistant', 'content': 'Hello'}, 'finish_reason': 'stop'}]}
    """
    whole: dict[str, Any] = {}
    choices: dict[int, dict[str, Any]] = {}
    for chunk in chunks:
        for key, value in chunk.items():
            if key == "choices":
                whole.setdefault("choices", [])
                for part in _objects(value):
                    _add_choice(choices, part)
            elif key == "object":
                whole[key] = str(value).removesuffix(".chunk")
            elif key != "obfuscation" and (value is not None or key not in whole):
                whole[key] = value
    if "choices" in whole:
        whole["choices"] = [choices[index] for index in sorted(choices)]
        for choice in whole["choices"]:
            for call in choice.get("message", {}).get("tool_calls", []):
                # Its place in the list says it from here on; the API has no such key in a whole message.
                del call["index"]
    return whole


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _add_choice(choices: dict[int, dict[str, Any]], part: dict[str, Any]) -> None:
    index = part.get("index")
    index = index if isinstance(index, int) else 0
    text = part.get("text")
    if isinstance(text, str) and "delta" not in part:
        # The older endpoint streams bare text.
        choice = choices.setdefault(index, {"index": index, "text": "", "finish_reason": None})
        choice["text"] = choice.get("text", "") + text
    else:
        choice = choices.setdefault(index, {"index": index, "message": {}, "finish_reason": None})
        _add_delta(choice.setdefault("message", {}), _object(part.get("delta")))
    if part.get("finish_reason") is not None:
        choice["finish_reason"] = part["finish_reason"]
    for kind, entries in _object(part.get("logprobs")).items():
        if isinstance(entries, list):
            choice.setdefault("logprobs", {}).setdefault(kind, []).extend(entries)


def _add_delta(message: dict[str, Any], delta: dict[str, Any]) -> None:
    for key, value in delta.items():
        if key == "tool_calls":
            for part in _objects(value):
                _add_tool_call(message.setdefault("tool_calls", []), part)
        elif isinstance(value, dict):
            if not isinstance(message.get(key), dict):
                message[key] = {}
            _add_delta(message[key], value)
        elif isinstance(value, str) and isinstance(message.get(key), str) and key not in ("role", "name", "id", "type"):
            message[key] += value
        elif value is not None or key not in message:
            message[key] = value


def _add_tool_call(calls: list[dict[str, Any]], part: dict[str, Any]) -> None:
    index = part.get("index")
    index = index if isinstance(index, int) else len(calls)
    call = next((call for call in calls if call["index"] == index), None)
    if call is None:
        call = {"index": index}
        calls.append(call)
    _add_delta(call, {key: value for key, value in part.items() if key != "index"})
