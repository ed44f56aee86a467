r"""Safe Markdown: what others wrote, with everything that would act or load something left as the text it is.

Pictures from elsewhere, HTML, links that are no web address, and what Streamlit adds to Markdown (formulas, colours,
emoji codes) get a backslash; code keeps its letters. It draws nothing.

What is code is not guessed: a fence or a backtick that this reading takes for text gets a backslash too, so that every
other reading takes it for text as well. Rules: CommonMark 0.31.2 and GitHub's tables, read 2026-11-23.

>>> safe("It costs $5, see `$x` and ![a cat](https://example.org/cat.png)")
'It costs \\$5, see `$x` and \\![a cat](https://example.org/cat.png)'
>>> safe("[here](javascript:alert(1)) or [there](https://example.org)")
'[here\\](javascript:alert(1)) or [there](https://example.org)'
"""

import re
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"(`{3,})(?=[^`]*\Z)|(~{3,})")
_ITEM = re.compile(r"([-*+]|(\d{1,9})[.)])( {1,4})(?=\S)")
_BREAK = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_HIDDEN_FENCE = re.compile(r"[ \t>*+\-0-9.)]*(?=`{3,}[^`]*\Z|~{3})")
_RULER = re.compile(r"^(?=.*-)(?=.*[|:])[ \t>|:*+\-0-9.)]+$", re.MULTILINE)
"""Might stand under the head of a table, whose cells are cut before anybody looks for code."""

_SIGNS = re.compile(
    r"""
    (?P<escaped>\\[!-/:-@\[-`{-~])
    | (?P<ticks>`+)
    | (?P<picture>!\[)
    | (?P<place>\](?=[(:]))
    | (?P<sign>\$|:(?=[\w+/-]+[:\[])|<(?=[a-zA-Z/!?]))
    """,
    re.VERBOSE,
)
_WEB = re.compile(r"\][(:][ \t]*<?(?:https?://|mailto:)", re.IGNORECASE)
_ADDRESS = re.compile(r"://|www\.|@")
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10, 13)} | {127: 0x2421}
"""Characters that show nothing -> their pictures."""


def safe(text: str, *, pictures: bool = False) -> str:
    """Escape what would act. `pictures`: those from the web may load, for the reader has asked for them."""
    text = text.translate(_CONTROLS)
    return _Reader(pictures, has_table=bool(_RULER.search(text))).read(text)


def has_pictures(text: str) -> bool:
    """Whether it asks for pictures that `safe` keeps out."""
    return safe(text) != safe(text, pictures=True)


@dataclass(frozen=True)
class _Fence:
    sign: str
    length: int
    indent: int

    def closed_by(self, indent: int, rest: str) -> bool:
        run = rest.rstrip(" \t")
        return 0 <= indent - self.indent <= 3 and len(run) >= self.length and run == self.sign * len(run) and bool(run)


class _Reader:
    """Reads line by line: which fence is open, how far the open list items are indented."""

    def __init__(self, pictures: bool, has_table: bool) -> None:
        self._pictures, self._has_table = pictures, has_table
        self._fence: _Fence | None = None
        self._items: list[int] = []
        self._in_paragraph = False

    def read(self, text: str) -> str:
        return "".join(self._line(match[1], match[2] or "") for match in _LINE.finditer(text))

    def _line(self, line: str, end: str) -> str:
        rest = line.lstrip(" \t")
        margin = line[: len(line) - len(rest)]
        indent = len(margin.expandtabs(4))
        if not rest:
            self._in_paragraph = False
            return line + end
        before = ""
        if fence := self._fence:
            if fence.closed_by(indent, rest):
                self._fence = None
                # In the fence's own column, where every reading sees it.
                return " " * fence.indent + rest + end
            if indent >= fence.indent:
                return line + end
            # The list item that it stood in is over, and so is the fence: said aloud.
            before = " " * fence.indent + fence.sign * fence.length + "\n"
            self._fence = None
        return before + self._text_line(line, margin, rest, indent) + end

    def _text_line(self, line: str, margin: str, rest: str, indent: int) -> str:
        deeper = len(self._items)
        self._items = [column for column in self._items if column <= indent]
        ended = len(self._items) < deeper
        column = self._items[-1] if self._items else 0
        if (found := _FENCE.match(rest)) and indent == column and "\t" not in margin:
            self._fence = _Fence(rest[0], len(found[0]), indent)
            self._in_paragraph = False
            return line
        interrupts = ended or not self._in_paragraph
        if indent - column <= 3 and "\t" not in margin and not _BREAK.match(rest):
            # Only a list that begins with 1 can interrupt a paragraph.
            if (item := _ITEM.match(rest)) and (item[2] in (None, "1") or interrupts):
                self._items.append(indent + len(item[0]))
        self._in_paragraph = True
        if found := _HIDDEN_FENCE.match(line):
            line = line[: found.end()] + "\\" + line[found.end() :]
        return self._words(line)

    def _words(self, line: str) -> str:
        parts, place = [], 0
        while found := _SIGNS.search(line, place):
            parts.append(line[place : found.start()])
            place = found.end()
            if found["ticks"]:
                if end := self._end_of_code(line, found):
                    parts.append(line[found.start() : end])
                    place = end
                else:
                    parts.append("\\`" * len(found[0]))
            elif self._acts(line, found):
                parts.append("\\" + found[0])
            else:
                parts.append(found[0])
        return "".join([*parts, line[place:]])

    def _acts(self, line: str, found: re.Match[str]) -> bool:
        if found["picture"]:
            return not self._pictures
        if found["place"]:
            return not _WEB.match(line, found.start())
        return bool(found["sign"])

    def _end_of_code(self, line: str, opening: re.Match[str]) -> int | None:
        """Where the code that begins with these backticks ends; None when they are no code in every reading."""
        before = line[: opening.start()].rpartition(" ")[2]
        if _ADDRESS.search(before):
            # The backticks may be part of a bare address.
            return None
        for closing in re.finditer("`+", line[opening.end() :]):
            if len(closing[0]) == len(opening[0]):
                end = opening.end() + closing.end()
                return None if self._has_table and "|" in line[opening.start() : end] else end
        return None
