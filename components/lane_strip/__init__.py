"""The lanes of a function call: Model, Program, Function; who speaks to whom, what passes. It knows no run."""

from components.scripted import scripted
from components.wording import _
from playground.language import mark
from playground.stages import Stage

NAMES = {"model": mark("Model"), "program": mark("Program"), "function": mark("Function")}
"""Lane -> its name, from left to right."""

_COMPONENT = scripted("lane_strip", '<div class="lanes" role="img"></div>')


def draw(stage: Stage, key: str) -> None:
    """Draw the strip for one stage."""
    names = {lane: _(name) for lane, name in NAMES.items()}
    passes = _(stage.passes)
    if stage.speaker == stage.listener:
        spoken = _("{speaker}: {what}").format(speaker=names[stage.speaker], what=passes)
    else:
        spoken = _("{speaker} to {listener}: {what}").format(
            speaker=names[stage.speaker], listener=names[stage.listener], what=passes
        )
    lanes = list(NAMES)
    _COMPONENT(
        key=key,
        data={
            "names": [names[lane] for lane in lanes],
            "speaker": lanes.index(stage.speaker),
            "listener": lanes.index(stage.listener),
            "passes": passes,
            "label": spoken,
        },
    )
