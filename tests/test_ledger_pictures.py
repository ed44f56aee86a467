"""Pictures and files: sizes read from the request, and the tokens of a size by model."""

import base64
import struct

import pytest

from playground.image_tokens import picture_tokens, size_of
from playground.ledger import count_prompt


def data_url(kind, data):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"\0" * 14 + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 480, 640)
WEBP_LOSSY = b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 640, 480)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 5 + struct.pack("<I", 639 | 479 << 14)
WEBP_EXTENDED = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")


@pytest.mark.parametrize(
    "data", [PNG, GIF, JPEG, WEBP_LOSSY, WEBP_LOSSLESS, WEBP_EXTENDED], ids=["png", "gif", "jpeg", "lossy", "less", "x"]
)
def test_the_size_is_read_from_the_first_bytes(data):
    assert size_of(data_url("any", data)) == (640, 480)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.com/a.png",
        "data:image/png;base64,!!!!",
        data_url("png", PNG[:20]),
        data_url("x", b"\xff\xd8"),
    ],
)
def test_a_size_that_is_not_there_is_unknown(url):
    assert size_of(url) is None


# 640 x 480, as the API reported it; 1 x 1 and 1126 x 488 from recorded calls.
@pytest.mark.parametrize(
    ("model", "size", "detail", "tokens"),
    [
        ("gpt-4o", (640, 480), "auto", 425),
        ("gpt-4o-mini", (640, 480), "high", 14_167),
        ("gpt-4.1-mini", (640, 480), None, 488),
        ("o4-mini", (640, 480), None, 516),
        ("gpt-5", (640, 480), None, 350),
        ("gpt-4o", (1, 1), None, 255),
        ("gpt-4o", (1126, 488), None, 595),
        ("gpt-4o", (1126, 488), "low", 85),
        ("gpt-4o-mini", (1126, 488), "low", 2833),
        ("gpt-4o", (4096, 8192), "high", 1105),
        ("gpt-4.1-mini", (4000, 4000), "high", 2467),
    ],
)
def test_a_picture_costs_tiles_or_patches(model, size, detail, tokens):
    assert picture_tokens(model, size, detail) == tokens


def test_a_picture_in_the_request_is_counted_by_its_size():
    part = {"type": "image_url", "image_url": {"url": data_url("png", PNG)}}

    ledger = count_prompt({"model": "gpt-4o", "messages": [{"role": "user", "content": [part]}]})

    (line,) = (entry for entry in ledger.entries if entry.what == "picture")
    assert (line.tokens, line.certainty, line.where) == (425, "fitted", "messages[0].content[0]")
    assert ledger.unknown == ()


def test_a_linked_picture_is_an_estimate_that_says_so():
    part = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}

    ledger = count_prompt({"model": "gpt-4o", "messages": [{"role": "user", "content": [part]}]})

    (line,) = (entry for entry in ledger.entries if entry.what == "picture")
    assert (line.tokens, line.certainty) == (765, "estimate")
    assert [one.where for one in ledger.unknown] == ["messages[0].content[0]"]


def test_a_file_is_an_estimate_and_sound_is_unknown():
    parts = [{"type": "file", "file": {"file_id": "file-1"}}, {"type": "input_audio", "input_audio": {"data": ""}}]

    ledger = count_prompt({"model": "gpt-4o", "messages": [{"role": "user", "content": parts}]})

    assert [entry.certainty for entry in ledger.entries if entry.what == "file"] == ["estimate"]
    assert [one.where for one in ledger.unknown] == ["messages[0].content[0]", "messages[0].content[1]"]
