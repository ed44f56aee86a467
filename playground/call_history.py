"""How a model is shown the calls it made earlier and what came of them. It counts nothing and runs no tool."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground import ledger_rules as costs
from playground.language import mark
from playground.ledger_rules import Rules
from playground.prompt_text import Piece
from playground.schemas import Unknown, listed, mapping, parsed, text_of, written

Message = Mapping[str, Any]
Pieces = list[Piece]


def calls_of(message: Message) -> list[Mapping[str, Any]]:
    """List the functions that an answer called, by name and arguments."""
    return [mapping(mapping(call).get("function")) for call in listed(message.get("tool_calls"))]


def results_of(messages: Sequence[Message], at: int) -> range:
    """Find the results that follow an answer's calls."""
    end = at + 1
    while end < len(messages) and messages[end].get("role") == "tool":
        end += 1
    return range(at + 1, end)


def called_by(messages: Sequence[Message], at: int) -> str:
    """Name the function whose result a message is; empty where nobody called for it."""
    wanted = messages[at].get("tool_call_id")
    for message in reversed(messages[:at]):
        for call in listed(message.get("tool_calls")):
            if mapping(call).get("id") == wanted:
                return text_of(mapping(mapping(call).get("function")).get("name"))
    return ""


class History:
    """Writes the calls of one family of models, and keeps a list of what can't be written."""

    def __init__(self, rules: Rules) -> None:
        self.unknown: list[Unknown] = []
        self._rules = rules

    def call(self, function: Mapping[str, Any], where: str, number: int) -> Iterator[tuple[str, Pieces, Pieces]]:
        """Write one call: where it stands, the head of its message, and its text."""
        of_2023 = self._rules.history == "2023"
        why = "call 2023" if of_2023 else "call"
        name, arguments = text_of(function.get("name")), text_of(function.get("arguments"))
        if not name:
            self.unknown.append(Unknown(where, mark("a call without a function")))
        called = Piece(mark("function called"), f"{where}.name", "", None, "fitted", why)
        head = [Piece(mark("role"), where, "assistant", costs.ROLE, "fitted", why)]
        written_ = Piece(mark("arguments"), f"{where}.arguments", arguments, None, "fitted", why)
        if of_2023:
            head += [called._replace(text=" to=functions.", tokens=costs.CALL_TO_2023), called.saying(name)]
            yield where, head, [written_]
            return
        if number == 0 and self._rules.history == "single":
            head.append(called._replace(tokens=costs.FIRST_CALL_SINGLE))
        head += [called.saying(f" to=functions.{name}"), written_._replace(text="", tokens=costs.ARGUMENTS)]
        yield where, head, [written_.saying(compact(arguments))]

    def several(
        self, messages: Sequence[Message], at: int, functions: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[str, Pieces, Pieces]]:
        """Write several calls of one answer: the model sees one call of a wrapper, and one list of results."""
        of_2023 = self._rules.history == "2023"
        where = f"messages[{at}].tool_calls"
        wrapper = Piece(mark("several calls in one"), where, "", None, "fitted", "parallel")
        head = [
            Piece(mark("role"), where, "assistant", costs.ROLE, "fitted", "parallel"),
            wrapper._replace(text=costs.WRAPPER, tokens=costs.WRAPPER_TOKENS),
        ]
        if not of_2023:
            head.append(wrapper._replace(tokens=costs.ARGUMENTS))
        yield where, head, list(self._uses(functions, wrapper, where, spaced=of_2023))
        answers = results_of(messages, at)
        if not answers:
            return
        where = f"messages[{answers[0]}]"
        headed = wrapper._replace(where=where, text=costs.WRAPPER_RESULT, tokens=costs.WRAPPER_RESULT_TOKENS)
        more = [] if of_2023 else [headed._replace(text="", tokens=costs.WRAPPER_MORE)]
        texts = [wrapper._replace(where=where, text="[")]
        for number, one in enumerate(answers):
            result = written(parsed(text_of(messages[one].get("content"))), spaced=True)
            text = (", " if number else "") + result
            texts.append(Piece(mark("result"), f"messages[{one}].content", text, None, "fitted", "parallel"))
        yield where, [headed, *more], [*texts, wrapper._replace(where=where, text="]")]

    def _uses(
        self, functions: Sequence[Mapping[str, Any]], wrapper: Piece, where: str, *, spaced: bool
    ) -> Iterator[Piece]:
        blank = " " if spaced else ""
        yield wrapper.saying(f'{{"tool_uses":{blank}[')
        for number, function in enumerate(functions):
            place = f"{where}[{number}].function"
            name, arguments = text_of(function.get("name")), text_of(function.get("arguments"))
            if not name:
                self.unknown.append(Unknown(place, mark("a call without a function")))
            before = f",{blank}" if number else ""
            quoted = json.dumps(f"functions.{name}", ensure_ascii=False)
            called = f'{before}{{"recipient_name":{blank}{quoted},{blank}"parameters":{blank}'
            yield Piece(mark("function called"), f"{place}.name", called, None, "fitted", "parallel")
            # In 2023 arguments are shown as the model wrote them.
            shown = arguments if spaced else written(parsed(arguments))
            yield Piece(mark("arguments"), f"{place}.arguments", shown + "}", None, "fitted", "parallel")
        yield wrapper.saying("]}")

    def result(self, messages: Sequence[Message], at: int) -> Pieces:
        """Write the head of a result's message."""
        where = f"messages[{at}].tool_call_id"
        of_2023 = self._rules.history == "2023"
        name = called_by(messages, at)
        if not name:
            self.unknown.append(Unknown(f"messages[{at}]", mark("a result that no call asked for")))
        result = Piece(mark("result of"), where, name, None, "fitted", "call 2023" if of_2023 else "result")
        return [result] if of_2023 else [result._replace(text="functions.", tokens=costs.RESULT_OF), result]


def compact(arguments: str) -> str:
    """Write arguments anew without blanks; what is no JSON stays as it is."""
    given = parsed(arguments)
    return arguments if isinstance(given, str) else written(given)
