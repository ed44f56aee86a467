"""The catalogue of models: which API each speaks, its encoding, its sizes, when it was or will be shut down.

The rows are in models.toml, each with its source and the day it was checked. What is unknown is None. No prices.

    >>> find("gpt-4").encoding, find("gpt-4-0613").id, find("no such model")
    ('cl100k_base', 'gpt-4', None)
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

from playground import encodings
from playground.errors import BadCatalogue
from playground.language import mark

DEFAULT = "gpt-6-luna"
"""The living model to begin with: cheap, and with reasoning_effort "none" it takes temperature, logprobs and tools."""

FAMILIES = {
    "gpt-6.2": "GPT-6.2",
    "gpt-6.1": "GPT-6.1",
    "gpt-6": "GPT-6",
    "gpt-5.6": "GPT-5.6",
    "gpt-5.5": "GPT-5.5",
    "gpt-5.4": "GPT-5.4",
    "gpt-5.2": "GPT-5.2",
    "gpt-5.1": "GPT-5.1",
    "gpt-5": "GPT-5",
    "o": mark("The o series"),
    "gpt-4.1": "GPT-4.1",
    "gpt-4o": "GPT-4o",
    "gpt-4": "GPT-4",
    "gpt-3.5": "GPT-3.5",
    "gpt-3.5-legacy": mark("GPT-3.5 (legacy)"),
    "gpt-3-legacy": mark("GPT-3 (legacy)"),
}
"""Key in models.toml -> the family's name."""

NOTES = {
    "date-of-snapshot": mark("OpenAI gives no date for this name. This is the day its snapshot was shut down."),
    "takes-all-sampling": mark("It still takes every sampling parameter: penalties, stop, logit_bias, logprobs."),
    "tools-need-no-effort": mark('In Chat Completions it calls functions only with reasoning_effort "none".'),
    "tools-need-responses": mark("It calls no tools in Chat Completions: they need the Responses API."),
    "last-completions": mark("One of the last three models that spoke the Completions API at OpenAI."),
    "window-disputed": mark("Sources differ on its context window by a few tokens, so none is given."),
}
"""Key in models.toml -> what a reader should know about the model."""


CHAT_TOOLS = ("always", "without effort", "never")
"""When a model calls tools in Chat Completions; "without effort" is with reasoning_effort "none"."""


@dataclass(frozen=True)
class Model:
    """A model as OpenAI serves or served it under one name."""

    id: str
    family: str
    """Its name, in English; translate it for a screen."""
    encoding: str
    source: str
    """Where the APIs, the snapshot and the sizes were read."""
    checked: date
    """When the row was last compared with its sources."""
    snapshot: str | None = None
    """The dated model that the name stands for: what a response names as its model."""
    chat: bool = False
    completions: bool = False
    responses: bool = False
    context_window: int | None = None
    """Tokens of prompt and answer together."""
    max_output: int | None = None
    retired: date | None = None
    """The day it was shut down, if that is past on the day `checked`."""
    retires: date | None = None
    """The day it will be shut down, if that is announced."""
    dates_source: str | None = None
    reasons: bool = False
    """Whether it thinks before it answers unless reasoning_effort is "none"; fitting.py says what that asks for."""
    effort: str | None = None
    """The reasoning_effort it has when a request names none."""
    none_effort: bool | None = None
    """Whether it takes reasoning_effort "none"."""
    chat_tools: str | None = None
    """Whether it calls tools in Chat Completions: a key of CHAT_TOOLS."""
    note: str = ""
    """What a reader should know, in English; translate it for a screen."""
    course: bool = False
    """Whether the course's slide of models shows it."""

    def gone(self, on: date) -> bool:
        """Say whether it is shut down on a day."""
        end = self.retired or self.retires
        return end is not None and end <= on


def find(model: str) -> Model | None:
    """Find a model by its id, or by the snapshot that it stands for."""
    return next((each for each in MODELS if model in {each.id, each.snapshot}), None)


def living(on: date) -> tuple[Model, ...]:
    """List the models that answer at OpenAI on a day.

    >>> [model.id for model in living(date(2027, 2, 1))][:6]
    ['gpt-6-luna', 'gpt-6-sol', 'gpt-5.6-luna', 'gpt-6.2-astra', 'gpt-6.2-sol', 'gpt-6.1-sol']
    """
    return tuple(model for model in MODELS if not model.gone(on))


def read(toml: str) -> tuple[Model, ...]:
    """Read a catalogue, and refuse it when a row is wrong.

    Raises: BadCatalogue, which names the row and what is wrong with it.
    """
    rows: list[dict[str, Any]] = tomllib.loads(toml).get("model", [])
    models = tuple(_model(row, number) for number, row in enumerate(rows, start=1))
    names = [name for model in models for name in (model.id, model.snapshot) if name]
    for name in names:
        if names.count(name) > 1:
            raise BadCatalogue(f"models.toml: {name} is there more than once.")
    return models


def _model(row: Mapping[str, Any], number: int) -> Model:
    for problem in _misshapen(row) or _contradictions(row):
        raise BadCatalogue(f"models.toml, row {number} ({row.get('id', 'no id')}): {problem}.")
    texts = {"family": FAMILIES[row["family"]], "note": NOTES[row["note"]] if "note" in row else ""}
    return Model(**{**row, **texts})


def _misshapen(row: Mapping[str, Any]) -> list[str]:
    kinds = get_type_hints(Model)
    required = {field.name for field in fields(Model) if field.default is MISSING}
    missing = [f"{key} is missing" for key in sorted(required - row.keys())]
    unknown = [f"{key} is no field of a model" for key in row if key not in kinds]
    wrong = [f"{key} can't be {row[key]!r}" for key in row.keys() & kinds.keys() if not _fits(row[key], kinds[key])]
    return missing + unknown + wrong


def _fits(value: object, kind: Any) -> bool:
    # By exact type: in Python True is an int, and a time of day is a date.
    return type(value) in (get_args(kind) or (kind,)) and value != "" and not (type(value) is int and value < 1)


def _contradictions(row: Mapping[str, Any]) -> Iterator[str]:
    retired, retires = row.get("retired"), row.get("retires")
    if row["family"] not in FAMILIES:
        yield f"family {row['family']!r} is none of {', '.join(FAMILIES)}"
    if row["encoding"] not in encodings.NAMES:
        yield f"encoding {row['encoding']!r} is none of {', '.join(encodings.NAMES)}"
    if "note" in row and row["note"] not in NOTES:
        yield f"note {row['note']!r} is none of {', '.join(NOTES)}"
    if row.get("chat_tools", CHAT_TOOLS[0]) not in CHAT_TOOLS:
        yield f"chat_tools {row['chat_tools']!r} is none of {', '.join(CHAT_TOOLS)}"
    if not any(row.get(api) for api in ("chat", "completions", "responses")):
        yield "it speaks no API"
    if row.get("max_output", 0) > row.get("context_window", float("inf")):
        yield "max_output is larger than context_window"
    if (retired or retires) and "dates_source" not in row:
        yield "dates_source is missing"
    if retired and retires:
        yield "it can't have both retired and retires"
    if retired and retired > row["checked"]:
        yield "retired is later than checked: it should be retires"
    if retires and retires <= row["checked"]:
        yield "retires is past: it should be retired"
    for key in ("source", "dates_source"):
        if not row.get(key, "https://").startswith("https://"):
            yield f"{key} is no https address"


MODELS = read((Path(__file__).parent / "models.toml").read_text(encoding="utf-8"))
"""Every model of models.toml, in its order: the course's first."""
