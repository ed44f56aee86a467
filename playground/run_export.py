"""A run to take along: a Python script, a LangChain agent, a notebook, its JSON. It runs nothing and holds no key.

The script sends what the run sent: the same JSON but for the ids of calls, and nulls that the SDK adds to a message.
What a person answered in the run is in it; a request that was changed by hand on the way is not, the first one is.
"""

import json
import pprint
from collections.abc import Mapping, Sequence
from typing import Any

from playground.custom_tools import filled
from playground.function_source import source_of
from playground.loop import Dialect, dialect_of
from playground.messages import Body
from playground.staged_run import StagedRun
from playground.tools import GET_CURRENT_WEATHER, GET_CURRENT_WEATHER_UNIT_BY_GET, Tool

_RUN = '''
ANSWERS = {answers}
"""Request and place of a call -> what a person answered; None where nobody did."""


def run(request, place, name, arguments):
    """Run what the model asked for; what goes wrong becomes a text that the model can read."""
    if (request, place) in ANSWERS:
        return ANSWERS[request, place]
    if name not in FUNCTIONS:
        return f"Error: there is no function named '{{name}}'."
    try:
        return FUNCTIONS[name](**json.loads(arguments))
    except Exception as error:
        return f"Error: {{name}} raised {{type(error).__name__}}: {{error}}"
'''

_LOOP = """
client = OpenAI(base_url={base_url})  # the key: OPENAI_API_KEY of the environment
body = {body}
messages = {messages}

for number in range({max_steps}):
    response = client.chat.completions.create(messages=messages, **body)
    message = response.choices[0].message
    print(response.usage.prompt_tokens, "+", response.usage.completion_tokens, "tokens")
    if not message.{calls}:
        print(message.content)
        break
    messages.append(message)
{answers}{again}"""

_CALLS: Mapping[Dialect, str] = {"functions": "function_call", "tools": "tool_calls"}

_ANSWERS: Mapping[Dialect, str] = {
    "functions": """\
    call = message.function_call
    print(call.name, call.arguments)
    output = run(number, 0, call.name, call.arguments)
    if output is not None:
        messages.append({"role": "function", "name": call.name, "content": output})
""",
    "tools": """\
    for place, call in enumerate(message.tool_calls):
        print(call.function.name, call.function.arguments)
        output = run(number, place, call.function.name, call.function.arguments)
        if output is not None:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": output})
""",
}
"""How a program of each dialect answers the calls."""

_BARE = """
    # The course sends no functions a second time: the model can then only answer in words.
    for name in ("functions", "function_call", "tools", "tool_choice", "parallel_tool_calls"):
        body.pop(name, None)
"""

_LANGCHAIN = """
tools = [
    StructuredTool.from_function(
        func=FUNCTIONS[told["name"]],
        name=told["name"],
        description=told["description"],
        args_schema=told["parameters"],
    )
    for told in {definitions}
]
model = ChatOpenAI(model={model}, base_url={base_url})  # the key: OPENAI_API_KEY of the environment
agent = create_agent(model, tools)
result = agent.invoke({{"messages": {messages}}}, {{"recursion_limit": {limit}}})
for message in result["messages"]:
    message.pretty_print()
"""


def as_script(run: StagedRun, body: Body, base_url: str) -> str:
    """Write the run as a program with OpenAI's SDK. body: its first request."""
    return "".join(_script_parts(run, body, base_url))


def _script_parts(run: StagedRun, body: Body, base_url: str) -> tuple[str, str, str, str]:
    rest = {key: value for key, value in body.items() if key != "messages"}
    offered = "functions" in body or "tools" in body
    dialect = dialect_of(body) if offered else run.dialect
    return (
        "from openai import OpenAI\n",
        _functions(run.tools),
        _RUN.format(answers=_literal(_answers(run))),
        _LOOP.format(
            base_url=json.dumps(base_url),
            body=_literal(rest),
            messages=_literal(body.get("messages", [])),
            max_steps=run.max_steps,
            calls=_CALLS[dialect],
            answers=_ANSWERS[dialect],
            again="" if run.send_functions_again else _BARE.lstrip("\n"),
        ),
    )


def as_langchain(run: StagedRun, body: Body, base_url: str) -> str:
    """Write the run as an agent of LangChain 1, which speaks `tools` and sends them with every request."""
    imports = (
        "from langchain.agents import create_agent\n"
        "from langchain_core.tools import StructuredTool\n"
        "from langchain_openai import ChatOpenAI\n"
    )
    definitions = [
        {"name": tool.name, "description": tool.description, "parameters": tool.parameters} for tool in run.tools
    ]
    return (
        imports
        + _functions(run.tools)
        + _LANGCHAIN.format(
            definitions=_literal(definitions),
            model=json.dumps(body.get("model", ""), ensure_ascii=False),
            base_url=json.dumps(base_url),
            messages=_literal(body.get("messages", [])),
            limit=2 * run.max_steps + 1,
        )
    )


def as_notebook(run: StagedRun, body: Body, base_url: str) -> dict[str, Any]:
    """Write the script as a notebook (nbformat 4.5) that asks for the key and keeps it out of the file."""
    imports, functions, answers, loop = _script_parts(run, body, base_url)
    key = (
        "%pip install -q openai\n\nimport os\nfrom getpass import getpass\n\n"
        'if "OPENAI_API_KEY" not in os.environ:\n    os.environ["OPENAI_API_KEY"] = getpass("OpenAI API key: ")\n'
    )
    cells = [
        {"cell_type": "markdown", "id": "question", "metadata": {}, "source": _lines(f"# {run.question}\n")},
        *(
            {
                "cell_type": "code",
                "execution_count": None,
                "id": name,
                "metadata": {},
                "outputs": [],
                "source": _lines(text.strip("\n") + "\n"),
            }
            for name, text in (("key", key), ("functions", imports + functions), ("answers", answers), ("loop", loop))
        ),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def as_json(run: StagedRun) -> dict[str, Any]:
    """Write what was sent, what came, and what the functions gave."""
    return {
        "question": run.question,
        "dialect": run.dialect,
        "tools": [tool.definition for tool in run.tools],
        "stop": run.stop,
        "steps": [
            {
                "number": step.number,
                "started": step.exchange.started.isoformat(),
                "duration_ms": round(step.exchange.duration_ms, 1),
                "simulated": step.exchange.simulated,
                "status": step.exchange.status,
                "request": step.exchange.request,
                "response": step.exchange.response,
                "results": [
                    {"call_id": one.call_id, "name": one.name, "output": one.output if one.sent else None}
                    for one in step.results
                ],
            }
            for step in run.steps
        ],
    }


def _answers(run: StagedRun) -> dict[tuple[int, int], str | None]:
    """What somebody else than a function answered."""
    found: dict[tuple[int, int], str | None] = {}
    for at, step in enumerate(run.steps):
        for place, result in enumerate(step.results):
            if run.how(at, place).who in ("person", "error", "nobody") or result.fault in (
                "late",
                "misfit",
                "not_json",
            ):
                found[at, place] = result.output if result.sent else None
    return found


def _functions(tools: Sequence[Tool]) -> str:
    """Write the functions, and the table in which they are found by name."""
    python = [tool for tool in tools if not tool.written]
    templates = [tool for tool in tools if tool.written]
    wanted = [
        tool.function if tool.name != GET_CURRENT_WEATHER.name else GET_CURRENT_WEATHER.function for tool in python
    ]
    source = source_of([*wanted, *([filled] if templates else [])]) if wanted or templates else ""
    lines = [source if "import json\n" in source else "import json\n" + source, "", "", "FUNCTIONS = {"]
    for tool in python:
        call = tool.name
        if tool.function is GET_CURRENT_WEATHER_UNIT_BY_GET.function:
            call = f"lambda location, unit=None: {tool.name}(location=location, unit=unit)"
        lines.append(f"    {_literal(tool.name)}: {call},")
    for tool in templates:
        template = "" if tool.by_person else tool.written
        lines.append(f"    {_literal(tool.name)}: lambda **arguments: filled({_literal(template)}, arguments),")
    return "\n".join([*lines, "}", ""])


def _literal(value: Any) -> str:
    """Write a value as Python does, over several lines where it is long."""
    return pprint.pformat(value, width=110, sort_dicts=False)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
