"""The counts and the coloured tokens of every chosen encoding, over the same text: one component for all rows.

It draws what playground.tokens found; what is typed comes from components.live_editor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from components.token_view.packing import grapheme_ends, pack
from components.wording import _, _n
from playground.tokens import Tokenization, as_read

GRAPHEMES_UP_TO = 20_000
"""Characters in which graphemes are counted too: in longer texts that takes longer than the tokens."""

_HERE = Path(__file__).parent
_SCRIPTS = ("reading", "layout", "walking", "inspector", "counts", "drawing", "token_view")


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_VIEW = st.components.v2.component(
    "token_view",
    html="<div class='token-view'></div>",
    css=_source("counts.css") + _source("inspector.css") + _source("token_view.css"),
    js="".join(_source(f"{name}.js") for name in _SCRIPTS),
)


@dataclass(frozen=True)
class Chosen:
    """A piece whose merges the reader asked for."""

    name: str
    """Of the encoding."""
    text: str
    start: int
    """Characters before it, in the text as the encoder reads it."""


def token_view(
    tokenizations: Mapping[str, Tokenization],
    titles: Mapping[str, str],
    *,
    key: str,
    colour: Literal["position", "id"] = "position",
    show: Literal["text", "ids", "bytes"] = "text",
    hidden: bool = False,
    budget: int | None = None,
    notes: Mapping[str, str] | None = None,
    merges: bool = False,
) -> Chosen | None:
    """Draw a row of counts for each encoding, and its tokens; `titles` says whose encoding it is, already translated.

    Encodings of one vocabulary have the same tokens; they share a row of tokens under both their names. `hidden` keeps
    cuts and counts from the browser. `budget` marks where so many tokens end. `notes` replace the line under a bar.
    With `merges` the inspector has a button for the chosen piece, and the run after its click gets the piece.
    """
    text = as_read(next(iter(tokenizations.values())).text)
    own = notes or {}
    rows = [
        {
            "title": titles.get(name, name),
            "name": name,
            "value": None if hidden else len(each.ids),
            "note": "" if hidden else own.get(name, _ratio(text, each)),
        }
        for name, each in tokenizations.items()
    ]
    head = {
        "rows": rows,
        "summary": _summary(text),
        "labels": _labels(),
        "colour": colour,
        "show": show,
        "budget": budget,
        "merges": merges,
    }
    drawn = _VIEW(key=key, data=pack({} if hidden else tokenizations, head, text), on_chosen_change=lambda: None)
    return _chosen(drawn.get("chosen"), tokenizations, text)


def _chosen(sent: Any, tokenizations: Mapping[str, Tokenization], text: str) -> Chosen | None:
    """What the browser sent, if it is a piece of this text: a browser can send anything."""
    match sent:
        case {"name": str(name), "text": str(piece), "start": int(start)}:
            if name in tokenizations and piece and start >= 0 and text.startswith(piece, start):
                return Chosen(name, piece, start)
    return None


def _ratio(text: str, tokenization: Tokenization) -> str:
    return _("{ratio:.2f} characters per token").format(ratio=len(text) / max(1, len(tokenization.ids)))


def _summary(text: str) -> str:
    size = len(text.encode())
    parts = [
        _n("{n:,} character", "{n:,} characters", len(text)).format(n=len(text)),
        _n("{n:,} byte in UTF-8", "{n:,} bytes in UTF-8", size).format(n=size),
    ]
    if len(text) <= GRAPHEMES_UP_TO and (seen := grapheme_ends(text).count(1)) != len(text):
        parts.append(
            _n("{n:,} grapheme, as a reader counts", "{n:,} graphemes, as a reader counts", seen).format(n=seen)
        )
    return " · ".join(parts)


def _labels() -> dict[str, str]:
    return {
        "pieces": _("Tokens. Arrow keys go from piece to piece."),
        "text": _("The text, not cut yet"),
        "encodings": _("Encoding"),
        "hint": _("Point at a piece, tap it, or walk with the arrow keys: its ids and bytes stand here."),
        "encoding": _("Encoding"),
        "ids": _("Token ids"),
        "bytes": _("Bytes"),
        "codes": _("Code points"),
        "place": _("Place"),
        "character": _("character {from}"),
        "characters": _("characters {from}–{to}"),
        "token": _("token {first} of {tokens}"),
        "tokens": _("tokens {first}–{last} of {tokens}"),
        "merges": _("Merges"),
        "space": _("space"),
        "tab": _("tab"),
        "newline": _("line end"),
        "beyond": _("beyond the budget"),
    }
