"""Who answers a model's call: the function, a person, an error, the function late, or nobody. It sends nothing.

>>> from playground.loop import Call
>>> from playground.tools import GET_CURRENT_WEATHER
>>> call = Call("call_1", "get_current_weather", '{"location": "Seoul"}')
>>> answer(GET_CURRENT_WEATHER, call, Answer("person", "It rains.")).output
'It rains.'
>>> answer(GET_CURRENT_WEATHER, call, Answer("nobody")).sent
False
"""

import time
from dataclasses import dataclass, replace
from typing import Any, Literal

from playground.language import mark
from playground.loop import Call
from playground.tools import LIMIT_S, Tool, ToolResult, run_tool

Who = Literal["function", "person", "error", "late", "nobody"]

WHO: dict[str, str] = {
    "function": mark("Run it"),
    "person": mark("I type the answer"),
    "error": mark("Answer with an error"),
    "late": mark("Answer late"),
    "nobody": mark("Do not answer"),
}
"""Who answers -> what that is called, marked for translation."""

ERROR = "the service is not available"
LATEST_S = 10


@dataclass(frozen=True)
class Answer:
    """Who answers a call, and with what."""

    who: Who = "function"
    text: str = ""
    """What a person answers; what an error says."""
    seconds: float = 2.0
    """How much later the function is run."""


RUN = Answer()


def answer(tool: Tool | None, call: Call, how: Answer, limit_s: float = LIMIT_S) -> ToolResult:
    """Answer a call. Later than limit_s the function has no answer, like any function that hangs."""
    match how.who:
        case "person":
            return ToolResult(call.id, call.name, how.text, None, 0.0)
        case "error":
            said = how.text or ERROR
            return ToolResult(call.id, call.name, f"Error: {said}", said, 0.0, "told")
        case "nobody":
            return ToolResult(call.id, call.name, "", None, 0.0, sent=False)
        case "late" if tool:
            return run_tool(late(tool, how.seconds), call.id, call.name, call.arguments, limit_s)
    return run_tool(tool, call.id, call.name, call.arguments, limit_s)


def late(tool: Tool, seconds: float) -> Tool:
    """Make a tool that does the same, some seconds later."""

    def wait(**arguments: Any) -> str:
        time.sleep(min(max(seconds, 0.0), LATEST_S))
        return tool.function(**arguments)

    return replace(tool, function=wait)
