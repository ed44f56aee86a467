"""Answers as cards, side by side, with parts marked: new, where it was cut, what was left out. It compares nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.scripted import scripted
from components.wording import _
from playground.language import mark

KINDS = {
    "new": mark("different"),
    "cut": mark("cut here"),
    "rest": mark("left out"),
}
"""Kind of a marked part -> what a screen reader says before it."""

Part = tuple[str, str]
"""Text and its kind; an empty kind is plain text."""


@dataclass(frozen=True)
class Card:
    """One answer: a title above it, its parts, facts below it."""

    title: str
    parts: tuple[Part, ...]
    facts: str = ""
    failed: bool = False


_COMPONENT = scripted("answer_view", '<div class="answers"></div>')


def draw(columns: Sequence[tuple[str, str, Sequence[Card]]], key: str) -> None:
    """Draw columns of cards: each column has a heading, a line of facts and its cards."""
    _COMPONENT(
        key=key,
        data={
            "columns": [
                {"heading": heading, "facts": facts, "cards": [_data(card) for card in cards]}
                for heading, facts, cards in columns
            ],
            "kinds": {kind: _(said) for kind, said in KINDS.items()},
        },
    )


def _data(card: Card) -> dict[str, object]:
    return {"title": card.title, "parts": card.parts, "facts": card.facts, "failed": card.failed}
