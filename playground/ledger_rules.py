"""What a request's parts cost beside their text: the constants behind the ledger, as a table. It counts nothing.

The API documents none of them. They were fitted to 540 recorded calls (2023 to 2026) with the tokens that it reported.

>>> rules_of("gpt-4-0613").name, rules_of("gpt-4o-mini").name
('2023', '2024')
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """The constants of one family of models."""

    name: str
    priming: int
    """Tokens that open the answer: <|im_start|>assistant<|im_sep|>."""
    tools: int | None
    """What offering tools costs beside their text; None where the text joins the system message or makes one."""
    answer_end: int
    """Completion tokens that an answer costs beside its text."""
    answer_end_offered: int
    """The same when functions or tools were offered."""
    call: int
    """Completion tokens of a tool call beside name and arguments."""
    calls_joined: bool
    """Whether several calls in one message are shown to the model as one call of a wrapper."""
    source: str


_FITTED = "fitted to recorded calls, 2023 to 2026"
CHAT_2023 = Rules("2023", 3, None, 1, 1, 4, True, "the course's four calls of gpt-4-0613, and recorded calls of 2023")
CHAT_2024 = Rules("2024", 3, None, 0, 1, 7, True, _FITTED)
O_SERIES = Rules("o series", 2, None, 9, 9, 16, True, _FITTED)
GPT_5 = Rules("gpt-5", 2, 85, 9, 9, 16, False, _FITTED)
GPT_5_4 = Rules("gpt-5.4 and later", 2, 85, 3, 3, 10, False, _FITTED)

FAMILIES: tuple[tuple[str, Rules], ...] = (
    ("gpt-3.5-turbo-0125", CHAT_2024),
    ("gpt-3.5-turbo-1106", CHAT_2024),
    ("gpt-3.5-turbo", CHAT_2023),
    ("gpt-4o", CHAT_2024),
    ("gpt-4.", CHAT_2024),
    ("gpt-4-turbo", CHAT_2024),
    ("gpt-4-1106", CHAT_2024),
    ("gpt-4-0125", CHAT_2024),
    ("gpt-4", CHAT_2023),
    ("gpt-5.4", GPT_5_4),
    ("gpt-5.5", GPT_5_4),
    ("gpt-5.6", GPT_5_4),
    ("gpt-5", GPT_5),
    ("gpt-6", GPT_5_4),
    ("o1", O_SERIES),
    ("o3", O_SERIES),
    ("o4", O_SERIES),
)
"""First part of a model's name -> its rules; the first that fits counts. Names that fit nothing get those of 2024."""

MESSAGE = 3
"""Each message: <|im_start|>, <|im_sep|>, <|im_end|>."""
CALL_2023 = 3
"""A function_call in the history, beside name and arguments."""
CALL_ARGUMENTS = 1
"""The token between a tool call's recipient and its arguments."""
CALL_FIRST = 6
"""The first call of a message, on models that show several calls one by one."""
RESULT = 5
"""A tool's result, beside its name and content."""
JOINED_CALLS = 20
"""Several calls in one message, beside the JSON that wraps them and the JSON list of their results."""
CHOICE_NONE = 1
CHOICE_NAMED = 4
"""tool_choice or function_call "none", and one that names a function, beside the name."""
FUNCTION_CALL_ANSWER = 5
"""Completion tokens of a function_call beside name and arguments: " to=functions." 3, separator 1, end 1."""
RESPONSE_FORMAT = 4
RESPONSE_FORMAT_ALONE = 4
"""The schema of a structured answer when no tools are offered, and what it costs more without a system message."""
IMAGE_LOW = 85
IMAGE_HIGH = 765
"""A picture of 1024 x 1024 on gpt-4o; other sizes and models differ widely."""


def rules_of(model: str) -> Rules:
    """Choose the rules for a model."""
    return next((rules for start, rules in FAMILIES if model.startswith(start)), CHAT_2024)
