"""Where something stands in a JSON document, written as in JavaScript: tools[0].function.name. It reads no file.

>>> steps('tools[0].function.parameters.properties["e-mail"].description')
('tools', 0, 'function', 'parameters', 'properties', 'e-mail', 'description')
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"(?:[^\W\d]|\$)[\w$]*\Z")
_STEP = re.compile(r'\.?((?:[^\W\d]|\$)[\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]')

Step = str | int


def under(path: str, step: Step) -> str:
    """Name a member of what stands at a path.

    >>> under(under("tools", 0), "e-mail")
    'tools[0]["e-mail"]'
    """
    if isinstance(step, int):
        return f"{path}[{step}]"
    if not (step.isidentifier() or _PLAIN.match(step)):
        return f"{path}[{json.dumps(step, ensure_ascii=False)}]"
    return f"{path}.{step}" if path else step


def steps(path: str) -> tuple[Step, ...]:
    """Take a path apart.

    Raises: ValueError when it is none.
    """
    found: list[Step] = []
    at = 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise ValueError(f"{path!r} is no path: it can't be read from {path[at:]!r} on")
        name, number, quoted = match.groups()
        found.append(name if name is not None else int(number) if number is not None else json.loads(quoted))
        at = match.end()
    return tuple(found)


def without(document: Any, path: str) -> Any:
    """Copy a document and leave out what stands at a path; where nothing stands there, give it back as it is.

    >>> without({"a": [1, 2], "b": 3}, "a[0]")
    {'a': [2], 'b': 3}
    """
    return _without(document, steps(path))


def _without(document: Any, way: tuple[Step, ...]) -> Any:
    if not way:
        return document
    step, *rest = way
    if isinstance(document, Mapping) and step in document:
        changed = {key: value for key, value in document.items() if rest or key != step}
        return changed | {step: _without(document[step], tuple(rest))} if rest else changed
    if isinstance(document, list | tuple) and isinstance(step, int) and step < len(document):
        inner = [_without(document[step], tuple(rest))] if rest else []
        return [*document[:step], *inner, *document[step + 1 :]]
    return document
