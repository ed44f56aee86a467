"""StagedRun: a run of function calling that stands still after each of the six stages. loop.py runs to the end instead.

A run is a value: advance() answers the next one and leaves the old one as it was.

>>> from playground.tools import GET_CURRENT_WEATHER
>>> run = StagedRun("What's the weather like in Seoul?", "functions", GET_CURRENT_WEATHER)
>>> run.key, sorted(run.opening("gpt-4"))
('define', ['functions', 'messages', 'model'])
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from playground.exchange import Exchange
from playground.loop import STAGES, Call, Dialect, first_body, parse_calls, second_body
from playground.messages import Body
from playground.tools import Tool, ToolResult, run_tool

KEYS = tuple(stage.key for stage in STAGES)


@dataclass(frozen=True)
class StagedRun:
    """How far a run has come, and what it has so far."""

    question: str
    dialect: Dialect
    tool: Tool
    send_functions_again: bool = False
    choice: str | None = None
    """What the first request says of calling: nothing, "auto", "none", or the name of the function."""
    reached: int = 0
    """Index of the last stage that was done."""
    first: Exchange | None = None
    results: tuple[ToolResult, ...] = ()
    second: Exchange | None = None

    @property
    def key(self) -> str:
        """Key of the stage that was reached."""
        return KEYS[self.reached]

    @property
    def calls(self) -> tuple[Call, ...]:
        """What the model asked for."""
        return parse_calls(self.first.message) if self.first else ()

    @property
    def failed(self) -> bool:
        """Whether the exchange of the stage that was reached brought no answer; advance() sends it again."""
        exchange = {"ask": self.first, "answer": self.second}.get(self.key)
        return exchange is not None and not exchange.ok

    @property
    def finished(self) -> bool:
        """Whether no stage is left: the answer is there, or the model asked for no function."""
        return (self.key == "call" and not self.calls) or (self.key == KEYS[-1] and not self.failed)

    def opening(self, model: str) -> Body:
        """The first request."""
        return first_body(self.dialect, model, self.question, self.tool, self.choice)

    @property
    def following(self) -> Body:
        """The second request; there is one once the model has asked for something."""
        assert self.first is not None
        return second_body(
            self.first.request,
            self.first.message or {},
            self.results,
            self.dialect,
            send_functions_again=self.send_functions_again,
        )


def advance(run: StagedRun, send: Callable[[Body], Exchange], model: str) -> StagedRun:
    """Do the next stage; one whose exchange failed is done again. A finished run stays as it is."""
    if run.finished:
        return run
    place = run.reached + (not run.failed)
    after = replace(run, reached=place)
    if KEYS[place] == "ask":
        return replace(after, first=send(run.opening(model)))
    if KEYS[place] == "run":
        return replace(after, results=_run_all(run))
    if KEYS[place] == "answer":
        return replace(after, second=send(run.following))
    return after


def advance_to_the_end(run: StagedRun, send: Callable[[Body], Exchange], model: str) -> StagedRun:
    """Do stage after stage until the answer is there or an exchange fails."""
    run = advance(run, send, model)
    while not run.finished and not run.failed:
        run = advance(run, send, model)
    return run


def call_with(run: StagedRun, tool: Tool) -> StagedRun:
    """Use another tool; if one was run already, run this one instead and undo what came after."""
    run = replace(run, tool=tool)
    if run.reached < KEYS.index("run"):
        return run
    return replace(run, reached=KEYS.index("run"), results=_run_all(run), second=None)


def choose_calling(run: StagedRun, choice: str | None) -> StagedRun:
    """Choose what the first request says of calling; a run that asked already begins again."""
    return StagedRun(run.question, run.dialect, run.tool, run.send_functions_again, choice)


def send_again(run: StagedRun, again: bool) -> StagedRun:
    """Choose whether the second request carries the functions; one that was sent already is undone."""
    return replace(run, send_functions_again=again, reached=min(run.reached, KEYS.index("append")), second=None)


def _run_all(run: StagedRun) -> tuple[ToolResult, ...]:
    tools = {run.tool.name: run.tool}
    return tuple(run_tool(tools.get(call.name), call.id, call.name, call.arguments) for call in run.calls)
