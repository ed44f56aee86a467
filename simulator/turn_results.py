"""What functions have answered since the user spoke, by the name that a later argument or field may have.

>>> from simulator.conversation import read
>>> asked = {"role": "assistant", "content": None, "function_call": {"name": "get_time", "arguments": "{}"}}
>>> told = {"role": "function", "name": "get_time", "content": "14:30"}
>>> by_name(read({"messages": [{"role": "user", "content": "Which time is it?"}, asked, told]}))
{'time': '14:30', '': '14:30'}
"""

import re
from typing import Any

from simulator.conversation import Conversation, Said, parsed
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
    """List the results of this turn, in the order in which they were asked for where their functions tell it."""
    results = [said for said in conversation.turn if said.role in ("tool", "function")]
    asked = [name for said in conversation.turn for name, _ in said.called]
    ordered = []
    left = list(results)
    for name in asked:
        said = next((one for one in left if one.name == name), None)
        if said:
            left.remove(said)
            ordered.append(said)
    return results if left else ordered


def arguments_of(conversation: Conversation, results: list[Said]) -> list[Any]:
    """Give the arguments with which each result was asked for; None where that isn't known."""
    called = [(name, parsed(arguments)) for said in conversation.turn for name, arguments in said.called]
    found = []
    for said in results:
        at = next((at for at, (name, _) in enumerate(called) if name == said.name), None)
        found.append(called.pop(at)[1] if at is not None else None)
    return found


def is_error(text: str) -> bool:
    """Say whether a result tells of an error.

    >>> is_error('{"error": "no such city"}'), is_error("Error: boom"), is_error("14:30")
    (True, True, False)
    """
    return bool(_ERROR.match(text))
