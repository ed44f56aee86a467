"""What models and servers take, as a table: for some parameters, of some models, at some effort. It judges no request.

Facts age: each row names its source, and all were read on one day. The first row that fits counts. Nothing here was
tried at OpenAI: what rests on reports alone, or is disputed, is unsure.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from playground.language import mark

Verdict = Literal["accepted", "refused", "unsure"]

READ = date(2026, 11, 23)

CHECKLIST = "https://developers.openai.com/api/docs/guides/deployment-checklist"
SDK = "openai 3.54.0, types/chat/completion_create_params.py"
TEXT_SDK = "openai 3.54.0, types/completion_create_params.py"
LITELLM = "LiteLLM 1.109.1, its rules for GPT-5 and GPT-6"
REPORTS = "Error texts of the API, quoted in Vane issue 1173 and in OpenAI's forum, thread 1386454"
TRIED = "models.dev issue 6639, where it was tried with gpt-5.6-luna"
DISPUTED = "LiteLLM issue 15244 and crewAI issue 5144 against LiteLLM issues 28650 and 28662"
OLLAMA = "Ollama 0.40, its description of the API"


@dataclass(frozen=True)
class Rule:
    """One row: these parameters, of these models, at this effort."""

    names: tuple[str, ...]
    """Parameters; none stands for every one."""
    models: str
    """A group of models: compatibility.GROUPS."""
    verdict: Verdict
    reason: str
    """One sentence in English, marked for translation."""
    source: str
    effort: str = ""
    """The reasoning_effort it holds at: a value, "thinking" for all but none, "unknown"; empty for any."""
    date: date = READ


SAMPLING = ("temperature", "top_p", "logprobs", "top_logprobs")
WEIGHTS = ("presence_penalty", "frequency_penalty", "logit_bias")
TOOLS = ("tools", "tool_choice", "parallel_tool_calls", "functions", "function_call")
SPECIAL = ("modalities", "prediction", "audio", "web_search_options")
ACCOUNT = (
    "stream",
    "stream_options",
    "metadata",
    "safety_identifier",
    "prompt_cache_key",
    "service_tier",
    "response_format",
)

RULES = (
    Rule(
        ("prompt_cache_options",),
        "before 5.6",
        "refused",
        mark("Only gpt-5.6 and later models know it."),
        SDK,
    ),
    Rule(("prompt_cache_options",), "any", "accepted", mark("gpt-5.6 and later models know it."), SDK),
    Rule(
        ("max_tokens",),
        "reasons",
        "refused",
        mark("A model that reasons knows it as max_completion_tokens only: error 400, unsupported_parameter."),
        SDK,
    ),
    Rule(
        ("reasoning_effort",),
        "always thinks",
        "refused",
        mark('This model always thinks: it refuses "none".'),
        CHECKLIST,
        effort="none",
    ),
    Rule(
        ("reasoning_effort",),
        "no minimal",
        "refused",
        mark('Models from 5.1 on refuse "minimal".'),
        CHECKLIST,
        effort="minimal",
    ),
    Rule(("reasoning_effort",), "reasons", "accepted", mark("It reasons, so it has an effort."), SDK),
    Rule(
        ("reasoning_effort",),
        "any",
        "unsure",
        mark("Only models that reason have an effort. What this one says to it was not found."),
        SDK,
    ),
    Rule(
        SAMPLING,
        "always thinks",
        "refused",
        mark("It is taken only with reasoning_effort none, and this model always thinks."),
        CHECKLIST,
    ),
    Rule(
        ("temperature", "seed"),
        "reasons",
        "accepted",
        mark("With reasoning_effort none it is taken."),
        TRIED,
        effort="none",
    ),
    Rule(
        SAMPLING,
        "reasons",
        "accepted",
        mark("With reasoning_effort none it is taken."),
        CHECKLIST,
        effort="none",
    ),
    Rule(
        SAMPLING,
        "reasons",
        "refused",
        mark("While the model reasons it is refused: set reasoning_effort to none."),
        CHECKLIST,
        effort="thinking",
    ),
    Rule(
        SAMPLING,
        "reasons",
        "unsure",
        mark("It is taken only with reasoning_effort none, and this model's own effort is not known."),
        CHECKLIST,
        effort="unknown",
    ),
    Rule(
        TOOLS,
        "no tools in chat",
        "refused",
        mark("In Chat Completions this model calls no tools; the Responses API is needed."),
        CHECKLIST,
    ),
    Rule(
        TOOLS,
        "tools without effort",
        "accepted",
        mark("With reasoning_effort none it is taken."),
        CHECKLIST,
        effort="none",
    ),
    Rule(
        TOOLS,
        "tools without effort",
        "refused",
        mark("In Chat Completions tools are refused while the model reasons: set reasoning_effort to none."),
        REPORTS,
    ),
    Rule(TOOLS, "reasons", "unsure", mark("Whether this model calls tools in Chat Completions was not found."), SDK),
    Rule(
        ("stop",),
        "o series",
        "refused",
        mark("The SDK's types say that o3 and o4-mini don't take it."),
        SDK,
    ),
    Rule(
        ("stop",),
        "reasons",
        "unsure",
        mark("Reports disagree: some got an error 400, some an answer."),
        DISPUTED,
    ),
    Rule(
        WEIGHTS,
        "reasons",
        "refused",
        mark("Models that reason don't take it; gpt-4o and gpt-4.1 do, until 2027-01-14."),
        LITELLM,
    ),
    Rule(
        SPECIAL,
        "reasons",
        "unsure",
        mark("A widely used program leaves it out for models that reason. It was not tried."),
        LITELLM,
    ),
    Rule(("n", "seed", "user", "store"), "reasons", "accepted", mark("It is taken as before."), LITELLM),
    Rule(("max_completion_tokens",), "any", "accepted", mark("Every model that chats knows it."), SDK),
    Rule(
        SPECIAL,
        "any",
        "unsure",
        mark("Only some models can do this, and a list of them was not found."),
        SDK,
    ),
    Rule(
        ("verbosity", "moderation", "prompt_cache_retention"),
        "any",
        "unsure",
        mark("Which models take it was not found."),
        SDK,
    ),
    Rule(ACCOUNT, "any", "accepted", mark("It is not said to depend on the model."), SDK),
    Rule((), "samples", "accepted", mark("A model that doesn't reason takes it."), SDK),
    Rule((), "any", "unsure", mark("Nothing was found about it."), SDK),
)
"""Chat Completions at OpenAI, the specific rows first."""

SERVERS = {
    "ollama": (
        Rule(
            ("n", "logit_bias"),
            "any",
            "unsure",
            mark("Ollama doesn't have it: it may be refused or left aside."),
            OLLAMA,
        ),
        Rule(
            (
                *SAMPLING,
                "presence_penalty",
                "frequency_penalty",
                "seed",
                "stop",
                "max_tokens",
                "tools",
                "reasoning_effort",
                "stream",
                "stream_options",
                "response_format",
            ),
            "any",
            "accepted",
            mark("Ollama's description lists it."),
            OLLAMA,
        ),
        Rule((), "any", "unsure", mark("Ollama's description doesn't list it."), OLLAMA),
    ),
    "other": (
        Rule(
            (),
            "any",
            "unsure",
            mark("Every server takes other parameters: it may take this one, refuse it, or leave it aside."),
            SDK,
        ),
    ),
}
"""Servers other than OpenAI's; the model makes no difference that is known."""
