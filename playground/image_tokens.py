"""What a picture costs: its size, as far as the request tells it, and the tokens of that size. It fetches no picture.

>>> picture_tokens("gpt-4o", (1024, 1024), "high"), picture_tokens("gpt-4o-mini", (640, 480), "auto")
(765, 14167)
>>> picture_tokens("gpt-4.1-mini", (640, 480))
488
"""

import base64
import binascii
import math
import re
from dataclasses import dataclass

Size = tuple[int, int]

ASSUMED: Size = (1024, 1024)
"""The size of a picture that the request only links to."""

_LONGEST_SIDE, _SHORT_SIDE, _TILE_SIDE = 2048, 768, 512
_PATCH_SIDE, _MOST_PATCHES = 32, 1536
_LOW: Size = (512, 512)


@dataclass(frozen=True)
class Tiles:
    """Pictures in tiles of 512 pixels, after they were made to fit 2048 and their short side 768."""

    base: int
    each: int

    def tokens(self, size: Size, low: bool) -> int:
        """Count one picture; in low detail it is its base alone."""
        if low:
            return self.base
        width, height = _fitted(size)
        tiles = math.ceil(width / _TILE_SIDE) * math.ceil(height / _TILE_SIDE)
        return self.base + self.each * tiles


@dataclass(frozen=True)
class Patches:
    """Pictures in patches of 32 pixels, at most 1536 of them."""

    factor: float
    more: int = 0

    def tokens(self, size: Size, low: bool) -> int:
        """Count one picture; in low detail it is scaled down to 512 pixels first."""
        width, height = _within(size, *_LOW) if low else size
        if math.ceil(width / _PATCH_SIDE) * math.ceil(height / _PATCH_SIDE) > _MOST_PATCHES:
            width, height = _shrunk(width, height)
        patches = math.ceil(width / _PATCH_SIDE) * math.ceil(height / _PATCH_SIDE)
        return math.ceil(round(min(patches, _MOST_PATCHES) * self.factor, 6)) + self.more


# Source: OpenAI's guide to images and vision; the +2 and the factors of gpt-5-mini and -nano from recorded calls.
MODELS: tuple[tuple[str, Tiles | Patches], ...] = (
    ("gpt-4o-mini", Tiles(2833, 5667)),
    ("gpt-4.1-mini", Patches(1.62, 2)),
    ("gpt-4.1-nano", Patches(2.46, 2)),
    ("gpt-5-mini", Patches(1.2, 2)),
    ("gpt-5-nano", Patches(1.5, 2)),
    ("o4-mini", Patches(1.72)),
    ("gpt-5", Tiles(70, 140)),
    ("o1", Tiles(75, 150)),
    ("o3", Tiles(75, 150)),
    ("gpt-4", Tiles(85, 170)),
    ("chatgpt-4o", Tiles(85, 170)),
)
"""First part of a model's name -> its rule; the first that fits counts."""

_CLOSEST = Tiles(70, 140)


def picture_tokens(model: str, size: Size, detail: object = "auto") -> int:
    """Count a picture of a size."""
    name = model.removeprefix("ft:").rpartition("/")[2]
    rule = next((rule for start, rule in MODELS if name.startswith(start)), _CLOSEST)
    return rule.tokens(size, low=detail == "low")


_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)
_LEFT_OUT = re.compile(r"<\w+ (\d{1,5})x(\d{1,5})\b")
_BEGINNING = 64 * 1024
"""As many letters of a data URL are read: a JPEG's size may stand behind its thumbnail."""


def size_of(url: str) -> Size | None:
    """Read a picture's size from its data URL, or from the note that a log leaves in its place; None for a link.

    >>> size_of("<png 1126x488, left out>"), size_of("https://example.com/a.png")
    ((1126, 488), None)
    """
    if note := _LEFT_OUT.match(url):
        return int(note[1]), int(note[2])
    data = _DATA.match(url)
    if data is None:
        return None
    start = url[data.end() : data.end() + _BEGINNING]
    try:
        # A piece of base64 can be read as long as whole groups of four letters are left.
        size = _size(base64.b64decode(start[: len(start) // 4 * 4]))
    except (binascii.Error, ValueError):
        return None
    return size if size and all(size) else None


def _size(data: bytes) -> Size | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return _number(data[16:20]), _number(data[20:24])
    if data.startswith(b"GIF8") and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp_size(data)
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _webp_size(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8 " and len(data) >= 30:
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _jpeg_size(data: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        kind = data[at + 1]
        # The frame headers; C4, C8 and CC are tables.
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return _number(data[at + 7 : at + 9]), _number(data[at + 5 : at + 7])
        at += 2 + _number(data[at + 2 : at + 4])
    return None


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _fitted(size: Size) -> tuple[float, float]:
    width, height = _within(size, _LONGEST_SIDE, _LONGEST_SIDE)
    scale = min(1.0, _SHORT_SIDE / min(width, height))
    return max(width * scale, 1), max(height * scale, 1)


def _within(size: Size, widest: int, highest: int) -> tuple[float, float]:
    scale = min(1.0, widest / size[0], highest / size[1])
    return max(size[0] * scale, 1), max(size[1] * scale, 1)


def _shrunk(width: float, height: float) -> tuple[float, float]:
    """Scale down to the most patches, then a little more until whole patches fit along one side."""
    scale = math.sqrt(_PATCH_SIDE**2 * _MOST_PATCHES / (width * height))
    across, down = width * scale / _PATCH_SIDE, height * scale / _PATCH_SIDE
    scale *= min(math.floor(across) / across if across >= 1 else 1, math.floor(down) / down if down >= 1 else 1)
    return width * scale, height * scale
