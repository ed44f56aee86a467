"""The prompt that a model is shown for a request: messages, tools, history and the start of the answer, as pieces.

It counts nothing (ledger.py does) and refuses nothing: what it doesn't know it lists.

>>> prompt = prompt_of({"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]})
>>> "".join(piece.text for piece in prompt.pieces)
'<|im_start|>user<|im_sep|>Hi<|im_end|><|im_start|>assistant<|im_sep|>'
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import answer_format, declarations
from playground import ledger_rules as costs
from playground.call_history import History, calls_of, results_of
from playground.language import mark
from playground.ledger_rules import Layout, Rules
from playground.message_content import Content
from playground.prompt_text import Certainty, Piece
from playground.schemas import Unknown, listed, mapping, text_of

SYSTEM_ROLES = ("system", "developer")
_ROLES = (*SYSTEM_ROLES, "user", "assistant", "tool", "function")
_LISTS = ("messages", "tools", "functions")


@dataclass(frozen=True)
class Prompt:
    """What a model is shown, in its order, and what of the request isn't in it because nobody knows how."""

    pieces: tuple[Piece, ...]
    unknown: tuple[Unknown, ...]


def prompt_of(body: Mapping[str, Any]) -> Prompt:
    """Write the prompt of a request."""
    writer = _Prompt(body)
    return Prompt(tuple(writer.pieces()), tuple(dict.fromkeys(writer.unknown)))


class _Prompt:
    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body
        self._model = text_of(body.get("model"))
        self._rules: Rules = costs.rules_of(self._model)[0]
        self._functions, self._dialect = declarations.of_request(body)
        self.unknown: list[Unknown] = []
        self._messages = [mapping(one) for one in listed(body.get("messages"))]
        self._history = History(self._rules)
        self._content = Content(self._model)

    def pieces(self) -> Iterator[Piece]:
        self._look_for_lists()
        section = self._section()
        system = next((at for at, one in enumerate(self._messages) if one.get("role") in SYSTEM_ROLES), None)
        if section and (system is None or self._hides_tools):
            yield from self._own_message(section)
            section = []
        joined: set[int] = set()
        for at, message in enumerate(self._messages):
            functions = calls_of(message)
            if at in joined:
                continue
            if message.get("role") == "tool":
                yield from self._message(f"messages[{at}]", self._history.result(self._messages, at), self._text(at))
                continue
            if not functions or message.get("content"):
                yield from self._said(at, section if at == system else [])
            if len(functions) > 1 and self._rules.history != "single":
                joined |= set(results_of(self._messages, at))
                for where, head, text in self._history.several(self._messages, at, functions):
                    yield from self._message(where, head, text)
                continue
            for number, function in enumerate(functions):
                place = f"messages[{at}].tool_calls[{number}].function"
                for where, head, text in self._history.call(function, place, number):
                    yield from self._message(where, head, text)
        yield from self._opening()
        self.unknown += [*self._history.unknown, *self._content.unknown]

    @property
    def _hides_tools(self) -> bool:
        return self._rules.hidden is not None and bool(self._functions)

    def _look_for_lists(self) -> None:
        for key in _LISTS:
            value = self._body.get(key)
            if value is not None and not isinstance(value, list | tuple):
                self.unknown.append(Unknown(key, mark("no list")))
        if self._body.get("messages") is None:
            self.unknown.append(Unknown("messages", mark("no list")))
        for at, one in enumerate(listed(self._body.get("messages"))):
            role = mapping(one).get("role")
            if not isinstance(one, Mapping):
                self.unknown.append(Unknown(f"messages[{at}]", mark("no message")))
            elif role not in _ROLES:
                self.unknown.append(Unknown(f"messages[{at}].role", mark("a role that the API doesn't know")))

    def _message(self, where: str, head: Iterable[Piece], text: Iterable[Piece]) -> list[Piece]:
        start, between, end = self._rules.marks
        frame = mark("frame of the message")
        return [
            Piece(frame, where, start, 1),
            *head,
            Piece(frame, where, between, 1),
            *text,
            Piece(frame, where, end, self._rules.message - 2),
        ]

    def _own_message(self, section: list[Piece]) -> Iterator[Piece]:
        where = self._dialect if self._functions else "response_format"
        hidden = self._rules.hidden if self._functions else None
        if hidden is not None:
            lone = len(self._functions) == 1 and not mapping(
                mapping(self._functions[0].get("parameters")).get("properties")
            )
            told = Piece(mark("instructions of the API"), where, "", hidden, "fitted", "hidden")
            yield from (told, told._replace(tokens=self._rules.hidden_lone if lone else 0), *section)
            return
        role = Piece(mark("role"), where, "system", costs.ROLE)
        yield from self._message(where, [role], section)

    def _said(self, at: int, section: list[Piece]) -> Iterator[Piece]:
        message, where = self._messages[at], f"messages[{at}]"
        role, name = text_of(message.get("role")), text_of(message.get("name"))
        head = [Piece(mark("role"), f"{where}.role", role)]
        named = Piece(mark("name"), f"{where}.name", name, None, "exact", "name")
        if name and (role == "function" or self._rules.name_replaces_role):
            head = [named]
        elif name:
            head.append(named.saying(f":{name}"))
        if role == "assistant":
            head += self._format_named()
        text = self._text(at)
        if function := mapping(message.get("function_call")):
            called = Piece(mark("function called"), f"{where}.function_call.name", "", None, "exact", "call 2023")
            head.append(called._replace(text=" to=functions.", tokens=costs.CALL_TO_2023))
            head.append(called.saying(text_of(function.get("name"))))
            place = f"{where}.function_call.arguments"
            arguments = Piece(mark("arguments"), place, text_of(function.get("arguments")), None, "exact", "call 2023")
            text = [*text, Piece("", "", "", 0), arguments]
        if section:
            blank = section[0].saying("\n\n")
            text = [*text, blank, *section] if any(piece.text for piece in text) else [*text, *section]
        yield from self._message(where, head, text)

    def _text(self, at: int) -> list[Piece]:
        message = self._messages[at]
        found = self._content.pieces(message.get("content"), f"messages[{at}].content")
        if refusal := message.get("refusal"):
            said = Piece(mark("content"), f"messages[{at}].refusal", text_of(refusal), None, "estimate")
            found += [Piece("", "", "", 0), said]
        return found

    def _section(self) -> list[Piece]:
        """Write what joins the system message: the tools, and the format of the answer."""
        format_ = answer_format.pieces(self._body)
        if format_ and self._rules is not costs.CHAT_2024:
            format_ = [piece._replace(certainty="estimate") for piece in format_]
        if not self._functions:
            return format_
        layout: Layout = self._rules.functions if self._dialect == "functions" else "2024"
        why = "functions" if layout == "2023" else "tools"
        certainty: Certainty = "exact" if layout == "2023" else "fitted"
        frame = Piece(mark("frame of the functions"), self._dialect, declarations.HEAD, None, certainty, why)
        found = [frame]
        for number, function in enumerate(self._functions):
            place = declarations.path_of(self._dialect, number)
            declared, unknown = declarations.pieces(function, place, layout, why, end="\n\n")
            self.unknown += unknown
            found += declared
        found.append(frame.saying(declarations.FOOT))
        if format_:
            found += (format_[0].saying("\n\n"), *format_)
        if not self._hides_tools:
            found.append(frame._replace(text="", tokens=costs.SECTION))
        return found

    def _format_named(self) -> list[Piece]:
        """Write the format that opens an answer; with tools the model is free to call one instead."""
        if self._functions or not answer_format.schema_of(self._body):
            return []
        certainty: Certainty = "fitted" if self._rules is costs.CHAT_2024 else "estimate"
        where = "response_format.json_schema.name"
        named = Piece(mark("format of the answer"), where, " format=", costs.FORMAT_NAMED, certainty, "format")
        return [named, named._replace(text=answer_format.name_of(self._body), tokens=None)]

    def _opening(self) -> Iterator[Piece]:
        rules = self._rules
        tokens = rules.priming_with_tools if self._functions else rules.priming
        opening = Piece(mark("start of the answer"), "", "", 0, "exact", "priming")
        start, between, _end = rules.marks
        yield opening._replace(text=f"{start}assistant", tokens=2)
        yield from self._format_named()
        if self._functions and rules.choices:
            yield from self._choice()
        if tokens > 2:
            yield opening._replace(text=between, tokens=tokens - 2)

    def _choice(self) -> Iterator[Piece]:
        for key in ("function_call", "tool_choice"):
            choice = self._body.get(key)
            piece = Piece(mark("choice"), key, "", None, "fitted", "choice")
            if choice == "none":
                yield piece._replace(tokens=costs.CHOICE_NONE)
            elif isinstance(choice, Mapping):
                name = text_of(mapping(choice.get("function", choice)).get("name"))
                if not name:
                    self.unknown.append(Unknown(key, mark("a choice without a function")))
                    continue
                yield piece._replace(tokens=costs.CHOICE_NAMED)
                yield piece.saying(name if key == "function_call" else f" to=functions.{name}")
