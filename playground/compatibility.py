"""The compatibility lens: does this model, at this endpoint and effort, take this parameter? It sends nothing.

Three answers, for nobody knows them all: accepted, refused, unsure; each with its reason, its source and their day.

>>> judge("temperature", "gpt-6-luna", on=date(2026, 11, 23)).verdict
'refused'
>>> judge("temperature", "gpt-6-luna", effort="none", on=date(2026, 11, 23)).verdict
'accepted'
>>> judge("stop", "gpt-6-luna", on=date(2026, 11, 23)).verdict
'unsure'
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playground import models
from playground.compatibility_rules import READ, RULES, SDK, SERVERS, TEXT_SDK, Rule, Verdict
from playground.language import mark
from playground.models import Model
from playground.parameters import PARAMETERS, TEXT_PARAMETERS

EFFORTS = PARAMETERS["reasoning_effort"].choices

ENDPOINTS = {"chat": "Chat Completions", "completions": mark("Completions (legacy)")}

SIMULATED: Mapping[str, tuple[Verdict, str]] = {
    "effective": ("accepted", mark("The simulator does what it says.")),
    "echoed": ("accepted", mark("The simulator sends it back and does nothing else with it.")),
    "none": ("accepted", mark("It has no effect in the simulator.")),
    "refused": ("refused", mark("The simulator doesn't have it.")),
}
"""Effect in the simulator -> what that means for a request."""

_BEFORE_56 = ("GPT-5.5", "GPT-5.4", "GPT-5.2", "GPT-5.1", "GPT-5", "GPT-4.1", "GPT-4o", "GPT-4", "GPT-3.5")
_O_SERIES = models.FAMILIES["o"]

GROUPS: Mapping[str, Callable[[Model], bool]] = {
    "any": lambda model: True,
    "reasons": lambda model: model.reasons,
    "samples": lambda model: not model.reasons,
    "always thinks": lambda model: model.none_effort is False,
    "no minimal": lambda model: model.reasons and model.family not in ("GPT-5", _O_SERIES),
    "no tools in chat": lambda model: model.chat_tools == "never",
    "tools without effort": lambda model: model.chat_tools == "without effort",
    "o series": lambda model: model.family == _O_SERIES,
    "before 5.6": lambda model: model.family in (*_BEFORE_56, _O_SERIES),
}
"""Group of models that a rule names -> whether a model belongs to it."""


@dataclass(frozen=True)
class Judgement:
    """Whether a parameter is taken, and how that is known."""

    verdict: Verdict
    reason: str
    """In English; translate it for a screen."""
    source: str
    date: date


def judge(
    name: str,
    model: str,
    endpoint: str = "chat",
    effort: str | None = None,
    server: str = "openai",
    on: date | None = None,
) -> Judgement:
    """Judge one parameter. `effort`: the request's reasoning_effort, None when it sets none; `server`: openai,
    simulator, ollama or other; `on`: the day, today unless said.
    """
    table = PARAMETERS if endpoint == "chat" else TEXT_PARAMETERS
    if name not in table:
        return Judgement(
            "refused", mark("This endpoint doesn't know it."), SDK if endpoint == "chat" else TEXT_SDK, READ
        )
    if server == "simulator":
        return Judgement(*SIMULATED[table[name].effect], "playground/parameters.py", table[name].date)
    if server != "openai":
        return _first(name, None, SERVERS.get(server, SERVERS["other"]), "")
    known = models.find(model)
    if known is None:
        return Judgement("unsure", mark("This model is not in the catalogue."), "playground/models.toml", READ)
    if known.gone(on or date.today()):
        gone = mark("The model is shut down: nothing is taken any more.")
        return Judgement("refused", gone, known.dates_source or known.source, known.checked)
    if not (known.chat if endpoint == "chat" else known.completions):
        return Judgement("refused", mark("The model doesn't speak this API."), known.source, known.checked)
    return _first(name, known, RULES, effort or known.effort or "unknown")


def judge_all(
    model: str, endpoint: str = "chat", effort: str | None = None, server: str = "openai", on: date | None = None
) -> dict[str, Judgement]:
    """Judge every parameter of an endpoint, in the order of the table."""
    table = PARAMETERS if endpoint == "chat" else TEXT_PARAMETERS
    return {name: judge(name, model, endpoint, effort, server, on) for name in table}


def contradictions(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the parameters of a Chat Completions request that contradict others, each with a sentence.

    >>> [name for name, _ in contradictions({"top_logprobs": 5, "max_tokens": 1, "max_completion_tokens": 1})]
    ['top_logprobs', 'max_tokens']
    """
    if body.get("top_logprobs") is not None and body.get("logprobs") is not True:
        yield "top_logprobs", mark("top_logprobs needs logprobs: true.")
    if body.get("stream_options") is not None and body.get("stream") is not True:
        yield "stream_options", mark("stream_options needs stream: true.")
    if body.get("max_tokens") is not None and body.get("max_completion_tokens") is not None:
        yield "max_tokens", mark("max_tokens and max_completion_tokens exclude each other.")
    if body.get("audio") is not None and "audio" not in (body.get("modalities") or []):
        yield "audio", mark("audio needs audio among the modalities.")
    for name, needed in (("tool_choice", "tools"), ("parallel_tool_calls", "tools"), ("function_call", "functions")):
        if body.get(name) is not None and not body.get(needed):
            yield name, _NEEDS[needed]


_NEEDS = {
    "tools": mark("It means something only with tools."),
    "functions": mark("It means something only with functions."),
}


def _first(name: str, model: Model | None, rules: tuple[Rule, ...], effort: str) -> Judgement:
    rule = next(rule for rule in rules if _fits(rule, name, model, effort))
    return Judgement(rule.verdict, rule.reason, rule.source, rule.date)


def _fits(rule: Rule, name: str, model: Model | None, effort: str) -> bool:
    if rule.names and name not in rule.names:
        return False
    if model is not None and not GROUPS[rule.models](model):
        return False
    return rule.effort in ("", effort) or (rule.effort == "thinking" and effort not in ("none", "unknown"))
