"""The counts and the coloured tokens of every chosen encoding, over the same text: one component for all rows.

It draws what playground.tokens found; what is typed comes from components.live_editor.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from components.token_view.packing import pack
from components.wording import _, _n
from playground.tokens import Tokenization, as_read

_HERE = Path(__file__).parent


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_VIEW = st.components.v2.component(
    "token_view",
    html="<div class='token-view'></div>",
    css=_source("token_view.css"),
    js=_source("reading.js") + _source("token_view.js"),
)


def token_view(tokenizations: Mapping[str, Tokenization], titles: Mapping[str, str], *, key: str) -> None:
    """Draw a row of counts for each encoding, and its tokens; `titles` says whose encoding it is, already translated.

    Encodings of one vocabulary have the same tokens; they share a row of tokens under both their names.
    """
    text = as_read(next(iter(tokenizations.values())).text)
    rows = [
        {
            "title": titles.get(name, name),
            "name": name,
            "value": len(each.ids),
            "note": _("{ratio:.2f} characters per token").format(ratio=len(text) / max(1, len(each.ids))),
        }
        for name, each in tokenizations.items()
    ]
    _VIEW(key=key, data=pack(tokenizations, {"rows": rows, "summary": _summary(text), "labels": _labels()}))


def _summary(text: str) -> str:
    size = len(text.encode())
    return " · ".join(
        (
            _n("{n:,} character", "{n:,} characters", len(text)).format(n=len(text)),
            _n("{n:,} byte in UTF-8", "{n:,} bytes in UTF-8", size).format(n=size),
        )
    )


def _labels() -> dict[str, str]:
    return {
        "pieces": _("Tokens. Arrow keys go from piece to piece."),
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
    }
