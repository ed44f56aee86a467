"""What the functions page can be filled with: questions that show one thing each. It sends nothing.

>>> EXAMPLES["agent"].settings()["max_steps"]
10
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playground.language import mark


@dataclass(frozen=True)
class Example:
    """A question and the settings that go with it."""

    title: str
    """Marked for translation."""
    question: str
    dialect: str = "functions"
    tools: tuple[str, ...] = ("get_current_weather",)
    again: bool = False
    max_steps: int = 2
    choice: str = ""
    parallel: str = ""

    def settings(self) -> dict[str, object]:
        """The page's settings, by their names."""
        return {
            "question": self.question,
            "dialect": self.dialect,
            "tools": list(self.tools),
            "again": self.again,
            "max_steps": self.max_steps,
            "choice": self.choice,
            "parallel": self.parallel,
        }


EXAMPLES: Mapping[str, Example] = {
    "course": Example(mark("The course"), "What's the weather like in Seoul?"),
    "two": Example(
        mark("Two cities at once"), "What's the weather like in Seoul and Paris?", "tools", again=True, max_steps=10
    ),
    "agent": Example(
        mark("An agent: three functions in turn"),
        "What's the weather like in Seoul, what time is it there, and what is 12 * (3 + 4)?",
        "tools",
        ("get_current_weather", "get_current_time", "calculator"),
        again=True,
        max_steps=10,
        parallel="false",
    ),
    "circles": Example(
        mark("A loop that would never end"),
        "What's the weather like in Seoul?",
        "tools",
        again=True,
        max_steps=4,
        choice="required",
    ),
}
"""Name -> example, the course's first."""
