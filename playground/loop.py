"""Function calling: the bodies that are sent, the calls that are read, the loop to the end. It opens no connection.

The model runs nothing. It says which function it wants and with which arguments; the program runs it and asks again.
Two dialects say the same: "functions" (2023, the course's: function_call, role function) and "tools" (today's:
tool_calls with ids, role tool).

>>> parse_calls({"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": "{}"}})
(Call(id='', name='f', arguments='{}'),)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from playground import messages as say
from playground.exchange import Exchange
from playground.messages import Body, Message
from playground.stages import STAGES as STAGES
from playground.stages import Stage as Stage
from playground.tools import Tool, ToolResult, run_tool

Dialect = Literal["functions", "tools"]

Stop = Literal["answer", "failed", "max_steps", "held"]
"""Why a run ends: the model answered in words; the exchange failed; it asks for more than is allowed, in requests, or
by whoever watches the loop."""

CHOICES = ("auto", "none", "required")
"""What a request may say of calling; any other word names a function. Only `tools` know "required"."""


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
    results: tuple[ToolResult, ...] = ()
    """Empty when the answer asked for none, and when the loop may go no further."""
    stop: Stop | None = None
    """Why the loop ends with this step; None while it goes on."""

    @property
    def calls(self) -> tuple[Call, ...]:
        """What the model asked for."""
        return parse_calls(self.exchange.message) if self.exchange.ok else ()


class Sends(Protocol):
    """A client, as client.connect() opens one."""

    def send(self, body: Body) -> Any:
        """Send a body; the answer has its .exchange."""


def first_body(
    dialect: Dialect,
    model: str,
    question: str,
    tools: Tool | Sequence[Tool],
    choice: str | None = None,
    *,
    parallel: bool | None = None,
) -> Body:
    """Build the request that asks the question and describes the tools.

    choice: None sends nothing, so that the API's default holds; one of CHOICES is sent as it is; any other text names
    the function that must be called. parallel: whether one answer may hold several calls; None sends nothing.

    >>> from playground.tools import GET_CURRENT_WEATHER as tool
    >>> first_body("functions", "gpt-4", "Hi", tool, "none")["function_call"]
    'none'
    >>> first_body("tools", "gpt-4", "Hi", tool, "get_current_weather")["tool_choice"]
    {'type': 'function', 'function': {'name': 'get_current_weather'}}
    """
    body: Body = {"model": model, "messages": [say.user(question)]}
    offered = [tools] if isinstance(tools, Tool) else list(tools)
    if offered and dialect == "functions":
        # Strictness came with tools; of a function of 2023 the API would refuse the word.
        body["functions"] = [
            {key: value for key, value in tool.definition.items() if key != "strict"} for tool in offered
        ]
    elif offered:
        body["tools"] = [{"type": "function", "function": tool.definition} for tool in offered]
    if choice and dialect == "functions":
        body["function_call"] = choice if choice in CHOICES else {"name": choice}
    elif choice:
        body["tool_choice"] = choice if choice in CHOICES else {"type": "function", "function": {"name": choice}}
    if parallel is not None and dialect == "tools":
        body["parallel_tool_calls"] = parallel
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
    sent = [result for result in results if result.sent]
    if dialect == "functions":
        answers = [say.function(result.name, result.output) for result in sent]
    else:
        answers = [say.tool(result.call_id, result.output) for result in sent]
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
    client: Sends | Callable[[Body], Exchange],
    body: Body,
    tools: Mapping[str, Tool],
    max_steps: int = 10,
    *,
    send_functions_again: bool = False,
    may_go_on: Callable[[Sequence[Step]], bool] = lambda steps: True,
) -> Iterator[Step]:
    """Send, run what the model asks for, send again, until it answers in words; yield each step as it is done.

    client: what connect() opens, or a function that sends a body. The last step says why it is the last: `stop`. What
    it asks for is then not run, since nobody would read it. may_go_on: asked with all steps before a call is run; a cap
    on what is spent says no.
    """
    send: Callable[[Body], Exchange] = client if callable(client) else lambda body: client.send(body).exchange
    dialect = dialect_of(body)
    steps: list[Step] = []
    for number in range(1, max_steps + 1):
        step = Step(number, send(body))
        stop = stop_of(step, max_steps)
        if stop is None and not may_go_on((*steps, step)):
            stop = "held"
        if stop:
            yield Step(number, step.exchange, (), stop)
            return
        results = tuple(run_tool(tools.get(call.name), call.id, call.name, call.arguments) for call in step.calls)
        steps.append(Step(number, step.exchange, results))
        yield steps[-1]
        message = step.exchange.message or {}
        body = second_body(body, message, results, dialect, send_functions_again=send_functions_again)


def stop_of(step: Step, max_steps: int) -> Stop | None:
    """Say why a run ends with a step; None when it may go on."""
    if not step.exchange.ok or step.exchange.message is None:
        return "failed"
    if not step.calls:
        return "answer"
    return "max_steps" if step.number >= max_steps else None
