r"""Tokens to take along: CSV, JSON, a page of HTML for slides, a few lines of Python, and the settings of a link.

What a person wrote stays text: a spreadsheet computes nothing of it, and the page runs nothing.

>>> from playground.tokens import compare
>>> compared = compare("=1+1", ["cl100k_base"])
>>> to_csv(compared).decode("utf-8-sig").splitlines()[:3]
['encoding,number,id,start,end,text,bytes', "cl100k_base,1,28,0,1,'=,3d", 'cl100k_base,2,16,1,2,1,31']
>>> link_params("챗GPT", ["cl100k_base", "o200k_base"])
{'text': '챗GPT', 'encodings': 'cl100k_base,o200k_base'}

to_csv(compared) -> bytes       to_json(compared) -> bytes          to_python(text, encoding) -> str
to_html(compared, titles, *, title, counted, language) -> bytes     link_params(text, names) -> dict | None
"""

import csv
import html
import io
import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from playground.tokens import Segment, Token, Tokenization, as_read

LINK_LIMIT = 1_500
"""Characters of a link's settings: some mail programs and proxies cut addresses of 2,000."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd") | {13: None}
"""Control characters have no place in HTML, escaped or not; a line's end needs no carriage return."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1a2022; --paper: #fff; --line: #5f6b6b;
  --a: #d3ece9; --b: #f6e3c8; --c: #dcdcf5; --d: #f3d6dc; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaea; --paper: #121617; --line: #93a1a1;
  --a: #14524d; --b: #5a4314; --c: #3b3b78; --d: #6b2a3a; } }
body { background: var(--paper); color: var(--ink); margin: 2rem auto;
  font: 20px/1.7 system-ui, "Malgun Gothic", "Noto Sans KR", sans-serif; max-width: 60rem; padding: 0 1rem; }
h2 { font-size: 20px; margin: 1.5rem 0 .5rem; }
p { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; word-break: keep-all; }
bdi { border-left: 3px solid var(--line); border-radius: 3px; }
bdi:nth-of-type(4n+1) { background: var(--a); } bdi:nth-of-type(4n+2) { background: var(--b); }
bdi:nth-of-type(4n+3) { background: var(--c); } bdi:nth-of-type(4n) { background: var(--d); }
sub { font-size: 12px; }
"""


def to_csv(compared: Mapping[str, Tokenization]) -> bytes:
    """Write a line a token, so that Excel reads it: UTF-8 with a mark, and nothing that it would take for a formula.

    The text is that of the token alone: U+FFFD for a piece of a character, whose bytes stand beside it.
    """
    lines = io.StringIO()
    write = csv.writer(lines, lineterminator="\r\n").writerow
    write(["encoding", "number", "id", "start", "end", "text", "bytes"])
    for name, tokenization in compared.items():
        for number, token in enumerate(tokenization.tokens, start=1):
            text = token.bytes.decode("utf-8", errors="replace")
            write([name, number, token.id, token.start, token.end, _quoted(text), token.bytes.hex(" ")])
    return lines.getvalue().encode("utf-8-sig")


def to_json(compared: Mapping[str, Tokenization]) -> bytes:
    """Write the text as the encoder read it, and for each encoding its ids and tokens."""
    text = as_read(next(iter(compared.values())).text) if compared else ""
    encoded = {
        name: {
            "count": len(each.ids),
            "ids": each.ids,
            "tokens": [_json_token(token) for token in each.tokens],
        }
        for name, each in compared.items()
    }
    return json.dumps({"text": text, "encodings": encoded}, ensure_ascii=False, indent=1).encode()


def to_html(
    compared: Mapping[str, Tokenization],
    titles: Mapping[str, str],
    *,
    title: str = "Tokens",
    counted: str = "{n} tokens",
    language: str = "en",
) -> bytes:
    """Draw a page for slides that needs nothing else: no script, no other file, light and dark.

    `titles` says whose encoding it is; titles and `counted` are already translated.
    """
    parts = [
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>",
    ]
    for name, each in compared.items():
        count = counted.format(n=len(each.ids))
        parts.append(f"<h2>{html.escape(titles.get(name, name))} · {html.escape(name)} · {html.escape(count)}</h2>")
        parts.append(f'<p dir="auto">{"".join(_drawn(segment) for segment in each.segments)}</p>')
    return "\n".join([*parts, "</html>", ""]).encode()


def to_python(text: str, encoding: str) -> str:
    """Write the same in five lines of Python, for a shell with tiktoken."""
    return (
        "import tiktoken\n"
        f"encoding = tiktoken.get_encoding({encoding!r})\n"
        f"ids = encoding.encode({as_read(text)!r}, disallowed_special=())\n"
        "print(len(ids), ids)\n"
        "print([encoding.decode_single_token_bytes(id) for id in ids])\n"
    )


def link_params(text: str, names: Iterable[str]) -> dict[str, str] | None:
    """Give the settings of a link that shows this text in these encodings; None when the link would be too long."""
    params = {"text": as_read(text), "encodings": ",".join(names)}
    return params if len(urlencode(params)) <= LINK_LIMIT else None


def _quoted(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json_token(token: Token) -> dict[str, object]:
    return {"id": token.id, "bytes": token.bytes.hex(" "), "start": token.start, "end": token.end}


def _drawn(segment: Segment) -> str:
    many = f"<sub>×{len(segment.tokens)}</sub>" if len(segment.tokens) > 1 else ""
    ids = " ".join(str(token.id) for token in segment.tokens)
    return f'<bdi title="{ids}">{html.escape(as_read(segment.text).translate(_UNPRINTABLE))}{many}</bdi>'
