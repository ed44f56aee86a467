"""A tool out of a plain typed Python function: its schema is read from signature and docstring. It runs no function.

>>> def greet(name: str, times: int = 1) -> str:
...     '''Greet somebody.
...
...     Args:
...         name: Whom to greet.
...     '''
...     return f"Hello {name}. " * times
>>> tool = tool_from_function(greet)
>>> tool.description, tool.parameters["properties"]["name"], tool.parameters["required"]
('Greet somebody.', {'type': 'string', 'description': 'Whom to greet.'}, ['name'])
>>> tool.function(name="Kim", times=2)
'Hello Kim. Hello Kim. '
"""

import dataclasses
import functools
import inspect
import json
import re
import types
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from playground.json_schema import misfits
from playground.tools import Tool

_PLAIN: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
    list: {"type": "array"},
    dict: {"type": "object"},
}
_JSON_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_ARGUMENT = re.compile(r"^\s+(\w+)(?: \([^)]*\))?: (.+)$|^\s*:param (?:[^:]* )?(\w+): (.+)$")
_SECTION = re.compile(
    r"^\s*(Args|Arguments|Parameters|Returns|Raises|Yields|Examples?):\s*$|^\s*:(param|returns?|raises)\b"
)


def tool_from_function(function: Callable[..., Any], *, name: str = "", description: str = "") -> Tool:
    """Describe a function to a model. What it returns is passed on as text, or written as JSON.

    Raises: TypeError when a parameter can't be described, or can't be given by its name.
    """
    signature = inspect.signature(function)
    hints = get_type_hints(function, include_extras=True)
    said, told = _docstring(inspect.getdoc(function) or "")
    properties: dict[str, Any] = {}
    for parameter in signature.parameters.values():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise TypeError(f"{function.__name__}: a model gives arguments by name, so *{parameter.name} can't be told")
        schema = schema_of(hints.get(parameter.name, Any))
        if parameter.name in told:
            schema = schema | {"description": told[parameter.name]}
        if parameter.default not in (parameter.empty, None):
            schema = schema | {"default": _plain(parameter.default)}
        properties[parameter.name] = schema
    needed = [one.name for one in signature.parameters.values() if one.default is one.empty]

    @functools.wraps(function)
    def call(**arguments: Any) -> str:
        given = {name: read(hints.get(name, Any), value) for name, value in arguments.items()}
        result = function(**given)
        return result if isinstance(result, str) else json.dumps(_plain(result), ensure_ascii=False)

    parameters = {"type": "object", "properties": properties, "required": needed}
    return Tool(name or function.__name__, description or said, parameters, call)


def schema_of(annotation: Any) -> dict[str, Any]:
    """Write a type as a JSON Schema.

    >>> schema_of(list[Literal["a", "b"]])
    {'type': 'array', 'items': {'type': 'string', 'enum': ['a', 'b']}}
    >>> schema_of(int | None)
    {'anyOf': [{'type': 'integer'}, {'type': 'null'}]}
    """
    if annotation in _PLAIN:
        return dict(_PLAIN[annotation])
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        notes = [note for note in inner[1:] if isinstance(note, str)]
        return schema_of(inner[0]) | ({"description": notes[0]} if notes else {})
    if origin is Literal:
        return _choices(list(inner))
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(each) for each in inner]}
    if origin in (list, Sequence):
        return {"type": "array", "items": schema_of(inner[0])}
    if origin in (dict, Mapping) and inner[0] is str:
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choices([member.value for member in annotation])
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        hints = get_type_hints(annotation, include_extras=True)
        fields = dataclasses.fields(annotation)
        needed = [each.name for each in fields if each.default is each.default_factory is dataclasses.MISSING]
        properties = {each.name: schema_of(hints[each.name]) for each in fields}
        return {"type": "object", "properties": properties, "required": needed}
    raise TypeError(f"{annotation!r} can't be described to a model")


def read(annotation: Any, value: Any) -> Any:
    """Turn a value of JSON into what the annotation asks for: a member of an Enum, a dataclass, lists of them."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return read(inner[0], value)
    if origin in (Union, types.UnionType):
        fitting = (each for each in inner if not misfits(value, schema_of(each)))
        return read(next(fitting, Any), value)
    if origin in (list, Sequence):
        return [read(inner[0], each) for each in value]
    if origin in (dict, Mapping):
        return {key: read(inner[1], each) for key, each in value.items()}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation(value)
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        hints = get_type_hints(annotation, include_extras=True)
        return annotation(**{name: read(hints[name], each) for name, each in value.items()})
    return value


def _choices(values: list[Any]) -> dict[str, Any]:
    types_ = list(dict.fromkeys(_JSON_NAMES[type(value)] for value in values))
    return {"type": types_[0] if len(types_) == 1 else types_, "enum": values}


def _plain(value: Any) -> Any:
    """Write a value of Python as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(each) for key, each in vars(value).items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _docstring(text: str) -> tuple[str, dict[str, str]]:
    """Cut a docstring into what the function does, and what is said of its arguments."""
    lines = text.splitlines()
    cut = next((at for at, line in enumerate(lines) if _SECTION.match(line)), len(lines))
    said = " ".join(" ".join(lines[:cut]).split())
    told = {}
    for line in lines[cut:]:
        if match := _ARGUMENT.match(line):
            told[match[1] or match[3]] = (match[2] or match[4]).strip()
    return said, told
