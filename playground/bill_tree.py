"""A ledger as a tree: the request, its messages and tools, and in each what costs tokens. It counts nothing.

>>> from playground.ledger import count_prompt
>>> tree = of(count_prompt({"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}))
>>> [(node.id, node.above, node.name, node.tokens) for node in tree][:3]
[('request', '', '', 8), ('messages[0]', 'request', 'messages[0]', 5), ('0', 'messages[0]', 'frame of the message', 3)]
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playground.json_paths import Step, steps, under
from playground.ledger import Ledger

REQUEST = "request"
"""Id of the whole."""


@dataclass(frozen=True)
class Node:
    """A branch or a leaf; a branch costs what hangs on it costs together."""

    id: str
    above: str
    """The id of the branch that it hangs on; empty for the request itself."""
    name: str
    """What a leaf is, in English, marked for translation; the place of a branch; empty for the request."""
    where: str
    tokens: int
    leaf: bool = False


def of(bill: Ledger) -> tuple[Node, ...]:
    """Hang each entry that costs something on the place of the request where it stands; the branches come first."""
    costs = {REQUEST: 0}
    above, names, leaves = {REQUEST: ""}, {REQUEST: ""}, []
    for number, entry in enumerate(bill.entries):
        if entry.tokens <= 0:
            continue
        at = REQUEST
        costs[at] += entry.tokens
        for place, name in _branches(entry.where):
            above.setdefault(place, at)
            names.setdefault(place, name)
            costs[place] = costs.get(place, 0) + entry.tokens
            at = place
        leaves.append(Node(str(number), at, entry.what, entry.where, entry.tokens, leaf=True))
    branches = (
        Node(place, above[place], names[place], "" if place == REQUEST else place, cost)
        for place, cost in costs.items()
    )
    return (*branches, *leaves)


def _branches(where: str) -> Iterator[tuple[str, str]]:
    """List the places above an entry that are worth a level: messages, tools, calls, parameters."""
    path, before = "", None
    for step in steps(where):
        path = under(path, step)
        if _is_branch(step, before):
            yield path, f"{before}[{step}]" if isinstance(step, int) else step
        before = step


def _is_branch(step: Step, before: Step | None) -> bool:
    if before is None:
        return step != "messages"
    return isinstance(step, int) or before == "properties"
