"""A run as a sequence diagram in Mermaid's language: Model, Program, Function, in the order in which they spoke.

>>> print(diagram([], "Hi", ("Model", "Program", "Function")))
sequenceDiagram
    participant M as Model
    participant P as Program
    participant F as Function
"""

import re
from collections.abc import Sequence

from playground.loop import Step

LONGEST = 60
"""Characters of a label."""

_SAFE = re.compile(r"[^\w .,()'=?/+*-]")


def diagram(steps: Sequence[Step], question: str, names: tuple[str, str, str]) -> str:
    """Draw the steps. names: what model, program and function are called."""
    model, program, function = (label(name) for name in names)
    lines = [
        "sequenceDiagram",
        f"    participant M as {model}",
        f"    participant P as {program}",
        f"    participant F as {function}",
    ]
    for step in steps:
        lines.append(f"    P->>M: {label(_asks(step, question))}")
        if not step.exchange.ok:
            error = step.exchange.error
            said = f"{step.exchange.status or ''} {error.message if error else ''}"
            lines.append(f"    M--xP: {label(said)}")
            continue
        for call in step.calls:
            lines.append(f"    M-->>P: {label(f'{call.name}({call.arguments})')}")
        if not step.calls:
            lines.append(f"    M-->>P: {label(str((step.exchange.message or {}).get('content') or ''))}")
        for result in step.results:
            lines.append(f"    P->>F: {label(f'{result.name}()')}")
            if result.sent:
                arrow = "--xP" if result.error else "-->>P"
                lines.append(f"    F{arrow}: {label(result.output)}")
    return "\n".join(lines)


def label(text: str) -> str:
    """Write a text as a label: short, and every sign that Mermaid might read as its own as a number.

    >>> label("a;b #1")
    'a#59;b #35;1'
    """
    text = " ".join(text.split())
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return _SAFE.sub(lambda match: f"#{ord(match[0])};", short) or "#160;"


def _asks(step: Step, question: str) -> str:
    request = step.exchange.request
    said = question if step.number == 1 else f"messages: {len(request.get('messages') or ())}"
    offered = len(request.get("tools") or request.get("functions") or ())
    return f"{said[: LONGEST - 16]} + functions: {offered}" if offered else said
