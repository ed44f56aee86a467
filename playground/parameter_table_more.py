"""Rows of Chat Completions, second part: form and length of the answer, tools, streaming, the account.

Ranges, defaults and deprecations: the types of the openai SDK 3.54.0, read 2026-11-23.
"""

from playground.language import mark
from playground.parameter_row import Parameter

FORM = (
    Parameter(
        "reasoning_effort",
        "choice",
        mark("How long a model that reasons may think before it answers; not every model knows every word."),
        "none",
        choices=("none", "minimal", "low", "medium", "high", "xhigh", "max"),
    ),
    Parameter(
        "verbosity",
        "choice",
        mark("How wordy the answer should be."),
        "none",
        default="medium",
        choices=("low", "medium", "high"),
    ),
    Parameter(
        "response_format",
        "object",
        mark("The form of the answer: text, any JSON, or JSON that fits a schema."),
        "effective",
        example='{"type": "json_object"}',
    ),
    Parameter(
        "modalities",
        "choices",
        mark("What the answer is made of: text, or text and sound."),
        "none",
        choices=("text", "audio"),
    ),
    Parameter(
        "audio",
        "object",
        mark("Voice and file format of a spoken answer. It needs audio among the modalities."),
        "none",
        example='{"voice": "alloy", "format": "wav"}',
    ),
    Parameter(
        "prediction",
        "object",
        mark("Text that the answer will probably repeat, so that it comes faster; parts that don't fit are paid too."),
        "none",
        example='{"type": "content", "content": "The text as it was"}',
    ),
    Parameter(
        "web_search_options",
        "object",
        mark("Lets the models that can do so search the web first; how much, and for which place."),
        "none",
        example='{"search_context_size": "low"}',
    ),
)

TOOLS = (
    Parameter(
        "tools",
        "list",
        mark("The tools that the model may ask for; your program runs them. The functions page is about them."),
        "effective",
        example='[{"type": "function", "function": {"name": "get_time", "parameters": {"type": "object", '
        '"properties": {}}}}]',
    ),
    Parameter(
        "tool_choice",
        "json",
        mark("Whether the model may, must or must not ask for a tool, or for which one."),
        "effective",
        example='"auto"',
    ),
    Parameter(
        "parallel_tool_calls",
        "boolean",
        mark("Whether the model may ask for several tools at once."),
        "effective",
        default=True,
    ),
    Parameter(
        "functions",
        "list",
        mark("The older form of tools, which the course uses."),
        "effective",
        deprecated=mark("tools replaces it."),
        example='[{"name": "get_time", "parameters": {"type": "object", "properties": {}}}]',
    ),
    Parameter(
        "function_call",
        "json",
        mark("The older form of tool_choice."),
        "effective",
        deprecated=mark("tool_choice replaces it."),
        example='"auto"',
    ),
)

DELIVERY = (
    Parameter(
        "stream",
        "boolean",
        mark("Whether the answer comes piece by piece, as it is written."),
        "effective",
        default=False,
    ),
    Parameter(
        "stream_options",
        "object",
        mark("What a stream tells besides: the usage at its end, letters that hide the length of its pieces."),
        "effective",
        example='{"include_usage": true}',
    ),
    Parameter(
        "service_tier",
        "choice",
        mark("How urgent the request is, which changes its price; the answer says which tier it got."),
        "echoed",
        default="auto",
        choices=("auto", "default", "flex", "scale", "priority", "fast"),
    ),
    Parameter(
        "store",
        "boolean",
        mark("Whether OpenAI keeps request and answer, to look at or to train with later."),
        "none",
    ),
    Parameter(
        "metadata",
        "map",
        mark("Up to 16 names and texts of your own that are kept with a stored answer."),
        "none",
        example='{"lesson": "8"}',
    ),
    Parameter(
        "safety_identifier",
        "text",
        mark("An id of the person your program serves, best a hash, so that abuse can be traced to one account."),
        "none",
        maximum=128,
    ),
    Parameter(
        "prompt_cache_key",
        "text",
        mark("Requests with the same key and the same beginning find each other in the cache of prompts."),
        "none",
    ),
    Parameter(
        "prompt_cache_options",
        "object",
        mark("Where the cached beginning of a prompt may end, and how long it is kept at least."),
        "none",
        example='{"ttl": "30m"}',
    ),
    Parameter(
        "prompt_cache_retention",
        "choice",
        mark("How long the beginning of a prompt stays in the cache at most."),
        "none",
        choices=("in_memory", "24h"),
        deprecated=mark("ttl in prompt_cache_options replaces it."),
    ),
    Parameter(
        "moderation",
        "object",
        mark("Has request and answer checked for harm at once: scored, or blocked."),
        "none",
        example='{"model": "omni-moderation-latest"}',
    ),
)
