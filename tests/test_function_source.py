import json
from typing import Any

from playground.builtin_tools import BUILT_IN
from playground.function_source import source_of


def test_what_every_function_needs_runs_on_its_own_and_no_name_is_defined_twice() -> None:
    source = source_of([tool.function for tool in BUILT_IN.values()])
    space: dict[str, Any] = {}

    exec(source, space)

    assert json.loads(space["calculator"]("2 * 21"))["result"] == 42
    assert json.loads(space["get_current_weather"]("Seoul"))["unit"] == "celsius"
    tops = [line.split("(")[0].split(":")[0].split(" =")[0] for line in source.splitlines() if line[:1].strip()]
    names = [line.removeprefix("def ") for line in tops if line.isidentifier() or line.startswith("def ")]
    assert len(names) == len(set(names))
