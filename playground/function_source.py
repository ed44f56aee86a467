"""The source of a function with everything of this program that it needs: constants, other functions, imports.

>>> from playground.arithmetic import calculate
>>> source = source_of([calculate])
>>> source.startswith("import ast"), "_FUNCTIONS" in source, "from playground" in source
(True, True, False)
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

OURS = "playground"


@dataclass
class _Gathered:
    imports: dict[str, None] = field(default_factory=dict)
    texts: dict[tuple[str, int], str] = field(default_factory=dict)
    modules: list[str] = field(default_factory=list)


def source_of(functions: Iterable[Callable[..., Any]]) -> str:
    """Write the functions so that they run on their own: what they use of their modules, before them, and no more."""
    found = _Gathered()
    for function in functions:
        plain = inspect.unwrap(function)
        _gather(plain.__module__, plain.__name__, found)
    ordered = sorted(found.texts.items(), key=lambda item: (found.modules.index(item[0][0]), item[0][1]))
    imports = sorted(found.imports, key=lambda line: (line.startswith("from "), line))
    return "\n".join(imports) + "\n\n\n" + "\n\n\n".join(text for _place, text in ordered)


def _gather(module: str, name: str, found: _Gathered) -> None:
    source = inspect.getsource(importlib.import_module(module))
    tree = ast.parse(source)
    node = next((each for each in tree.body if name in _defined(each)), None)
    if node is None:
        return
    if isinstance(node, ast.Import | ast.ImportFrom):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == OURS:
            _gather(str(node.module), name, found)
        else:
            alias = next(each for each in node.names if (each.asname or each.name.split(".")[0]) == name)
            one = ast.Import([alias]) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, [alias], 0)
            found.imports[ast.unparse(one)] = None
        return
    place = module, node.lineno
    if place in found.texts:
        return
    found.texts[place] = ast.get_source_segment(source, node) or ""
    for used in sorted({each.id for each in ast.walk(node) if isinstance(each, ast.Name)}):
        if used != name:
            _gather(module, used, found)
    # A module comes after those that it takes something from.
    if module not in found.modules:
        found.modules.append(module)


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [each.asname or each.name.split(".")[0] for each in names]
    return []
