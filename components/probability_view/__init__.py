"""An answer coloured by how likely each token was: with a mark and a number, alternatives on hover or focus."""

from collections.abc import Sequence

from components.difference_view import spelled
from components.scripted import scripted
from components.wording import _
from playground.sampling import Alternative, Position

STEPS = (0.9, 0.6, 0.3, 0.1)
"""Probabilities at which the colour changes: from certain to unlikely."""
SHOWN = 1500
"""Tokens drawn at most."""

_COMPONENT = scripted(
    "probability_view",
    '<div class="legend"></div><div class="answer" role="listbox" tabindex="-1"></div>'
    '<div class="inspector" aria-live="polite"></div>',
)


def draw(positions: Sequence[Position], key: str, chosen: int) -> int:
    """Draw the answer; answers the number of the token that the visitor chose last."""
    result = _COMPONENT(
        key=key,
        data={
            "tokens": [_data(each) for each in positions[:SHOWN]],
            "chosen": chosen,
            "label": _("The answer, token by token"),
            "none": _("The server named no alternatives here."),
            "legend": [_legend(step) for step in range(len(STEPS) + 1)],
            "place": _("Token {n}").replace("{n}", "%n"),
        },
        on_chosen_change=lambda: None,
    )
    found = getattr(result, "chosen", None)
    return found if isinstance(found, int) and 0 <= found < len(positions) else chosen


def name(alternative: Alternative) -> str:
    """A token as text, its spaces and line breaks visible; bytes of half a character in hex."""
    return spelled(bytes(alternative.bytes or alternative.token.encode("utf-8", "replace")))


def percent(probability: float) -> str:
    """A probability for a reader.

    >>> percent(0.971), percent(0.0004), percent(1.0)
    ('97 %', '<0.1 %', '100 %')
    """
    share = probability * 100
    if share < 0.1:
        return "<0.1 %"
    return f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"


def step(probability: float) -> int:
    """Which colour a probability has: 0 is certain, the last unlikely."""
    return sum(probability < each for each in STEPS)


def _data(position: Position) -> dict[str, object]:
    return {
        "text": name(position.chosen),
        "percent": percent(position.chosen.probability),
        "step": step(position.chosen.probability),
        "others": [[name(each), percent(each.probability), each.probability] for each in position.alternatives],
    }


def _legend(number: int) -> str:
    if number == 0:
        return _("over {n} %").format(n=round(STEPS[0] * 100))
    if number == len(STEPS):
        return _("under {n} %").format(n=round(STEPS[-1] * 100))
    return _("over {n} %").format(n=round(STEPS[number] * 100))
