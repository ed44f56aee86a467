"""The rail of a run's stages, one element of the page: which is shown, which can be opened. It draws no stage.

Streamlit draws each of its own elements again with every message of a run: a rail of buttons and lines, twelve for an
agent, was a third of what a step's drawing took.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from components import state
from components.scripted import scripted
from components.wording import _

_RAIL = scripted("stage_rail", "<nav class='rail'></nav>")


@dataclass(frozen=True)
class Row:
    """One stage of the rail."""

    name: str
    """What tests and scripts know it by."""
    label: str
    """Already translated."""


def stage_rail(rows: Sequence[Row], shown: int, reached: int, *, key: str) -> int:
    """Draw the rail; answers the stage to show: the one that was clicked since the last run, or `shown`.

    Stages up to `reached` can be opened.
    """
    shown = _clicked(key, reached, shown)
    _RAIL(
        key=key,
        data={
            "rows": [asdict(row) for row in rows],
            "shown": shown,
            "reached": reached,
            "label": _("Stages"),
        },
        on_open_change=lambda: None,
    )
    return shown


def _clicked(key: str, reached: int, shown: int) -> int:
    click = (state.widget(key) or {}).get("open")
    if not isinstance(click, dict) or click == state.scratch(key).get("done"):
        return shown
    # A click opens a stage once: the value stays when the run goes on.
    state.scratch(key)["done"] = click
    number = click.get("stage")
    return number if type(number) is int and 0 <= number <= reached else shown
