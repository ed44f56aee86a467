"""Tokenizations as bytes for the browser: the text once, and for each vocabulary its ids, their lengths and the cuts.

It draws nothing. A quarter of a million Token objects would cost seconds here, so the cuts are found on byte offsets;
that they are the cuts of playground.tokens is held by a test.
"""

import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import regex

from playground import encodings
from playground.tokens import Tokenization, as_read

CUT = 0x8000
"""Set in a token's length when a piece (whole tokens and whole graphemes) ends with it."""

_GRAPHEME = regex.compile(r"\X")


def pack(tokenizations: Mapping[str, Tokenization], head: Mapping[str, Any]) -> bytes:
    """Pack tokenizations of one text, ordinary reading, behind a JSON head that names each row's list.

    Layout, little-endian: uint32 size of the head, head, text; then for each list uint32 ids and uint16 lengths.
    """
    text = as_read(next(iter(tokenizations.values())).text)
    spelled = text.encode()
    ends = _grapheme_ends(text, len(spelled))
    lists: dict[str, list[str]] = {}
    for name in tokenizations:
        lists.setdefault(encodings.ordinary(name), []).append(name)
    parts = [spelled]
    for vocabulary, names in lists.items():
        ids = tokenizations[names[0]].ids
        parts += [_little_endian("I", ids), _little_endian("H", sizes(ids, vocabulary, ends))]
    described = [{"names": names, "tokens": len(tokenizations[names[0]].ids)} for names in lists.values()]
    header = json.dumps({**head, "text_bytes": len(spelled), "lists": described}).encode()
    return b"".join([len(header).to_bytes(4, "little"), header, *parts])


def sizes(ids: Sequence[int], vocabulary: str, ends: Sequence[int]) -> list[int]:
    """Give the length in bytes of each token, with CUT where a piece ends."""
    lengths = [len(each) for each in encodings.load(vocabulary).decode_tokens_bytes(ids)]
    return [length | CUT if ends[end] else length for length, end in zip(lengths, accumulate(lengths), strict=True)]


def _grapheme_ends(text: str, size: int) -> bytearray:
    """Byte offset -> whether a grapheme ends there."""
    if text.isascii() and "\r\n" not in text:
        return bytearray(b"\1") * (size + 1)
    ends = bytearray(size + 1)
    at = 0
    for match in _GRAPHEME.finditer(text):
        at += len(match.group().encode())
        ends[at] = True
    return ends


def _little_endian(kind: str, numbers: Sequence[int]) -> bytes:
    packed = array(kind, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()
