"""A comparison: one request at several values of one parameter, each several times, in threads. It draws nothing.

Whoever starts it gives the senders, one for each thread; a sender is not shared. A failed call stays in its place, and
the others go on. What was cancelled keeps the answers that are whole; a stream that was left is no answer.

>>> asked = Comparison("n", (1, 2), ({"n": 1}, {"n": 2}), repetitions=2)
>>> asked.total, asked.done, asked.running
(4, 0, False)
"""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from playground.exchange import Exchange
from playground.messages import Body

VALUES_AT_LEAST, VALUES_AT_MOST = 2, 6
REPETITIONS_AT_MOST = 10
THREADS = 4
"""Calls at once: more would meet the rate limit of a small account."""
LONGEST = 2000
"""Words of an answer that are compared one by one; a longer one is marked as a whole."""

Sender = Callable[[Body, Callable[[], bool]], Exchange]
"""Sends a body and waits for its answer; leaves a stream as soon as it is told that nobody waits any more."""


@dataclass(frozen=True)
class Answer:
    """One choice of one response."""

    text: str
    finish_reason: str | None
    exchange: Exchange


@dataclass(frozen=True)
class Column:
    """What one value of the parameter gave."""

    value: Any
    answers: tuple[Answer, ...] = ()
    failures: tuple[Exchange, ...] = field(default=())

    @property
    def distinct(self) -> tuple[tuple[str, int], ...]:
        """Each different answer with how often it came, the commonest first."""
        counts: dict[str, int] = {}
        for answer in self.answers:
            counts[answer.text] = counts.get(answer.text, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: -item[1]))

    @property
    def diversity(self) -> float | None:
        """Share of answers that are different: 0 when all are alike, 1 when none is; None for fewer than two."""
        answered = len(self.answers)
        return (len(self.distinct) - 1) / (answered - 1) if answered > 1 else None

    @property
    def calls(self) -> tuple[Exchange, ...]:
        """The exchanges that were answered, each once."""
        return tuple({id(answer.exchange): answer.exchange for answer in self.answers}.values())

    @property
    def characters(self) -> float:
        """Mean length of an answer."""
        return _mean([len(answer.text) for answer in self.answers])

    @property
    def tokens(self) -> float | None:
        """Mean completion tokens of an answer; None when no response tells its usage."""
        told = [call.usage.completion_tokens for call in self.calls if call.usage]
        return sum(told) / len(self.answers) if told and len(told) == len(self.calls) else None

    @property
    def milliseconds(self) -> float:
        """Mean time of a call."""
        return _mean([call.duration_ms for call in self.calls])

    @property
    def reasons(self) -> tuple[str, ...]:
        """The finish_reasons, each once."""
        return tuple(sorted({str(answer.finish_reason) for answer in self.answers}))


class Comparison:
    """The calls of a comparison while they run, and their results in order."""

    def __init__(self, parameter: str, values: Sequence[Any], bodies: Sequence[Body], repetitions: int) -> None:
        self.parameter, self.values, self.repetitions = parameter, tuple(values), repetitions
        self._bodies = tuple(bodies)
        self._results: list[Exchange | None] = [None] * (len(values) * repetitions)
        # Value by value in turns, so that a cancelled comparison has something of each.
        self._waiting = [value * repetitions + turn for turn in range(repetitions) for value in range(len(values))]
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, senders: Sequence[Sender]) -> None:
        """Send the calls, as many at once as there are senders; returns at once."""
        self._threads = [threading.Thread(target=self._work, args=(send,), daemon=True) for send in senders]
        for thread in self._threads:
            thread.start()

    def cancel(self) -> None:
        """Begin no further call and leave the streams under way; the answers that are whole are kept."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, but no longer than this."""
        for thread in self._threads:
            thread.join(seconds)

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled before its end."""
        return self._stop.is_set() and self.done < self.total

    @property
    def total(self) -> int:
        """How many calls there are to make."""
        return len(self._results)

    @property
    def done(self) -> int:
        """How many calls have ended."""
        return sum(result is not None for result in self._results)

    @property
    def running(self) -> bool:
        """Whether answers are waited for."""
        return not self._stop.is_set() and any(thread.is_alive() for thread in self._threads)

    def columns(self) -> tuple[Column, ...]:
        """Group what has come so far by the value of the parameter."""
        each = self.repetitions
        return tuple(
            _column(value, [result for result in self._results[at * each : (at + 1) * each] if result])
            for at, value in enumerate(self.values)
        )

    def _work(self, send: Sender) -> None:
        while not self._stop.is_set():
            with self._lock:
                if not self._waiting:
                    return
                place = self._waiting.pop(0)
            exchange = send(self._bodies[place // self.repetitions], self._stop.is_set)
            if not (self._stop.is_set() and exchange.outcome == "closed"):
                self._results[place] = exchange


def _column(value: Any, exchanges: Sequence[Exchange]) -> Column:
    answers, failures = [], []
    for exchange in exchanges:
        found = [
            Answer(said(choice), choice.get("finish_reason"), exchange)
            for choice in exchange.choices
            if exchange.error is None
        ]
        answers += found
        if not found:
            failures.append(exchange)
    return Column(value, tuple(answers), tuple(failures))


def said(choice: dict[str, Any]) -> str:
    """The text of a choice, of either endpoint; empty when it has none.

    >>> said({"message": {"content": "Hi"}}), said({"text": "Ho"}), said({"message": None})
    ('Hi', 'Ho', '')
    """
    message = choice.get("message")
    text = message.get("content") if isinstance(message, dict) else choice.get("text")
    return text if isinstance(text, str) else ""


def marked(text: str, reference: str) -> tuple[tuple[str, bool], ...]:
    """Cut a text into parts, each with whether it differs from a reference, word by word.

    >>> marked("The sea is wide.", "The sea is deep.")
    (('The sea is ', False), ('wide.', True))
    """
    new, old = re.findall(r"\s*\S+|\s+", text), re.findall(r"\s*\S+|\s+", reference)
    if text == reference or not text:
        return ((text, False),) if text else ()
    if max(len(new), len(old)) > LONGEST:
        return ((text, True),)
    parts: list[tuple[str, bool]] = []
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        words = "".join(new[start:end])
        space = words[: len(words) - len(words.lstrip())]
        for piece, differs in ((space, False), (words[len(space) :], kind != "equal")):
            if piece and parts and parts[-1][1] == differs:
                parts[-1] = (parts[-1][0] + piece, differs)
            elif piece:
                parts.append((piece, differs))
    return tuple(parts)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
