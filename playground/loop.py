"""Function calling: the course's six stages, the bodies they send, the loop that runs them. It opens no connection.

The model runs nothing. It says which function it wants and with which arguments; the program runs it and asks again.
Two dialects say the same: "functions" (2023, the course's: function_call, role function) and "tools" (today's:
tool_calls with ids, role tool).

>>> parse_calls({"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}})
(Call(id='', name='f', arguments='{}'),)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playground import messages as say
from playground.exchange import Exchange
from playground.language import mark
from playground.messages import Body, Message
from playground.tools import Tool, ToolResult, run_tool

Dialect = Literal["functions", "tools"]

Speaker = Literal["model", "program", "function"]


@dataclass(frozen=True)
class Stage:
    """One of the course's six steps of function calling."""

    key: str
    title: str
    """Marked for translation, as are sentence and passes."""
    sentence: str
    speaker: Speaker
    """Who acts in it."""
    listener: Speaker
    """Who hears it; the speaker itself where nothing leaves the program."""
    passes: str
    """What goes from one to the other."""


STAGES = (
    Stage(
        "define",
        mark("Define"),
        mark("Your program has a function and describes it as a JSON schema. The model never sees the code."),
        "program",
        "program",
        mark("a function and its schema"),
    ),
    Stage(
        "ask",
        mark("Ask"),
        mark("Your program sends the question together with the schema."),
        "program",
        "model",
        mark("the question and the schema"),
    ),
    Stage(
        "call",
        mark("Call"),
        mark("The model answers with no text. It names the function it wants and writes the arguments as JSON text."),
        "model",
        "program",
        mark("a name and arguments"),
    ),
    Stage(
        "run",
        mark("Run"),
        mark(
            "Your program looks the function up by its name, reads the arguments and runs it. The model runs nothing."
        ),
        "function",
        "program",
        mark("the result"),
    ),
    Stage(
        "append",
        mark("Append"),
        mark("Your program adds two messages to the conversation: the model's own, as it came, and the result."),
        "program",
        "program",
        mark("two more messages"),
    ),
    Stage(
        "answer",
        mark("Answer"),
        mark("Your program sends the conversation again, and now the model answers in words."),
        "model",
        "program",
        mark("the answer"),
    ),
)
"""The stages in their order."""


@dataclass(frozen=True)
class Call:
    """What a model asks to have run; one shape for both dialects."""

    id: str
    """Which of several tool_calls it is; a function_call has no id."""
    name: str
    arguments: str
    """JSON text, as the model wrote it: it may be wrong."""


@dataclass(frozen=True)
class Step:
    """One exchange and the results of the calls that its answer asked for."""

    number: int
    exchange: Exchange
    results: tuple[ToolResult, ...]
    """Empty when the answer asked for none, and when the loop may go no further."""


def first_body(dialect: Dialect, model: str, question: str, tool: Tool, choice: str | None = None) -> Body:
    """Build the request that asks the question and describes the tool.

    choice: None sends nothing, so that the API's default holds; "auto" and "none" are sent as they are; any other text
    names the function that must be called.

    >>> from playground.tools import GET_CURRENT_WEATHER as tool
    >>> first_body("functions", "gpt-4", "Hi", tool, "none")["function_call"]
    'none'
    >>> first_body("tools", "gpt-4", "Hi", tool, "get_current_weather")["tool_choice"]
    {'type': 'function', 'function': {'name': 'get_current_weather'}}
    """
    body: Body = {"model": model, "messages": [say.user(question)]}
    named = {"name": choice}
    if dialect == "functions":
        body["functions"] = [tool.definition]
        if choice:
            body["function_call"] = choice if choice in ("auto", "none") else named
    else:
        body["tools"] = [{"type": "function", "function": tool.definition}]
        if choice:
            body["tool_choice"] = choice if choice in ("auto", "none") else {"type": "function", "function": named}
    return body


def parse_calls(message: Message | None) -> tuple[Call, ...]:
    """Read the calls out of an assistant message, in their order; none when it is an answer in words.

    >>> parse_calls({"tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}]})
    (Call(id='a', name='f', arguments='{}'),)
    """
    message = message or {}
    calls = [_call(call.get("id"), call.get("function")) for call in message.get("tool_calls") or []]
    if message.get("function_call"):
        calls.append(_call("", message["function_call"]))
    return tuple(calls)


def _call(call_id: str | None, function: dict[str, Any] | None) -> Call:
    # Small local servers leave out what the API always sends; an empty name then becomes an error the model can read.
    function = function or {}
    return Call(call_id or "", function.get("name") or "", function.get("arguments") or "")


def append(
    messages: Sequence[Message], message: Message, results: Sequence[ToolResult], dialect: Dialect
) -> list[Message]:
    """Continue a conversation: the assistant's message as it was received, then a message for each result."""
    if dialect == "functions":
        answers = [say.function(result.name, result.output) for result in results]
    else:
        answers = [say.tool(result.call_id, result.output) for result in results]
    return [*messages, message, *answers]


def second_body(
    body: Body,
    message: Message,
    results: Sequence[ToolResult],
    dialect: Dialect,
    *,
    send_functions_again: bool = False,
) -> Body:
    """Build the request that follows a call.

    The course leaves the functions out of it, which ends the loop with this answer; an agent sends them again.
    """
    messages = append(body["messages"], message, results, dialect)
    if send_functions_again:
        return {**body, "messages": messages}
    kept = {key: value for key, value in body.items() if key not in _DESCRIPTIONS}
    return {**kept, "messages": messages}


_DESCRIPTIONS = ("functions", "function_call", "tools", "tool_choice", "parallel_tool_calls")
"""What describes the functions, and what means nothing without that."""


def dialect_of(body: Body) -> Dialect:
    """Tell which dialect a request describes its functions in.

    >>> dialect_of({"tools": []}), dialect_of({"functions": []})
    ('tools', 'functions')
    """
    return "functions" if "functions" in body else "tools"


def run_loop(
    send: Callable[[Body], Exchange],
    body: Body,
    tools: Mapping[str, Tool],
    max_steps: int = 10,
    *,
    send_functions_again: bool = False,
) -> Iterator[Step]:
    """Send, run what the model asks for, send again, until it answers in words; yield each step as it is done.

    A failed exchange is the last step. So is step max_steps: what it asks for is not run, since nobody would read it.
    """
    dialect = dialect_of(body)
    for number in range(1, max_steps + 1):
        exchange = send(body)
        message, calls = exchange.message, parse_calls(exchange.message)
        if message is None or not calls or not exchange.ok or number == max_steps:
            yield Step(number, exchange, ())
            return
        results = tuple(run_tool(tools.get(call.name), call.id, call.name, call.arguments) for call in calls)
        yield Step(number, exchange, results)
        body = second_body(body, message, results, dialect, send_functions_again=send_functions_again)
