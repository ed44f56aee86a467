"""Ready-made settings for the parameters page, and links that carry settings. A link never holds a key or a base URL.

>>> query = to_query("Hi", "gpt-4", {"temperature": 0.3, "stop": ["."]})
>>> query
{'prompt': 'Hi', 'model': 'gpt-4', 'temperature': '0.3', 'stop': '["."]'}
>>> from_query(query).values
{'temperature': 0.3, 'stop': ['.']}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.errors import PlaygroundError
from playground.language import mark
from playground.parameters import PARAMETERS
from playground.typed_json import read, write


@dataclass(frozen=True)
class Preset:
    """Settings under a name."""

    title: str
    sentence: str
    """What they are good for, marked for translation."""
    values: Mapping[str, Any]


PRESETS: Mapping[str, Preset] = {
    "precise": Preset(
        mark("Precise"),
        mark("The likeliest token every time: for facts, code, data."),
        {"temperature": 0, "seed": 1},
    ),
    "balanced": Preset(
        mark("Balanced"),
        mark("A little calmer than the default: for answers to people."),
        {"temperature": 0.7},
    ),
    "creative": Preset(
        mark("Creative"),
        mark("Rarer tokens, and less of what was said already: for ideas and names."),
        {"temperature": 1.3, "presence_penalty": 0.6},
    ),
}

LONGEST_NAME = 100
"""Characters of a model's name in a link."""


@dataclass(frozen=True)
class Link:
    """What a link asks a page to be filled with."""

    prompt: str | None = None
    system: str | None = None
    model: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Names of parameters whose values are no JSON."""


def to_query(prompt: str, model: str, values: Mapping[str, Any], system: str = "") -> dict[str, str]:
    """Write settings as the names and texts of a link; values as JSON, so that a text stays a text."""
    texts = {"prompt": prompt} | ({"system": system} if system else {}) | {"model": model}
    return texts | {name: write(value) for name, value in values.items() if name in PARAMETERS}


def from_query(query: Mapping[str, str]) -> Link:
    """Read the settings of a link; names that mean nothing here are left aside."""
    values, unread = {}, []
    for name, text in query.items():
        if name in PARAMETERS:
            try:
                values[name] = read(text)
            except PlaygroundError:
                unread.append(name)
    model = (query.get("model") or "").strip()[:LONGEST_NAME] or None
    return Link(query.get("prompt"), query.get("system"), model, values, tuple(unread))
