"""Tools: functions that a model may ask for, and what came of running one. It talks to no model; loop.py does that.

Only functions of this program are run. Whatever goes wrong with one becomes a text that the model can read:

>>> result = run_tool(GET_CURRENT_WEATHER, "call_1", "get_current_weather", '{"location": "Seoul"}')
>>> result.output
'{"location": "Seoul", "temperature": "25", "unit": "celsius", "forecast": ["sunny", "windy"]}'
>>> run_tool(GET_CURRENT_WEATHER, "call_2", "get_current_weather", "{}").output
"Error: get_current_weather needs the argument 'location'."
"""

import inspect
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from playground.json_schema import Misfit, misfits

LIMIT_S = 5.0
"""Seconds that a function may take."""

Fault = Literal["unknown", "not_json", "misfit", "raised", "late", "told"]
"""unknown: no function of this name. not_json: the arguments are none. misfit: they break the schema. raised, late: the
function raised, or took too long. told: a person answered with an error instead."""


@dataclass(frozen=True)
class Tool:
    """A function, and what the model is told about it."""

    name: str
    description: str
    parameters: dict[str, Any]
    """JSON Schema of the arguments, an object."""
    function: Callable[..., str]
    """Takes the arguments by name and returns the text that the model reads."""
    strict: bool = False
    """Whether the model is held to the schema; only `tools` know the word."""
    written: str = ""
    """What stands in place of the source where the function is no Python of this program."""
    by_person: bool = False
    """Whether a person answers each call."""

    @property
    def definition(self) -> dict[str, Any]:
        """What the model is told, as an entry of `functions`; within `tools` it stands under "function"."""
        told: dict[str, Any] = {"name": self.name, "description": self.description, "parameters": self.parameters}
        return told | {"strict": True} if self.strict else told

    @property
    def source(self) -> str:
        """The function as it is written in the program."""
        return self.written or inspect.getsource(self.function)


@dataclass(frozen=True)
class ToolResult:
    """What came of one call that a model asked for."""

    call_id: str
    """The id of the call among tool_calls; empty for a function_call, which has none."""
    name: str
    output: str
    """The text for the model; it begins with "Error: " when there is an error."""
    error: str | None
    duration_ms: float
    fault: Fault | None = None
    """What kind of error it is."""
    sent: bool = True
    """Whether the model is answered at all; if it isn't, the API refuses the next request with a tool call."""


def run_tool(tool: Tool | None, call_id: str, name: str, arguments: str, limit_s: float = LIMIT_S) -> ToolResult:
    """Run the tool that was looked up for a call; None says that there is no such function.

    The look-up is the caller's, so that a KeyError inside a function is never taken for an unknown function. The
    arguments are the model's text: they may be no JSON, or may not fit; the function sees them only if they do.
    """
    started = time.perf_counter()
    output, error, fault = "", None, None
    try:
        output = _call(tool, name, arguments, limit_s)
    except _Refused as refused:
        error, fault = str(refused), refused.fault
        output = f"Error: {error}"
    return ToolResult(call_id, name, output, error, (time.perf_counter() - started) * 1000, fault)


class _Refused(Exception):
    """A call that gave no result; its text is for the model. run_tool turns it into a ToolResult."""

    def __init__(self, fault: Fault, said: str) -> None:
        super().__init__(said)
        self.fault: Fault = fault


def _call(tool: Tool | None, name: str, arguments: str, limit_s: float) -> str:
    if tool is None:
        raise _Refused("unknown", f"there is no function named '{name}'.")
    parsed = _parse(tool, arguments)
    outputs: list[str] = []
    raised: list[BaseException] = []

    def work() -> None:
        try:
            outputs.append(tool.function(**parsed))
        # A door where foreign things happen: it is raised again below, or told to the model.
        except BaseException as error:  # noqa: BLE001
            raised.append(error)

    # Python can't end a thread; one that hangs is left behind and its result is read by nobody.
    thread = threading.Thread(target=work, name=f"function {name}", daemon=True)
    thread.start()
    thread.join(limit_s)
    if outputs:
        return outputs[0]
    if not raised:
        raise _Refused("late", f"{name} gave no answer within {limit_s:g} seconds.")
    error = raised[0]
    if not isinstance(error, Exception):
        raise error
    # Whatever a function raises, the model reads it and the loop goes on.
    raise _Refused("raised", f"{name} raised {type(error).__name__}: {error}") from error


def _parse(tool: Tool, arguments: str) -> dict[str, Any]:
    """Read the model's arguments and hold them against the tool's schema."""
    try:
        parsed = json.loads(arguments)
    except (ValueError, RecursionError) as error:
        said = f"the arguments of {tool.name} are not JSON: {error or 'nested too deeply'}."
        raise _Refused("not_json", said) from error
    if not isinstance(parsed, dict):
        raise _Refused("misfit", f"the arguments of {tool.name} must be a JSON object.")
    for misfit in misfits(parsed, tool.parameters):
        raise _Refused("misfit", _in_words(misfit, tool, parsed))
    properties = tool.parameters.get("properties", {})
    for name in parsed:
        # Python takes no argument that its function doesn't know, whatever a schema leaves open.
        if name not in properties and not tool.written:
            raise _Refused("misfit", f"{tool.name} has no argument '{name}'; it has {', '.join(properties) or 'none'}.")
    return parsed


def _in_words(misfit: Misfit, tool: Tool, parsed: dict[str, Any]) -> str:
    """Say to the model what it has to mend."""
    argument = f"the argument '{misfit.where}' of {tool.name}" if misfit.where else f"the arguments of {tool.name}"
    match misfit.keyword:
        case "required" if not misfit.where:
            missing = next((name for name in misfit.expected if name not in parsed), "")
            return f"{tool.name} needs the argument '{missing}'."
        case "additionalProperties" if not misfit.where and misfit.expected is False:
            properties = tool.parameters.get("properties", {})
            extra = next((name for name in parsed if name not in properties), "")
            return f"{tool.name} has no argument '{extra}'; it has {', '.join(properties) or 'none'}."
        case "enum":
            choices = ", ".join(json.dumps(choice, ensure_ascii=False) for choice in misfit.expected)
            return f"{argument} must be one of {choices}."
        case "type":
            types = [misfit.expected] if isinstance(misfit.expected, str) else misfit.expected
            return f"{argument} must be of type {' or '.join(types)}."
    return f"{argument}: {misfit.message[:300]}."


def get_current_weather(location: str, unit: str | None = "celsius") -> str:
    """Get the current weather in a given location."""
    weather = {
        "location": location,
        "temperature": "25",
        "unit": unit,
        "forecast": ["sunny", "windy"],
    }
    return json.dumps(weather, ensure_ascii=False)


GET_CURRENT_WEATHER = Tool(
    name="get_current_weather",
    description="Get the current weather in a given location",
    parameters={
        "type": "object",
        "properties": {
            "location": {"type": "string", "description": "The city and state, e.g. Seoul"},
            "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        },
        "required": ["location"],
    },
    function=get_current_weather,
)
"""The course's function, called with the arguments that the model gave: an absent unit is "celsius"."""


def _unit_by_get(location: str, unit: str | None = None) -> str:
    return get_current_weather(location=location, unit=unit)


GET_CURRENT_WEATHER_UNIT_BY_GET = replace(GET_CURRENT_WEATHER, function=_unit_by_get)
"""Called as in the course's code, `unit=function_args.get("unit")`: an absent unit is None, and null in the result."""
