"""Tokenizations as bytes for the browser: the text once, and for each vocabulary its ids, their lengths and the cuts.

It draws nothing. A quarter of a million Token objects would cost seconds here, so the cuts are found on byte offsets;
that they are the cuts of playground.tokens is held by a test.
"""

import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

import regex

from playground import encodings
from playground.tokens import Tokenization

CUT = 0x8000
"""Set in a token's length when a piece (whole tokens and whole graphemes) ends with it."""

_GRAPHEME = regex.compile(r"\X")
_JOINING = regex.compile(r"[^\p{GCB=Other}\p{GCB=LV}\p{GCB=LVT}\p{GCB=Control}\p{GCB=LF}]")
"""A character that may share a grapheme with its neighbour. Where there is none, every character is a grapheme."""

_BEGINS = bytes(byte & 0xC0 != 0x80 for byte in range(256))
"""Byte of UTF-8 -> whether a character begins with it."""


def pack(tokenizations: Mapping[str, Tokenization], head: Mapping[str, Any], text: str) -> bytes:
    """Pack tokenizations of a text, as it was read, behind a JSON head that names each row's list.

    Layout, little-endian: uint32 size of the head, head, text; then for each list uint32 ids and uint16 lengths.
    """
    spelled = text.encode()
    ends = grapheme_ends(text) if tokenizations else b""
    lists: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for name, each in tokenizations.items():
        lists.setdefault((encodings.ordinary(name), each.ids), []).append(name)
    parts = [spelled]
    for (_vocabulary, ids), names in lists.items():
        parts += [_little_endian("I", ids), _little_endian("H", _sizes(tokenizations[names[0]], ends))]
    described = [{"names": names, "tokens": len(ids)} for (_vocabulary, ids), names in lists.items()]
    header = json.dumps({**head, "text_bytes": len(spelled), "lists": described}).encode()
    return b"".join([len(header).to_bytes(4, "little"), header, *parts])


def _sizes(tokenization: Tokenization, ends: Sequence[int]) -> list[int]:
    """Give the length in bytes of each token, with CUT where a piece ends."""
    try:
        lengths = _ordinary_lengths(tokenization.ids, encodings.ordinary(tokenization.encoding))
    except (KeyError, IndexError):  # a special token
        lengths = [len(token.bytes) for token in tokenization.tokens]
    return [length | CUT if ends[end] else length for length, end in zip(lengths, accumulate(lengths), strict=True)]


def _ordinary_lengths(ids: Sequence[int], vocabulary: str) -> list[int]:
    known = _lengths(vocabulary)
    lengths = [known[each] for each in ids]
    if 0 not in lengths:
        return lengths
    for each, length in zip(ids, lengths, strict=True):
        if not length:
            known[each] = len(encodings.load(vocabulary).decode_single_token_bytes(each))
    return [known[each] for each in ids]


@cache
def _lengths(vocabulary: str) -> "array[int]":
    """The length of each token that was met before, else 0: spelling every token at every key costs more."""
    return array("H", bytes(2 * (encodings.load(vocabulary).max_token_value + 1)))


def grapheme_ends(text: str) -> bytes:
    """Byte offset -> 1 where a grapheme ends, else 0; as many ends as the text has graphemes."""
    spelled = text.encode()
    if _JOINING.search(text):
        ends = bytearray(len(spelled) + 1)
        at = 0
        for match in _GRAPHEME.finditer(text):
            at += len(match.group().encode())
            ends[at] = 1
    else:
        ends = bytearray(spelled.translate(_BEGINS) + b"\1")
        ends[0] = 0
    return bytes(ends)


def _little_endian(kind: str, numbers: Sequence[int]) -> bytes:
    packed = array(kind, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
