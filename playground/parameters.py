"""The parameters of a request, as a table: range, default, one sentence, effect in the simulator. It checks no value.

A value out of range may be sent on purpose: the API's refusal is a lesson. The course's five come first.
Ranges and deprecations: the types of the openai SDK 3.54.0 (types/chat/completion_create_params.py), read 2026-11-23.

>>> body_of("gpt-4", [{"role": "user", "content": "Hi"}], {"temperature": 0, "n": None})
{'model': 'gpt-4', 'messages': [{'role': 'user', 'content': 'Hi'}], 'temperature': 0}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from playground.language import mark
from playground.messages import Body, Message

Kind = Literal["number", "integer", "text", "texts"]
"""number: a decimal; integer: a whole number; text: one string; texts: one string or a list of them."""

Effect = Literal["effective", "echoed", "none"]
"""What the simulator does with it. effective: it changes the answer; echoed: it comes back with it; none: nothing."""


@dataclass(frozen=True)
class Parameter:
    """One request parameter of Chat Completions."""

    name: str
    kind: Kind
    default: float | int | None
    """What the API assumes when nothing is sent; None is the API's null."""
    minimum: float | int | None
    maximum: float | int | None
    """Of a number its largest value; of texts how many there may be."""
    choices: tuple[str, ...]
    """The values there are, when they can be listed; else empty."""
    summary: str
    """One sentence in English, marked for translation."""
    deprecated: str | None
    """Why not to use it in a new program, marked for translation; None when it is current."""
    effect: Effect
    source: str
    date: date


_SDK = "openai 3.54.0, types/chat/completion_create_params.py"
_OPENAPI = "OpenAI's OpenAPI description has n from 1 to 128; the SDK's types name no range, and it was not tried"
_READ = date(2026, 11, 23)

_TABLE = (
    Parameter(
        name="temperature",
        kind="number",
        default=1,
        minimum=0,
        maximum=2,
        choices=(),
        summary=mark("How random the choice of each next token is: 0 takes the likeliest, 2 almost anything."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="n",
        kind="integer",
        default=1,
        minimum=1,
        maximum=128,
        choices=(),
        summary=mark("How many answers to the same request; each one is a choice, and you pay for all of them."),
        deprecated=None,
        effect="effective",
        source=_OPENAPI,
        date=_READ,
    ),
    Parameter(
        name="stop",
        kind="texts",
        default=None,
        minimum=None,
        maximum=4,
        choices=(),
        summary=mark("Up to 4 texts that end the answer where one of them would appear; it is not part of the answer."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="max_tokens",
        kind="integer",
        default=None,
        minimum=1,
        maximum=None,
        choices=(),
        summary=mark(
            "The answer is cut after this many tokens. Chat Completions has no default; "
            "16 is the default of the older Completions endpoint."
        ),
        deprecated=mark("max_completion_tokens replaces it; models that reason refuse it."),
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="user",
        kind="text",
        default=None,
        minimum=None,
        maximum=None,
        choices=(),
        summary=mark("An id of the person your program serves, so that abuse can be traced. It changes no answer."),
        deprecated=mark("safety_identifier and prompt_cache_key replace it."),
        effect="none",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="top_p",
        kind="number",
        default=1,
        minimum=0,
        maximum=1,
        choices=(),
        summary=mark("Only the likeliest tokens that together reach this probability are drawn from."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="seed",
        kind="integer",
        default=None,
        minimum=None,
        maximum=None,
        choices=(),
        summary=mark(
            "The same seed and the same request give the same answer: always in the simulator, usually at OpenAI."
        ),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="presence_penalty",
        kind="number",
        default=0,
        minimum=-2,
        maximum=2,
        choices=(),
        summary=mark("Above 0, a token that has already appeared becomes less likely, however often it did."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="frequency_penalty",
        kind="number",
        default=0,
        minimum=-2,
        maximum=2,
        choices=(),
        summary=mark("Above 0, a token becomes less likely each time it appears."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
    Parameter(
        name="max_completion_tokens",
        kind="integer",
        default=None,
        minimum=1,
        maximum=None,
        choices=(),
        summary=mark("The answer is cut after this many tokens, those of unseen reasoning included."),
        deprecated=None,
        effect="effective",
        source=_SDK,
        date=_READ,
    ),
)

PARAMETERS: dict[str, Parameter] = {parameter.name: parameter for parameter in _TABLE}
"""Name -> parameter, the course's five first."""

EFFECTS: Mapping[str, Effect] = {name: parameter.effect for name, parameter in PARAMETERS.items()} | {
    "messages": "effective",
    "model": "effective",
    "function_call": "effective",
    "functions": "effective",
    "logit_bias": "effective",
    "logprobs": "effective",
    "parallel_tool_calls": "effective",
    "stream": "effective",
    "stream_options": "effective",
    "tool_choice": "effective",
    "tools": "effective",
    "top_logprobs": "effective",
    "service_tier": "echoed",
    "audio": "none",
    "metadata": "none",
    "modalities": "none",
    "moderation": "none",
    "prediction": "none",
    "prompt_cache_key": "none",
    "prompt_cache_options": "none",
    "prompt_cache_retention": "none",
    "reasoning_effort": "none",
    "response_format": "effective",
    "safety_identifier": "none",
    "store": "none",
    "verbosity": "none",
    "web_search_options": "none",
}
"""What each parameter of Chat Completions does in the simulator, those without a row above too."""

COURSE = tuple(PARAMETERS)[:5]
"""The names of the parameters that the course explains."""


def body_of(model: str, messages: Iterable[Message], values: Mapping[str, Any]) -> Body:
    """Build the request: model, messages and only the parameters that are set; None means not set.

    Known parameters stand in the order of the table, so that equal settings give equal requests; others follow.
    """
    body: Body = {"model": model, "messages": list(messages)}
    known = [name for name in PARAMETERS if name in values]
    others = [name for name in values if name not in PARAMETERS]
    body.update({name: values[name] for name in [*known, *others] if values[name] is not None})
    return body
