"""What the API refuses in the parameters of a function: no object, not strict where it says so, nothing that fits.

>>> parameters = {"type": "object", "properties": {"code": {"type": "string", "pattern": "(?=a)b"}}}
>>> next(of_parameters({"name": "find", "parameters": parameters}, "tools[0].function")).message
"Invalid schema for function 'find': In context=('properties', 'code'), 'pattern' must be a pattern that RE2 takes."
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from playground import strict
from simulator.refusals import Refusal, wrong_type
from simulator.schema_values import Filler


def of_parameters(function: Mapping[str, Any], path: str) -> Iterator[Refusal]:
    """Give what is wrong with a function's parameters; that they are an object of JSON was checked."""
    name, parameters, kept = function.get("name"), function.get("parameters"), function.get("strict")
    if kept is not None and not isinstance(kept, bool):
        yield wrong_type(f"{path}.strict", "a boolean", kept)
    if not parameters:
        return
    found = _wrong(json.dumps(parameters, ensure_ascii=False), bool(kept))
    if found:
        said = f"Invalid schema for function '{name}': {found}"
        yield Refusal(400, said, param=f"{path}.parameters", code="invalid_function_parameters")


@lru_cache(maxsize=256)
def _wrong(written: str, kept: bool) -> str | None:
    """Find what is wrong with a schema; the same functions come with each request, so the last 256 are remembered."""
    parameters: dict[str, Any] = json.loads(written)
    if parameters.get("type") != "object":
        return f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{parameters.get('type')}\"'."
    if kept:
        problem = next(strict.problems(parameters), None)
        if problem:
            return str(problem)
        stuck = Filler(parameters).unsatisfiable
        if stuck is not None:
            return str(strict.Problem(stuck, "", "no value can satisfy this schema."))
    # Not at the top: jsonschema takes longer to load than all the rest of the simulator.
    from simulator.valid_values import fitting

    return fitting(parameters).problem
