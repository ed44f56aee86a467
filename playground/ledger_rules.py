"""What a request's parts cost beside their text: the constants behind the ledger, as tables. It counts nothing.

The API documents none of them. They were fitted to 540 recorded calls (2023 to 2026) with the tokens that it reported.

>>> rules_of("gpt-4-0613")[0].name, rules_of("gpt-4o-mini")[0].name
('2023 functions', '2024')
>>> rules_of("gpt-9-nano")[1]
False
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from playground.language import mark

Layout = Literal["2023", "2024"]
History = Literal["2023", "2024", "single"]


@dataclass(frozen=True)
class Rules:
    """The constants of one family of models."""

    name: str
    source: str
    message: int = 3
    """Each message, beside its role and its text: <|im_start|>, <|im_sep|>, <|im_end|>."""
    name_replaces_role: bool = False
    marks: tuple[str, str, str] = ("<|im_start|>", "<|im_sep|>", "<|im_end|>")
    priming: int = 3
    """What opens the answer: <|im_start|>assistant<|im_sep|>."""
    priming_with_tools: int = 3
    functions: Layout = "2024"
    """How `functions` are written; `tools` are written as in 2024 on every server that knows them."""
    hidden: int | None = None
    """What offering tools costs beside their text; None where that text joins the system message, or makes one."""
    hidden_lone: int = 0
    """How many more where the only tool takes no argument."""
    history: History = "2024"
    """How the tool calls of earlier answers are shown: as the function calls of 2023; one by one, several in a wrapper
    (2024); or each on its own, always (single)."""
    choices: bool = True
    """Whether a tool_choice that forbids or names costs anything."""
    answer_end: int = 0
    """Completion tokens that an answer costs beside its text."""
    answer_end_offered: int = 1
    """The same when functions or tools were offered."""
    call: int = 7
    """Completion tokens of a tool call beside name and arguments."""


_FITTED = mark("fitted to recorded calls of 2024 to 2026")
CHAT_2024 = Rules("2024", _FITTED)
CHAT_2023 = Rules(
    "2023 functions",
    mark("the course's four calls of gpt-4-0613, and recorded calls of 2023"),
    functions="2023",
    history="2023",
    answer_end=1,
    call=4,
)
# The alias was gpt-3.5-turbo-0613 when its tool calls were recorded (February 2024), and -0125 for its tools.
CHAT_ALIAS = replace(CHAT_2023, name="gpt-3.5-turbo", source=mark("recorded calls of 2023 and 2024, before and after"))
CHAT_0301 = replace(
    CHAT_2023,
    name="0301",
    source=mark("OpenAI's cookbook of March 2023, and one recorded call"),
    message=4,
    name_replaces_role=True,
    priming=2,
)
_HARMONY = ("<|start|>", "<|message|>", "<|end|>")
O_SERIES = Rules("o series", _FITTED, marks=_HARMONY, priming=2, answer_end=9, answer_end_offered=9, call=16)
GPT_5 = Rules(
    "gpt-5",
    _FITTED,
    marks=_HARMONY,
    priming=2,
    priming_with_tools=2,
    hidden=85,
    hidden_lone=-1,
    history="single",
    choices=False,
    answer_end=9,
    answer_end_offered=9,
    call=16,
)
GPT_5_4 = replace(GPT_5, name="gpt-5.4 and later", answer_end=3, answer_end_offered=3, call=10)

FAMILIES: tuple[tuple[str, Rules], ...] = (
    ("gpt-3.5-turbo-0301", CHAT_0301),
    ("gpt-3.5-turbo-0613", CHAT_2023),
    ("gpt-3.5-turbo-16k", CHAT_2023),
    ("gpt-3.5-turbo-", CHAT_2024),
    ("gpt-3.5-turbo", CHAT_ALIAS),
    ("gpt-35-turbo", CHAT_2024),
    ("gpt-4o", CHAT_2024),
    ("gpt-4.", CHAT_2024),
    ("gpt-4-turbo", CHAT_2024),
    ("gpt-4-1106", CHAT_2024),
    ("gpt-4-0125", CHAT_2024),
    ("gpt-4", CHAT_2023),
    ("chatgpt-4o", CHAT_2024),
    ("gpt-5.4", GPT_5_4),
    ("gpt-5.5", GPT_5_4),
    ("gpt-5.6", GPT_5_4),
    ("gpt-5", GPT_5),
    ("o1", O_SERIES),
    ("o3", O_SERIES),
    ("o4", O_SERIES),
)
"""First part of a model's name -> its rules; the first that fits counts."""

UNRULED: tuple[tuple[str, Rules], ...] = (("o1-mini", O_SERIES), ("o1-preview", O_SERIES))
"""The same for models that were recorded, but that no known rule fits."""

CLOSEST: tuple[tuple[str, Rules], ...] = (("gpt-", GPT_5_4), ("o", O_SERIES))
"""The same for models that nobody recorded; all others get the rules of 2024."""

SECTION = -1
"""The list of tools costs one token less than its text, wherever it stands."""
ROLE = 1
"""A role that the API writes itself: assistant."""
ARGUMENTS = 1
"""The token between a tool call's recipient and its arguments; none in 2023."""
CALL_TO_2023 = 3
"""The recipient of a call, beside its name."""
FIRST_CALL_SINGLE = 6
"""The first call of a message, on models that show several calls one by one."""
RESULT_OF = 2
"""A tool's result, beside its name and the rest of its message; none in 2023."""
WRAPPER = " to=multi_tool_use.parallel"
WRAPPER_TOKENS = 6
WRAPPER_RESULT = "multi_tool_use.parallel"
WRAPPER_RESULT_TOKENS = 4
WRAPPER_MORE = 2
"""Several calls in one message are one call of a wrapper, with one result; since 2024 the result costs two more."""
CHOICE_NONE = 1
CHOICE_NAMED = 4
"""tool_choice or function_call "none", and one that names a function, beside the name."""
FUNCTION_CALL_ANSWER = 5
"""Completion tokens of a function_call beside name and arguments: " to=functions." 3, separator 1, end 1."""
FORMAT_NAMED = 2
"""A structured answer is opened with the name of its format, beside which this is counted; not when tools are there."""
FILE = 219
"""A file: what one page of PDF cost in six recordings."""


@dataclass(frozen=True)
class Reason:
    """Why something is counted as it is: the rule in words, and where it was found."""

    says: str
    source: str


_RECORDED = mark("recorded calls, 2023 to 2026; documented nowhere")
REASONS: Mapping[str, Reason] = {
    "messages": Reason(
        mark("Each message is its role, its text and 3 tokens that separate them."),
        mark("OpenAI's cookbook, and every recorded call"),
    ),
    "name": Reason(mark("Role and name are one text: role:name."), _RECORDED),
    "priming": Reason(
        mark("The answer is opened for the model: 3 tokens, 2 on reasoning models."),
        mark("OpenAI's cookbook, and recorded calls"),
    ),
    "parts": Reason(mark("Parts of text are counted one by one; what names their type is free."), _RECORDED),
    "functions": Reason(
        mark("Functions are written as TypeScript, as gpt-4-0613 was shown them."),
        mark("the course's calls, and recorded calls of 2023"),
    ),
    "tools": Reason(
        mark("Tools are written as TypeScript and join the system message, or make one."),
        mark("recorded calls, 2024 to 2026; documented nowhere"),
    ),
    "union": Reason(
        mark("Several types are written one below the other, each with its own comments."),
        mark("three tools in ten recorded calls"),
    ),
    "unrecorded": Reason(
        mark("Nobody recorded a tool with such a schema; it is written as OpenAI's open models are shown it."),
        mark("openai/harmony, src/encoding.rs"),
    ),
    "hidden": Reason(mark("gpt-5 is told 85 tokens more as soon as a tool is offered."), _RECORDED),
    "choice": Reason(mark("A choice that forbids calls or names one is told to the model."), _RECORDED),
    "call 2023": Reason(
        mark("A call is its name, its arguments as they were written, and 3 tokens."),
        mark("the course's calls, and recorded calls of 2023"),
    ),
    "call": Reason(mark("A call is its recipient and its arguments, written again without blanks."), _RECORDED),
    "parallel": Reason(
        mark("Several calls are one call of a wrapper, and their results are one list."),
        mark("14 recorded calls"),
    ),
    "result": Reason(mark("A result is headed by its function's name."), _RECORDED),
    "format": Reason(
        mark("The schema is written as JSON without limits, defaults and required; its name opens each answer."),
        mark("59 recorded calls of gpt-4o and gpt-4.1"),
    ),
    "answer": Reason(
        mark("An answer is its text, or the name and the arguments of each call, and what ends it."),
        mark("the course's four answers; recorded calls for later models"),
    ),
    "forced answer": Reason(mark("Where the request names the function, only its arguments are counted."), _RECORDED),
    "picture": Reason(
        mark("A picture is counted in tiles of 512 or patches of 32 pixels, after it was scaled down."),
        mark("OpenAI's guide to images, and recorded calls"),
    ),
    "remote": Reason(mark("The picture's size isn't in the request: 1024 x 1024 is assumed."), mark("assumed")),
    "file": Reason(mark("A file is counted as one page of PDF."), mark("six recorded calls of one file")),
    "odd": Reason(mark("The API would refuse this; it is counted as the JSON it is."), mark("assumed")),
}


def rules_of(model: str) -> tuple[Rules, bool]:
    """Choose the rules for a model, and say whether its family is known; else they are the closest family's.

    Fine-tuned models are counted as what they were made from.
    """
    name = model.removeprefix("ft:").rpartition("/")[2]
    for known, families in ((False, UNRULED), (True, FAMILIES), (False, CLOSEST)):
        for start, rules in families:
            if name.startswith(start):
                return rules, known
    return CHAT_2024, False
