"""What functions have answered since the user spoke, by the name that a later argument or field may have.

>>> from simulator.conversation import read
>>> asked = {"role": "assistant", "content": None, "function_call": {"name": "get_time", "arguments": "{}"}}
>>> told = {"role": "function", "name": "get_time", "content": "14:30"}
>>> by_name(read({"messages": [{"role": "user", "content": "Which time is it?"}, asked, told]}))
{'time': '14:30', '': '14:30'}
"""

import re
from typing import Any

from simulator.conversation import Called, Conversation, Said, parsed
from simulator.word_forms import parts

LONGEST = 2000
"""Characters of a result that is taken for an argument."""
_ERROR = re.compile(r"\s*(?:[\w.]*error|[\w.]*exception|traceback)\b|\s*\{\s*\"error\"\s*:\s*[^nf]", re.IGNORECASE)
_VERBS = frozenset(("get", "find", "fetch", "look", "up", "current", "the", "of", "search", "list", "show", "my"))


def by_name(conversation: Conversation) -> dict[str, Any]:
    """Give each result under its keys; a bare one under the words of its function, and under none."""
    found: dict[str, Any] = {}
    for said in answers(conversation):
        if len(said.text) > LONGEST or is_error(said.text):
            continue
        result = parsed(said.text)
        if isinstance(result, dict):
            found |= {key: value for key, value in result.items() if value is not None}
        else:
            found |= {word: result for word in parts(said.name) if word not in _VERBS}
            found[""] = result
    return found


def answers(conversation: Conversation) -> list[Said]:
    """List the results of this turn, in the order in which they were asked for."""
    return [said for said, _ in answered(conversation)]


def answered(conversation: Conversation) -> list[tuple[Said, Called | None]]:
    """List the results of this turn with their calls, in the order of these; as they came where a call isn't known.

    A tool's result names the id of its call; a function's has nothing but the function's name.
    """
    asked = [called for said in conversation.turn for called in said.called]
    left = dict(enumerate(asked))
    found: list[tuple[int, Said]] = []
    for said in conversation.turn:
        if said.role not in ("tool", "function"):
            continue
        key = (said.answers, said.name) if said.role == "tool" else ("", said.name)
        at = next((at for at, call in left.items() if (call.id, call.name) == key), len(asked))
        left.pop(at, None)
        found.append((at, said))
    if any(at == len(asked) for at, _ in found):
        return [(said, asked[at] if at < len(asked) else None) for at, said in found]
    return [(said, asked[at]) for at, said in sorted(found, key=lambda one: one[0])]


def is_error(text: str) -> bool:
    """Say whether a result tells of an error.

    >>> is_error('{"error": "no such city"}'), is_error("Error: boom"), is_error("14:30")
    (True, True, False)
    """
    return bool(_ERROR.match(text))
