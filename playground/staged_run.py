"""StagedRun: a run of function calling that stands still after each stage. loop.py runs to the end instead.

The six stages of the course, and for a longer run call, run and append once more for each further request. A run is a
value: advance() answers the next one and leaves the old one as it was.

>>> from playground.tools import GET_CURRENT_WEATHER
>>> run = StagedRun("What's the weather like in Seoul?", "functions", (GET_CURRENT_WEATHER,))
>>> run.key, sorted(run.opening("gpt-4")), [place.key for place in run.rail]
('define', ['functions', 'messages', 'model'], ['define', 'ask', 'call', 'run', 'append', 'answer'])
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from playground.call_answers import RUN, Answer, answer
from playground.exchange import Exchange
from playground.loop import Call, Dialect, Step, Stop, dialect_of, first_body, second_body, stop_of
from playground.messages import Body
from playground.run_cost import dollars
from playground.stages import STAGES
from playground.tools import Tool

KEYS = tuple(stage.key for stage in STAGES)
COURSE_STEPS = 2
"""Requests of the course's run."""


class Place(NamedTuple):
    """A stage of a run: which one, and of which step."""

    key: str
    step: int


@dataclass(frozen=True)
class StagedRun:
    """What a run is about, and how far it has come."""

    question: str
    dialect: Dialect
    tools: tuple[Tool, ...]
    send_functions_again: bool = False
    choice: str | None = None
    """What the first request says of calling: nothing, "auto", "none", "required", or the name of the function."""
    parallel: bool | None = None
    max_steps: int = COURSE_STEPS
    """Requests at most."""
    cap: Decimal | None = None
    """Dollars after which nothing more is sent; simulated requests count by the price that they would have."""
    reached: int = 0
    """Index of the last stage that was done."""
    steps: tuple[Step, ...] = ()
    answers: Mapping[tuple[int, int], Answer] = field(default_factory=dict)
    """Step and place of a call -> who answers it, where it isn't the function."""
    edited: Body | None = None
    """The next request, if somebody changed it."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The stages that this run has for certain."""
        found = [Place("define", 0), Place("ask", 0)]
        for at in range(len(self.steps)):
            stop = self.stop_at(at)
            if at == 0 and stop != "failed":
                found.append(Place("call", at))
            elif at:
                found.append(Place("answer" if stop else "call", at))
            if stop is None:
                found += [Place("run", at), Place("append", at)]
        return tuple(found)

    @property
    def rail(self) -> tuple[Place, ...]:
        """The same, then those of the six that may come yet."""
        last = self.places[-1]
        left = KEYS[KEYS.index(last.key) + 1 :]
        return (*self.places, *(Place(key, last.step) for key in left))

    @property
    def key(self) -> str:
        """Key of the stage that was reached."""
        return self.places[self.reached].key

    def stop_at(self, at: int) -> Stop | None:
        """Say why the run ends with a step; None while it goes on."""
        stop = stop_of(self.steps[at], self.max_steps)
        if stop is None and self.cap is not None:
            spent = dollars(self.steps[: at + 1])
            return "held" if spent is not None and spent >= self.cap else None
        return stop

    @property
    def stop(self) -> Stop | None:
        """Why the run has ended; None while it may go on."""
        return self.stop_at(len(self.steps) - 1) if self.steps and self.reached == len(self.places) - 1 else None

    @property
    def failed(self) -> bool:
        """Whether the exchange of the stage that was reached brought no answer; advance() sends it again."""
        return self.stop == "failed"

    @property
    def finished(self) -> bool:
        """Whether no stage is left."""
        return self.stop is not None and not self.failed

    @property
    def sends_next(self) -> bool:
        """Whether the next stage sends a request."""
        return not self.finished and (self.failed or self.key in ("define", "append"))

    @property
    def waits(self) -> bool:
        """Whether a person has still to answer a call of the stage that was reached."""
        key, at = self.places[self.reached]
        asked = [self.how(at, place) for place in range(len(self.calls(at)))] if key == "run" else []
        return any(how.who == "person" and not how.text for how in asked)

    def how(self, at: int, place: int) -> Answer:
        """Who answers a call: whom somebody chose, else the function, or the person who described it."""
        called = self.calls(at)[place].name
        by_person = any(tool.by_person for tool in self.tools if tool.name == called)
        return self.answers.get((at, place), Answer("person") if by_person else RUN)

    def calls(self, at: int = 0) -> tuple[Call, ...]:
        """What the model asked for in a step."""
        return self.steps[at].calls if at < len(self.steps) else ()

    def opening(self, model: str) -> Body:
        """The first request as the settings have it."""
        return first_body(self.dialect, model, self.question, self.tools, self.choice, parallel=self.parallel)

    def following(self, at: int = 0) -> Body:
        """The request after a step's results as the settings have it."""
        step = self.steps[at]
        return second_body(
            step.exchange.request,
            step.exchange.message or {},
            step.results,
            dialect_of(step.exchange.request),
            send_functions_again=self.send_functions_again,
        )

    def next_body(self, model: str) -> Body:
        """What will be sent next: as somebody changed it, or as the settings have it."""
        if self.edited is not None:
            return self.edited
        done = len(self.steps) - (1 if self.failed else 0)
        return self.following(done - 1) if done else self.opening(model)


def advance(run: StagedRun, send: Callable[[Body], Exchange], model: str) -> StagedRun:
    """Do the next stage; one whose exchange failed is done again. A finished run stays as it is."""
    if run.finished:
        return run
    if run.sends_next:
        kept = run.steps[:-1] if run.failed else run.steps
        exchange = send(run.next_body(model))
        after = replace(run, steps=(*kept, Step(len(kept) + 1, exchange)))
        # What was changed is kept for another try.
        edited = None if exchange.ok else run.edited
        return replace(after, reached=run.reached + (not run.failed), edited=edited)
    if run.key == "call":
        run = _answered(run, run.places[run.reached].step)
    return replace(run, reached=run.reached + 1)


def advance_a_step(
    run: StagedRun,
    send: Callable[[Body], Exchange],
    model: str,
    keep: Callable[[StagedRun], None] = lambda run: None,
) -> StagedRun:
    """Do stage after stage until a request was sent and its answer is there, or a person has to answer a call.

    keep: is told each stage, so that nothing is done twice when a request can't be sent.
    """
    while True:
        sends = run.sends_next
        run = advance(run, send, model)
        keep(run)
        if sends or run.finished or run.waits:
            return run


def advance_to_the_end(run: StagedRun, send: Callable[[Body], Exchange], model: str) -> StagedRun:
    """Do stage after stage until the answer is there, an exchange fails, a person is asked, or the limit is reached."""
    run = advance(run, send, model)
    while not (run.finished or run.failed or run.waits):
        run = advance(run, send, model)
    return run


def answer_by(run: StagedRun, at: int, place: int, how: Answer) -> StagedRun:
    """Choose who answers a call; if it was answered already, this answer counts and what came after is undone."""
    chosen = {key: value for key, value in run.answers.items() if key != (at, place)}
    run = replace(run, answers={**chosen, (at, place): how})
    return _back_to_the_run(run, at, only=place)


def call_with(run: StagedRun, tool: Tool) -> StagedRun:
    """Put another tool in place of the one of its name; where that ran already, this one is run and the rest undone."""
    run = replace(run, tools=tuple(tool if each.name == tool.name else each for each in run.tools))
    called = (at for at in range(len(run.steps)) if any(call.name == tool.name for call in run.calls(at)))
    first = next(called, None)
    return run if first is None else _back_to_the_run(run, first)


def choose_calling(run: StagedRun, choice: str | None) -> StagedRun:
    """Choose what the first request says of calling; a run that asked already begins again."""
    return begun_again(replace(run, choice=choice))


def begun_again(run: StagedRun) -> StagedRun:
    """The same run before its first request."""
    return replace(run, reached=0, steps=(), answers={}, edited=None)


def send_again(run: StagedRun, again: bool, at: int = 0) -> StagedRun:
    """Choose whether further requests carry the functions; those after a step that were sent already are undone."""
    run = replace(run, send_functions_again=again, steps=run.steps[: at + 1], edited=None)
    return replace(run, reached=min(run.reached, len(run.places) - 1))


def go_on(run: StagedRun, max_steps: int) -> StagedRun:
    """Allow a run that came to its limit more requests."""
    return replace(run, max_steps=max_steps, cap=None if run.stop == "held" else run.cap)


def edit(run: StagedRun, body: Body | None) -> StagedRun:
    """Change the next request; None takes it as the settings have it."""
    return replace(run, edited=body)


def _back_to_the_run(run: StagedRun, at: int, only: int | None = None) -> StagedRun:
    """Answer a step's calls anew if they were answered, and undo what came after them."""
    place = next((number for number, place in enumerate(run.places) if place == ("run", at)), None)
    if place is None or run.reached < place:
        return run
    return replace(_answered(replace(run, steps=run.steps[: at + 1], edited=None), at, only), reached=place)


def _answered(run: StagedRun, at: int, only: int | None = None) -> StagedRun:
    step, tools = run.steps[at], {tool.name: tool for tool in run.tools}
    results = tuple(
        step.results[place]
        if only not in (None, place) and place < len(step.results)
        else answer(tools.get(call.name), call, run.how(at, place))
        for place, call in enumerate(step.calls)
    )
    return replace(run, steps=(*run.steps[:at], replace(step, results=results)))
