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
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Tool:
    """A function, and what the model is told about it."""

    name: str
    description: str
    parameters: dict[str, Any]
    """JSON Schema of the arguments, an object."""
    function: Callable[..., str]
    """Takes the arguments by name and returns the text that the model reads."""

    @property
    def definition(self) -> dict[str, Any]:
        """What the model is told, as an entry of `functions`; within `tools` it stands under "function"."""
        return {"name": self.name, "description": self.description, "parameters": self.parameters}

    @property
    def source(self) -> str:
        """The function as it is written in the program."""
        return inspect.getsource(self.function)


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


def run_tool(tool: Tool | None, call_id: str, name: str, arguments: str) -> ToolResult:
    """Run the tool that was looked up for a call; None says that there is no such function.

    The look-up is the caller's, so that a KeyError inside a function is never taken for an unknown function. The
    arguments are the model's text: they may be no JSON, or may not fit.
    """
    started = time.perf_counter()
    try:
        output, error = _call(tool, name, arguments), None
    except _Refused as refused:
        error = str(refused)
        output = f"Error: {error}"
    return ToolResult(call_id, name, output, error, (time.perf_counter() - started) * 1000)


def _parse(tool: Tool, arguments: str) -> dict[str, Any]:
    """Read the model's arguments and check them against the tool's schema, its top level only."""
    try:
        parsed = json.loads(arguments)
    except (ValueError, RecursionError) as error:
        raise _Refused(f"the arguments of {tool.name} are not JSON: {error or 'nested too deeply'}.") from error
    if not isinstance(parsed, dict):
        raise _Refused(f"the arguments of {tool.name} must be a JSON object.")
    properties = tool.parameters.get("properties", {})
    for name in tool.parameters.get("required", []):
        if name not in parsed:
            raise _Refused(f"{tool.name} needs the argument '{name}'.")
    for name, value in parsed.items():
        if name not in properties:
            raise _Refused(f"{tool.name} has no argument '{name}'; it has {', '.join(properties) or 'none'}.")
        if not _fits(value, properties[name]):
            raise _Refused(f"the argument '{name}' of {tool.name} must be {_wanted(properties[name])}.")
    return parsed


class _Refused(Exception):
    """A call that gave no result; its text is for the model. run_tool turns it into a ToolResult."""


def _call(tool: Tool | None, name: str, arguments: str) -> str:
    if tool is None:
        raise _Refused(f"there is no function named '{name}'.")
    parsed = _parse(tool, arguments)
    try:
        return tool.function(**parsed)
    # Whatever a function raises, the model reads it and the loop goes on.
    except Exception as error:
        raise _Refused(f"{name} raised {type(error).__name__}: {error}") from error


_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def _fits(value: Any, schema: dict[str, Any]) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    wanted = _types(schema)
    # Python's True is an int; JSON's is not.
    found = [
        name
        for name, types in _PYTHON.items()
        if isinstance(value, types) and (type(value) is not bool or name == "boolean")
    ]
    return not wanted or any(name in wanted for name in found)


def _wanted(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(choice, ensure_ascii=False) for choice in schema["enum"])
    return "of type " + " or ".join(_types(schema))


def _types(schema: dict[str, Any]) -> list[str]:
    types = schema.get("type", [])
    return [types] if isinstance(types, str) else list(types)


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
