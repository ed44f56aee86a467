"""How a model is shown the functions of a request: as TypeScript. It counts nothing and checks no schema.

OpenAI documents none of this. Both layouts were fitted to prompt tokens that the API reported: "2023" is what
gpt-4-0613 was shown for `functions`, "2024" is what servers write for `tools` since gpt-3.5-turbo-0125.

>>> print(section([{"name": "now", "description": "Tell the time"}]))
# Tools
<BLANKLINE>
## functions
<BLANKLINE>
namespace functions {
<BLANKLINE>
// Tell the time
type now = () => any;
<BLANKLINE>
} // namespace functions
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from playground.language import mark
from playground.ledger_rules import Layout
from playground.prompt_text import Certainty, Owner, Piece, pieces_of
from playground.schemas import Schema, Unknown, mapping
from playground.typescript import Writer
from playground.typescript_2023 import Writer2023
from playground.typescript_notes import comment

HEAD = "# Tools\n\n## functions\n\nnamespace functions {\n\n"
FOOT = "} // namespace functions"

Dialect = Literal["functions", "tools"]


def section(functions: Sequence[Schema], layout: Layout = "2024") -> str:
    """Write the part of the system message that lists the functions."""
    return HEAD + "".join(declaration(function, layout) + "\n\n" for function in functions) + FOOT


def declaration(function: Schema, layout: Layout = "2024") -> str:
    """Write one function as a TypeScript type.

    >>> declaration({"name": "add", "parameters": {"type": "object", "properties": {"a": {"type": "number"}}}})
    'type add = (_: { a?: number }) => any;'
    """
    return "".join(piece.text for piece in pieces(function, "", layout)[0])


def pieces(
    function: Schema, where: str, layout: Layout, why: str = "tools", end: str = ""
) -> tuple[tuple[Piece, ...], tuple[Unknown, ...]]:
    """Write one function, and say of each piece where it comes from; and list what can't be written."""
    parameters = mapping(function.get("parameters"))
    place = f"{where}.parameters" if where else "parameters"
    writer = Writer2023(why) if layout == "2023" else Writer(why, parameters, place)
    certainty: Certainty = "exact" if layout == "2023" else "fitted"
    offered: Owner = (mark("function offered"), where, certainty, why)
    comment(writer.said, function, where, layout, offered)
    name = function.get("name")
    if not isinstance(name, str):
        name = ""
        writer.unknown.append(Unknown(where, mark("a function without a name")))
    writer.said.append((offered, f"type {name} = ("))
    if mapping(parameters.get("properties")):
        writer.said.append((offered, "_: "))
        if layout == "2024":
            comment(writer.said, parameters, place, layout, offered)
        writer.object(parameters, place, offered)
    writer.said.append((offered, f") => any;{end}"))
    return tuple(pieces_of(writer.said)), tuple(writer.unknown)


def of_request(body: Mapping[str, Any]) -> tuple[list[Schema], Dialect]:
    """List the functions that a request offers, and the dialect it does so in; tools win when both are there."""
    tools = body.get("tools")
    if isinstance(tools, list | tuple) and tools:
        return [mapping(mapping(tool).get("function")) for tool in tools], "tools"
    functions = body.get("functions")
    return [mapping(one) for one in functions] if isinstance(functions, list | tuple) else [], "functions"


def path_of(dialect: Dialect, number: int) -> str:
    """Name the place of a function in the request.

    >>> path_of("tools", 0), path_of("functions", 0)
    ('tools[0].function', 'functions[0]')
    """
    return f"tools[{number}].function" if dialect == "tools" else f"functions[{number}]"
