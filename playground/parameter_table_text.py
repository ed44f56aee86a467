"""Rows of the older Completions API (legacy): what it has of its own, and where it differs from Chat Completions.

Ranges and defaults: the types of the openai SDK 3.54.0, read 2026-11-23; that 16 is the default of max_tokens, an older
edition of OpenAI's reference, which the course follows.
"""

from dataclasses import replace

from playground.language import mark
from playground.parameter_row import Parameter
from playground.parameter_table import DRAWING
from playground.parameter_table_more import DELIVERY

SDK = "openai 3.54.0, types/completion_create_params.py"
_REFERENCE = "OpenAI's API reference of the Completions endpoint, as the course quotes it"

_CHAT = {parameter.name: parameter for parameter in (*DRAWING, *DELIVERY)}
_SHARED = (
    "temperature",
    "n",
    "stop",
    "user",
    "top_p",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "logit_bias",
    "stream",
    "stream_options",
)

TEXT = (
    *(replace(_CHAT[name], deprecated=None, source=SDK) for name in _SHARED),
    Parameter(
        "max_tokens",
        "integer",
        mark("The answer is cut after this many tokens: after 16 where nothing is said."),
        "effective",
        default=16,
        minimum=0,
        source=_REFERENCE,
    ),
    Parameter(
        "logprobs",
        "integer",
        mark("How many of the likeliest tokens are named at each place, up to 5."),
        "effective",
        minimum=0,
        maximum=5,
        source=SDK,
    ),
    Parameter(
        "echo",
        "boolean",
        mark("Whether the prompt stands before the answer."),
        "effective",
        default=False,
        source=SDK,
    ),
    Parameter(
        "suffix",
        "text",
        mark("The text that comes after the answer, so that the model writes what is between."),
        "refused",
        source=SDK,
    ),
    Parameter(
        "best_of",
        "integer",
        mark("How many answers are written to give back the likeliest; you pay for all of them."),
        "refused",
        default=1,
        minimum=0,
        maximum=20,
        source=_REFERENCE,
    ),
)
