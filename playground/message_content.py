"""How a model is shown the content of a message: text, parts of text, pictures, files. It fetches nothing."""

from collections.abc import Mapping
from typing import Any

from playground import image_tokens
from playground import ledger_rules as costs
from playground.language import mark
from playground.prompt_text import Piece
from playground.schemas import Unknown, mapping, text_of

BREAK = Piece("", "", "", 0)
"""Between texts that touch but are tokenized apart."""


class Content:
    """Writes the contents of one request's messages, and keeps a list of what can't be written."""

    def __init__(self, model: str) -> None:
        self.unknown: list[Unknown] = []
        self._model = model

    def pieces(self, content: object, where: str) -> list[Piece]:
        """Write one message's content."""
        if isinstance(content, list | tuple):
            found: list[Piece] = []
            for number, part in enumerate(content):
                found += [*([BREAK] if number else []), self._part(part, f"{where}[{number}]")]
            return found
        if content is None or isinstance(content, str):
            return [Piece(mark("content"), where, content or "")]
        return [self._odd(content, where)]

    def _part(self, part: object, where: str) -> Piece:
        if not isinstance(part, Mapping):
            return self._odd(part, where)
        text = part.get("text", part.get("refusal"))
        match part.get("type"):
            case "image_url" | "input_image" | "image":
                return self._picture(part, where)
            case "file" | "input_file":
                self.unknown.append(Unknown(where, mark("a file, whose pages aren't known")))
                return Piece(mark("file"), where, "", costs.FILE, "estimate", "file")
            case "input_audio":
                self.unknown.append(Unknown(where, mark("sound, whose length isn't known")))
                return Piece(mark("sound"), where, "", 0, "estimate", "odd")
            case "text" | "refusal" | "input_text" | "output_text" if isinstance(text, str):
                return Piece(mark("content"), where, text, None, "exact", "parts")
        self.unknown.append(Unknown(where, mark("a part that the API doesn't know")))
        return Piece(mark("content"), where, text_of(text), None, "estimate", "odd")

    def _picture(self, part: Mapping[str, Any], where: str) -> Piece:
        given = part.get("image_url")
        linked = mapping(given)
        url = text_of(linked.get("url")) if linked else text_of(given)
        detail = linked.get("detail") or part.get("detail")
        size = image_tokens.size_of(url)
        tokens = image_tokens.picture_tokens(self._model, size or image_tokens.ASSUMED, detail)
        if size is None and detail != "low":
            self.unknown.append(Unknown(where, mark("a picture whose size isn't in the request")))
            return Piece(mark("picture"), where, "", tokens, "estimate", "remote")
        return Piece(mark("picture"), where, "", tokens, "fitted", "picture")

    def _odd(self, content: object, where: str) -> Piece:
        self.unknown.append(Unknown(where, mark("neither text nor a list of parts")))
        return Piece(mark("content"), where, text_of(content), None, "estimate", "odd")
