"""Answers of the error lab that are whole, and not what a program hopes for. Broken wires and refusals: faults.py.

>>> asked_body({"messages": [], "max_tokens": 100}, "length")
{'messages': [], 'max_completion_tokens': 4}
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.faults import Answer
from simulator.intents import Plan
from simulator.refusals import Refusal

SHORT = 4
"""Tokens of an answer that is cut, by its length or by a filter."""
REFUSAL = "I'm sorry, but I can't help with that. The error lab asked me to refuse."


def asked_body(body: Mapping[str, Any], answer: Answer) -> dict[str, Any] | Refusal:
    """Change a request so that its answer can go wrong: a short limit, or a function that has to be asked for."""
    if answer in ("length", "content-filter"):
        limits = ("max_tokens", "max_completion_tokens")
        asked = min([SHORT, *(body[name] for name in limits if body.get(name))])
        return {**{name: one for name, one in body.items() if name not in limits}, "max_completion_tokens": asked}
    if answer == "refusal":
        return dict(body)
    if body.get("tools"):
        chosen = body.get("tool_choice")
        return {**body, "tool_choice": chosen if isinstance(chosen, dict) else "required"}
    if body.get("functions"):
        return {**body, "function_call": {"name": body["functions"][0]["name"]}}
    return Refusal(400, f"The fault '{answer}' needs a request with tools or functions.", param="tools")


def spoilt(planned: Plan, fault: Answer | None) -> Plan:
    """Plan what the error lab was asked for instead: arguments that are no JSON, another name, a refusal."""
    if fault == "refusal":
        return replace(planned, text=((1.0, REFUSAL),), calls=(), forced=False, exact=False)
    if fault == "bad-arguments":
        # The end is missing, as when a model forgets a bracket.
        cut = [
            replace(one, arguments=tuple((weight, text[:-1]) for weight, text in one.arguments))
            for one in planned.calls
        ]
        return replace(planned, calls=tuple(cut))
    if fault == "unknown-tool":
        return replace(planned, calls=tuple(replace(one, name=f"{one.name}_v2") for one in planned.calls))
    return planned
