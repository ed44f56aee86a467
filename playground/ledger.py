"""The ledger: how many prompt tokens a request costs, and where each one goes. It sends nothing and knows no prices.

The API documents none of the rules (ledger_rules.py); they were fitted to what it reported. So each entry says how sure
it is: "exact" held in every recording, "fitted" in most of them, "estimate" is the nearest rule that is known.

>>> system = {"role": "system", "content": "You are a helpful assistant."}
>>> body = {"model": "gpt-4", "messages": [system, {"role": "user", "content": "Hello! I'm John."}]}
>>> count_prompt(body).total
23
>>> count_completion({"role": "assistant", "content": "Hello John! How can I assist you today?"}, {"model": "gpt-4"})
11
>>> without(body, "messages[0]")
10
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

from playground import declarations, encodings, json_paths
from playground import ledger_rules as costs
from playground.language import mark
from playground.ledger_rules import Reason, Rules, rules_of
from playground.prompt_parts import prompt_of
from playground.prompt_text import Certainty, Piece, borders, runs, shares
from playground.schemas import Unknown, listed, mapping, text_of

Body = Mapping[str, Any]

REMEMBERED = 20_000
"""Texts of up to so many characters are remembered with their tokens, the last 256 of them."""

_SURENESS: tuple[Certainty, ...] = ("exact", "fitted", "estimate")


class Entry(NamedTuple):
    """One line of the ledger: what is counted, where it stands in the request, and what it costs."""

    what: str
    """In English, marked for translation."""
    where: str
    """JSON path in the request, such as messages[0].content; empty for what the API adds."""
    text: str
    """The text that is counted, as the model is shown it."""
    tokens: int
    certainty: Certainty
    why: Reason = costs.REASONS["messages"]


@dataclass(frozen=True)
class Ledger:
    """What a request costs, line by line."""

    entries: tuple[Entry, ...]
    unknown: tuple[Unknown, ...] = ()
    """What could not be counted, or only as something else."""
    rules: Rules = costs.CHAT_2024
    """The family of models whose rules were used."""
    known: bool = True
    """Whether the model is of that family; else it is the closest that is known."""

    @property
    def total(self) -> int:
        """The prompt tokens: the sum of the entries."""
        return sum(entry.tokens for entry in self.entries)


def count_prompt(body: Body) -> Ledger:
    """Count the prompt tokens of a request body. Odd content is counted as the JSON it is, never refused.

    Raises: TextTooLong where the tokenizer gives up.
    """
    rules, known = rules_of(text_of(body.get("model")))
    prompt = prompt_of(body)
    encoding, guessed = _read(body)
    entries = _summed(chain.from_iterable(_lines(run, encoding, guessed) for run in runs(prompt.pieces)))
    return Ledger(entries, prompt.unknown, rules, known)


def prompt_entries(body: Body) -> tuple[Entry, ...]:
    """Give the prompt in the order in which the model is shown it: the same tokens as count_prompt's, not summed up."""
    encoding, guessed = _read(body)
    entries = chain.from_iterable(_counted(run, encoding, guessed) for run in runs(prompt_of(body).pieces))
    return tuple(entry for entry in entries if entry.text or entry.tokens)


def prompt_borders(body: Body) -> tuple[tuple[int, ...], ...]:
    """List for each of prompt_entries where tokens begin in its text, in characters; nothing where nobody knows.

    >>> body = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hello there"}]}
    >>> [(entry.text, at) for entry, at in zip(prompt_entries(body), prompt_borders(body)) if entry.what == "content"]
    [('Hello there', (0, 5))]
    """
    encoding, _guessed = _read(body)
    return tuple(
        starts
        for run in runs(prompt_of(body).pieces)
        for piece, starts in zip(run, borders(run, encoding), strict=True)
        if piece.text or piece.tokens
    )


def render_prompt(body: Body) -> str:
    """Write the literal prompt that the model sees, as far as it is known.

    >>> render_prompt({"model": "gpt-4o", "messages": [{"role": "user", "name": "John", "content": "Hi"}]})
    '<|im_start|>user:John<|im_sep|>Hi<|im_end|><|im_start|>assistant<|im_sep|>'
    """
    return "".join(piece.text for piece in prompt_of(body).pieces)


def without(body: Body, path: str) -> int:
    """Count what leaving out one place of a request saves; paths are those of the entries.

    Raises: ValueError when it is no path.
    """
    return count_prompt(body).total - count_prompt(json_paths.without(body, path)).total


def count_completion(message: Mapping[str, Any], body: Body) -> int:
    """Count the completion tokens of an answer to this request, reasoning not included."""
    return count_answer(message, body).total


def count_answer(message: Mapping[str, Any], body: Body) -> Ledger:
    """Count an answer to this request line by line; the paths are the message's, and reasoning isn't in it.

    Raises: TextTooLong where the tokenizer gives up.
    """
    rules, known = rules_of(text_of(body.get("model")))
    encoding, guessed = _read(body)
    said = runs(_answered(message, body, rules))
    entries = _summed(chain.from_iterable(_counted(run, encoding, guessed) for run in said))
    return Ledger(entries, (), rules, known)


def _answered(message: Mapping[str, Any], body: Body, rules: Rules) -> Iterator[Piece]:
    known_well: Certainty = "exact" if rules.history == "2023" else "fitted"
    text = Piece(mark("content"), "content", text_of(message.get("content")), None, "exact", "answer")
    offered = bool(declarations.of_request(body)[0])
    calls: list[tuple[str, Mapping[str, Any], int, Certainty]] = [
        (f"tool_calls[{number}].function", mapping(mapping(call).get("function")), rules.call, "fitted")
        for number, call in enumerate(listed(message.get("tool_calls")))
    ]
    if function_call := mapping(message.get("function_call")):
        calls.append(("function_call", function_call, costs.FUNCTION_CALL_ANSWER, known_well))
    yield text
    if not calls:
        tokens = rules.answer_end_offered if offered else rules.answer_end
        yield Piece(mark("end of the answer"), "", "", tokens, known_well, "answer")
        return
    forced = isinstance(body.get("function_call"), Mapping) or isinstance(body.get("tool_choice"), Mapping)
    for where, function, cost, certainty in calls:
        # Nobody recorded what several calls cost together; each is counted as if it were alone.
        sure: Certainty = "estimate" if len(calls) > 1 else certainty
        why = "forced answer" if forced else "answer"
        called = Piece(mark("function called"), f"{where}.name", "", cost, sure, why)
        arguments = text_of(function.get("arguments"))
        if not forced:
            yield called
            yield called.saying(text_of(function.get("name")))
        yield Piece("", "", "", 0)
        yield Piece(mark("arguments"), f"{where}.arguments", arguments, None, sure, why)


def _read(body: Body) -> tuple[str, bool]:
    """Give the encoding of a request's model, and whether that or its rules are a guess."""
    model = text_of(body.get("model"))
    encoding, assumed = encodings.for_model(model)
    return encoding, assumed or not rules_of(model)[1]


def _lines(run: tuple[Piece, ...], encoding: str, guessed: bool) -> tuple[Entry, ...]:
    short = sum(len(piece.text) for piece in run) <= REMEMBERED
    return (_remembered if short else _counted)(run, encoding, guessed)


def _counted(run: tuple[Piece, ...], encoding: str, guessed: bool) -> tuple[Entry, ...]:
    whats, wheres, texts, _known, sures, whys = zip(*run, strict=True)
    sure = repeat("estimate") if guessed else sures
    reasons = map(costs.REASONS.__getitem__, whys)
    return tuple(map(Entry._make, zip(whats, wheres, texts, shares(run, encoding), sure, reasons, strict=False)))


# A page counts the same request anew for each letter that is typed; most of it hasn't changed since.
_remembered = lru_cache(maxsize=256)(_counted)


def _summed(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sum up what is the same thing at the same place: a frame stands before and behind its message."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = entry[:2]
        before = found.get(key)
        if before is None:
            found[key] = entry
        else:
            sure = max(before.certainty, entry.certainty, key=_SURENESS.index)
            found[key] = Entry(*key, before.text + entry.text, before.tokens + entry.tokens, sure, before.why)
    return tuple([entry for entry in found.values() if entry.tokens])
