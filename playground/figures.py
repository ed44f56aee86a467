"""Numbers of a lesson that are computed, never typed: tokens of a text, of a request, of an answer. It reads no file.

>>> figure({"count": "tokens", "model": "gpt-4", "text": "ChatGPT"})
3
>>> figure({"count": "completion", "model": "gpt-4", "text": "Hello John! How can I assist you today?"})
11
"""

from collections.abc import Callable, Mapping
from typing import Any

from playground import encodings, ledger

Definition = Mapping[str, Any]


def figure(definition: Definition) -> int:
    """Compute one figure.

    Raises: ValueError, which says what is wrong with its definition; UnknownEncoding.
    """
    kind = definition.get("count")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ValueError(f"count is {kind!r} and none of {', '.join(_KINDS)}")
    count, ways = _KINDS[kind]
    way = next((way for way in ways if way.keys() == definition.keys() - {"count"}), None)
    if way is None:
        raise ValueError(f"{kind} wants {' or '.join(' and '.join(way) for way in ways)}, not {_rest(definition)}")
    for key, type_ in way.items():
        if not isinstance(definition[key], type_):
            raise ValueError(f"{key} can't be {definition[key]!r}")
    return count(definition)


def _tokens(definition: Definition) -> int:
    encoding = definition.get("encoding") or encodings.for_model(definition["model"])[0]
    return encodings.count(definition["text"], encoding)


def _prompt(definition: Definition) -> int:
    return ledger.count_prompt(definition["body"]).total


def _completion(definition: Definition) -> int:
    body = definition.get("body") or {"model": definition["model"]}
    message = definition.get("message") or {"role": "assistant", "content": definition["text"]}
    return ledger.count_completion(message, body)


def _rest(definition: Definition) -> str:
    return " and ".join(key for key in definition if key != "count") or "nothing"


_KINDS: Mapping[str, tuple[Callable[[Definition], int], tuple[Mapping[str, type], ...]]] = {
    "tokens": (_tokens, ({"text": str, "model": str}, {"text": str, "encoding": str})),
    "prompt": (_prompt, ({"body": dict},)),
    "completion": (_completion, ({"text": str, "model": str}, {"message": dict, "body": dict})),
}
"""Kind of count -> how it is counted, and the keys, with their types, by which it may be defined."""
