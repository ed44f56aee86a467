"""The literal prompt as coloured pieces, each by why it is there, cut into tokens. It counts nothing.

A kind is told by its number and its underline as well as by its colour. Text is shown as text.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from components.ledger_view import ADDED, SURENESS
from components.scripted import scripted
from components.wording import _, _n
from playground.language import mark
from playground.ledger import Entry

PIECES = 4000
"""Pieces drawn at most; the bill has them all."""

BORDERS = 12_000
"""Tokens whose borders are drawn at most; behind them the text stands uncut."""

KINDS = {
    "frame": mark("frame"),
    "role": mark("role"),
    "name": mark("name"),
    "content": mark("content"),
    "media": mark("pictures, sound, files"),
    "tools": mark("tools"),
    "description": mark("descriptions"),
    "call": mark("call"),
    "result": mark("result"),
    "format": mark("format of the answer"),
    "hidden": mark("instructions of the API"),
    "priming": mark("start of the answer"),
}
"""Why a piece is in the prompt -> what that is called, in the order of the legend."""

KIND_OF = {
    "frame of the message": "frame",
    "role": "role",
    "name": "name",
    "content": "content",
    "picture": "media",
    "sound": "media",
    "file": "media",
    "frame of the functions": "tools",
    "function offered": "tools",
    "parameter": "tools",
    "default": "tools",
    "format": "tools",
    "title": "description",
    "description": "description",
    "function called": "call",
    "arguments": "call",
    "several calls in one": "call",
    "result of": "result",
    "result": "result",
    "format of the answer": "format",
    "schema of the answer": "format",
    "instructions of the API": "hidden",
    "choice": "priming",
    "start of the answer": "priming",
}
"""What the ledger calls a piece -> its kind."""

_COMPONENT = scripted("prompt_view", '<div class="view"></div>')


def draw(entries: Sequence[Entry], borders: Sequence[Sequence[int]], key: str) -> None:
    """Draw the pieces of a prompt in the order in which the model is shown them, below a legend.

    borders: for each entry where tokens begin in its text.
    """
    _COMPONENT(key=key, data=told(entries, borders))


def told(entries: Sequence[Entry], borders: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Put into words what is drawn: the kinds that occur and what they cost, and the pieces.

    A piece is its kind, its text, where tokens begin in it, what it is, and what stands for it where nobody knows its
    text.
    """
    costs: dict[str, int] = {}
    for entry in entries:
        costs[_kind(entry)] = costs.get(_kind(entry), 0) + entry.tokens
    names = [name for name in KINDS if name in costs]
    # Thousands of pieces are named by a few words, and each look into the catalogue takes its time.
    word, tokens = cache(_), cache(lambda n: _n("{n} token", "{n} tokens", n).format(n=f"{n:,}"))
    pieces, cut = [], 0
    for entry, places in zip(entries[:PIECES], borders, strict=False):
        cut += len(places)
        said = (word(entry.what), entry.where or word(ADDED), tokens(entry.tokens), word(SURENESS[entry.certainty]))
        instead = "" if entry.text else f"{word(entry.what)} {entry.tokens:+,}"
        drawn = list(places) if cut <= BORDERS else []
        pieces.append((names.index(_kind(entry)), entry.text, drawn, " · ".join(said), instead))
    left = len(entries) - PIECES
    more = [_n("{n} more piece", "{n} more pieces", left).format(n=f"{left:,}")] if left > 0 else []
    if cut > BORDERS:
        more.append(_("The borders of the first {n} tokens are drawn.").format(n=f"{BORDERS:,}"))
    return {
        "kinds": [
            {"name": name, "sign": str(number), "title": _(KINDS[name]), "tokens": f"{costs[name]:,}"}
            for number, name in enumerate(names, 1)
        ],
        "pieces": pieces,
        "label": _("The prompt that the model is shown"),
        "hint": _("Point at a piece, or step through them with the arrow keys, to see where it comes from."),
        "more": " · ".join(more),
    }


def _kind(entry: Entry) -> str:
    return KIND_OF.get(entry.what, "content")
