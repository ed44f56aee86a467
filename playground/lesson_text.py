"""The Markdown of a lesson: cut into prose and fenced code, and checked for what would not be shown as it is meant.

It knows no lesson and renders nothing. What it looks for are the traps of Streamlit's Markdown: formulas in `$`, one
`~` and another, `:red[colour]`, and bold text that doesn't close because a Korean particle follows its punctuation.

>>> [piece.fence for piece in pieces("Look:\\n\\n```python\\n1 + 1\\n```\\n")]
[None, 'python']
>>> list(problems("Costs $5 or $6, **`stop`**는"))
['a formula: $', 'bold text that does not open or close: 5 or $6, **•**는']
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FENCES = ("python", "text", "sh", "json")
"""What a block of code may say it is."""

MOST_COLUMNS = 4
DOCUMENTATION = re.compile(r"https://(?:platform|developers|help)\.openai\.com/\S+")
"""Where a link may lead."""

_FENCE = re.compile(r"^```(.*)$")
_CODE = re.compile(r"`[^`]+`")
_BOLD = re.compile(r"\*+")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)\)")
_FIGURE = re.compile(r"\{\{([^{}]*)\}\}")
_NEVER = (
    ("HTML", re.compile(r"<[A-Za-z/!?][^\n>]*>?")),
    ("a picture", re.compile(r"!\[")),
    ("a formula", re.compile(r"\$")),
    ("an emoji or a colour", re.compile(r"(?<![\w:]):[a-z][\w+-]*(?::(?!\w)|\[|/\w)")),
    ("struck-out text", re.compile(r"~[^~]*~")),
    ("code by indentation", re.compile(r"^(?: {4,}|\t)\S", re.MULTILINE)),
    ("a line that makes a heading of the one above", re.compile(r"(?<=\S\n)[=-]+ *$", re.MULTILINE)),
    ("a backtick without its other", re.compile(r"`")),
)


@dataclass(frozen=True)
class Piece:
    """Prose, or a block of code between its fences; the fences' own lines are left out."""

    text: str
    fence: str | None
    """What the block says it is; None for prose."""
    closed: bool = True


def pieces(markdown: str) -> tuple[Piece, ...]:
    """Cut Markdown into prose and blocks of code, in their order."""
    found: list[Piece] = []
    lines: list[str] = []
    fence: str | None = None
    for line in markdown.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if not mark or (fence is not None and mark[1].strip()):
            lines.append(line)
            continue
        if lines or fence is not None:
            found.append(Piece("".join(lines), fence))
        lines, fence = [], mark[1].strip() if fence is None else None
    if lines or fence is not None:
        found.append(Piece("".join(lines), fence, closed=fence is None))
    return tuple(found)


def written(parts: tuple[Piece, ...]) -> str:
    """Put pieces together again."""
    return "".join(part.text if part.fence is None else f"```{part.fence}\n{part.text}```\n" for part in parts)


def filled(markdown: str, figures: Mapping[str, int]) -> str:
    """Put the figures in; a block of code stays as it is.

    >>> filled("{{n}} tokens: `{{n}}`", {"n": 3})
    '3 tokens: `3`'

    Raises: KeyError for a name without a figure.
    """

    def value(match: re.Match[str]) -> str:
        return str(figures[match[1]])

    return written(
        tuple(
            part if part.fence is not None else Piece(_FIGURE.sub(value, part.text), None) for part in pieces(markdown)
        )
    )


def figures_of(markdown: str) -> tuple[str, ...]:
    """List the names in double braces, blocks of code left aside."""
    return tuple(name for part in pieces(markdown) if part.fence is None for name in _FIGURE.findall(part.text))


def problems(markdown: str) -> Iterator[str]:
    """Say what in this Markdown would not be shown as it is meant, or may not be in a lesson."""
    for piece in pieces(markdown):
        if piece.fence is None:
            for paragraph in re.split(r"\n[ \t]*\n", piece.text):
                yield from _in_prose(paragraph)
        elif not piece.closed:
            yield f"a block of code that is not closed: {_start(piece.text)}"
        elif piece.fence not in FENCES:
            yield f"a block of code that says {piece.fence!r} and none of {', '.join(FENCES)}"


def _in_prose(paragraph: str) -> Iterator[str]:
    # Code becomes a character that is punctuation, as its backtick is for the rules of bold text.
    bare = _CODE.sub("•", paragraph)
    for what, pattern in _NEVER:
        if match := pattern.search(bare):
            yield f"{what}: {match[0].strip()}"
    for line in bare.splitlines():
        if line.startswith(("* ", "+ ")):
            yield f"a list that does not begin with '- ': {_start(line)}"
        if line.startswith("#"):
            yield f"a heading that is none of the fixed ones: {_start(line)}"
        if line.startswith("|") and line.strip().count("|") - 1 > MOST_COLUMNS:
            yield f"a table wider than {MOST_COLUMNS} columns: {_start(line)}"
    alone = _unpaired(re.sub(r"^[*+] ", "- ", bare, flags=re.MULTILINE))
    if alone is not None:
        yield f"bold text that does not open or close: {bare[max(0, alone - 12) : alone + 12].strip()}"
    for link in _LINK.findall(bare):
        if not DOCUMENTATION.fullmatch(link):
            yield f"a link that does not lead to OpenAI's documentation: {link}"
    for address in re.findall(r"https?://[^\s)]+", _LINK.sub("", bare)):
        yield f"an address that is no link: {address}"


def _unpaired(text: str) -> int | None:
    """Find the run of stars that would stay a star, as CommonMark has it.

    It opens before a word and closes after one; beside punctuation it does so only at the edge of words.
    """
    opened: list[re.Match[str]] = []
    for run in _BOLD.finditer(text):
        before, after = text[: run.start()][-1:] or " ", text[run.end() :][:1] or " "
        opens = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
        closes = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
        if opened and closes and opened[-1][0] == run[0]:
            opened.pop()
        elif opens and not opened:
            opened.append(run)
        else:
            return run.start()
    return opened[0].start() if opened else None


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _start(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 60 else line[:59] + "…"
