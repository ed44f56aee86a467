"""The course's six stages of function calling: what happens in each, who speaks to whom. They know no run.

>>> [stage.title for stage in STAGES]
['Define', 'Ask', 'Call', 'Run', 'Append', 'Answer']
"""

from dataclasses import dataclass
from typing import Literal

from playground.language import mark

Speaker = Literal["model", "program", "function"]


@dataclass(frozen=True)
class Stage:
    """One of the course's six steps of function calling."""

    key: str
    title: str
    """Marked for translation, as are sentence and passes."""
    sentence: str
    speaker: Speaker
    """Who acts in it."""
    listener: Speaker
    """Who hears it; the speaker itself where nothing leaves the program."""
    passes: str
    """What goes from one to the other."""


STAGES = (
    Stage(
        "define",
        mark("Define"),
        mark("Your program has a function and describes it as a JSON schema. The model never sees the code."),
        "program",
        "program",
        mark("a function and its schema"),
    ),
    Stage(
        "ask",
        mark("Ask"),
        mark("Your program sends the question together with the schema."),
        "program",
        "model",
        mark("the question and the schema"),
    ),
    Stage(
        "call",
        mark("Call"),
        mark("The model answers with no text. It names the function it wants and writes the arguments as JSON text."),
        "model",
        "program",
        mark("a name and arguments"),
    ),
    Stage(
        "run",
        mark("Run"),
        mark(
            "Your program looks the function up by its name, reads the arguments and runs it. The model runs nothing."
        ),
        "function",
        "program",
        mark("the result"),
    ),
    Stage(
        "append",
        mark("Append"),
        mark("Your program adds two messages to the conversation: the model's own, as it came, and the result."),
        "program",
        "program",
        mark("two more messages"),
    ),
    Stage(
        "answer",
        mark("Answer"),
        mark("Your program sends the conversation again, and now the model answers in words."),
        "model",
        "program",
        mark("the answer"),
    ),
)
"""The stages in their order."""
