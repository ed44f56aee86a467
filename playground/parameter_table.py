"""Rows of Chat Completions, first part: what steers how the answer is drawn and where it ends. The rest: the next file.

The course's five come first. Ranges, defaults and deprecations: the types of the openai SDK 3.54.0, read 2026-11-23.
"""

from playground.language import mark
from playground.parameter_row import Parameter

_OPENAPI = "OpenAI's OpenAPI description has n from 1 to 128; the SDK's types name no range, and it was not tried"

DRAWING = (
    Parameter(
        "temperature",
        "number",
        mark("How random the choice of each next token is: 0 takes the likeliest, 2 almost anything."),
        "effective",
        default=1,
        minimum=0,
        maximum=2,
    ),
    Parameter(
        "n",
        "integer",
        mark("How many answers to the same request; each one is a choice, and you pay for all of them."),
        "effective",
        default=1,
        minimum=1,
        maximum=128,
        source=_OPENAPI,
    ),
    Parameter(
        "stop",
        "texts",
        mark("Up to 4 texts that end the answer where one of them would appear; it is not part of the answer."),
        "effective",
        maximum=4,
    ),
    Parameter(
        "max_tokens",
        "integer",
        mark(
            "The answer is cut after this many tokens. Chat Completions has no default; "
            "16 is the default of the older Completions endpoint."
        ),
        "effective",
        minimum=1,
        deprecated=mark("max_completion_tokens replaces it; models that reason refuse it."),
    ),
    Parameter(
        "user",
        "text",
        mark("An id of the person your program serves, so that abuse can be traced. It changes no answer."),
        "none",
        deprecated=mark("safety_identifier and prompt_cache_key replace it."),
    ),
    Parameter(
        "top_p",
        "number",
        mark("Only the likeliest tokens that together reach this probability are drawn from."),
        "effective",
        default=1,
        minimum=0,
        maximum=1,
    ),
    Parameter(
        "seed",
        "integer",
        mark("The same seed and the same request give the same answer: always in the simulator, usually at OpenAI."),
        "effective",
    ),
    Parameter(
        "presence_penalty",
        "number",
        mark("Above 0, a token that has already appeared becomes less likely, however often it did."),
        "effective",
        default=0,
        minimum=-2,
        maximum=2,
    ),
    Parameter(
        "frequency_penalty",
        "number",
        mark("Above 0, a token becomes less likely each time it appears."),
        "effective",
        default=0,
        minimum=-2,
        maximum=2,
    ),
    Parameter(
        "max_completion_tokens",
        "integer",
        mark("The answer is cut after this many tokens, those of unseen reasoning included."),
        "effective",
        minimum=1,
    ),
    Parameter(
        "logit_bias",
        "map",
        mark("Token ids and what is added to their weight: -100 bans a token, 100 lets almost nothing else through."),
        "effective",
        minimum=-100,
        maximum=100,
        example='{"9906": -100}',
    ),
    Parameter(
        "logprobs",
        "boolean",
        mark("Whether the answer tells how likely each of its tokens was."),
        "effective",
        default=False,
    ),
    Parameter(
        "top_logprobs",
        "integer",
        mark("How many of the likeliest tokens are named at each place, up to 20. It needs logprobs."),
        "effective",
        minimum=0,
        maximum=20,
    ),
)
