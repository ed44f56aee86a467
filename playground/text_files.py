r"""Uploaded bytes as text: which character encoding they are in. It reads text only, no documents.

>>> read("한국어".encode("cp949"))
('한국어', 'cp949')
>>> read("a\r\n".encode("utf-16"))
('a\r\n', 'utf-16')
>>> read("日本語".encode("shift_jis"), encoding="shift_jis")
('日本語', 'shift_jis')

read(contents, encoding=None) -> (text, encoding)       guessed(encoding) -> bool: whether the reader should check it
CHOICES: encodings to choose from when the guess was wrong      FILE_LIMIT: bytes
"""

import codecs
import re

from playground.errors import NotText, TextTooLong
from playground.language import mark
from playground.tally import TALLY_LIMIT

FILE_LIMIT = TALLY_LIMIT
"""Bytes of a file: as much as can be counted."""

CHOICES = ("utf-8", "cp949", "shift_jis", "euc_jp", "gb18030", "big5", "cp1252", "cp1251", "utf-16-le", "utf-16-be")
"""Encodings that a person can say a file is in."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 first, for its mark begins with that of UTF-16."""

_BINARY = re.compile(rb"%PDF-|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8[79]a|\x1f\x8b|\x7fELF|7z\xbc\xaf|\xd0\xcf\x11\xe0")
"""How files begin that are no text: PDF, zip and the documents in it, pictures, gzip, programs, old Office."""

_NEVER_IN_TEXT = re.compile(r"[\x00-\x06\x0e-\x1a\x7f]")
"""Control characters that no text file has; a byte that makes one was no text, or was read in the wrong encoding."""


def read(contents: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Decode, and name the encoding that was found: by its byte order mark, else UTF-8, else Korean Windows (cp949).

    With `encoding` nothing is guessed: the file is in that one or it is refused.
    Raises: NotText; TextTooLong above FILE_LIMIT.
    """
    if len(contents) > FILE_LIMIT:
        raise TextTooLong(
            mark("The file has {size:,} bytes; at most {limit:,} are read. Split it."),
            size=len(contents),
            limit=FILE_LIMIT,
        )
    if _BINARY.match(contents):
        raise NotText(mark("This is no text file but a document, a picture or an archive. Save it as plain text."))
    if encoding is not None:
        return _decoded(contents, encoding), encoding
    marked = next((name for order, name in _MARKED if contents.startswith(order)), "")
    if marked:
        return _decoded(contents, marked), marked
    if b"\0" in contents:
        raise NotText(mark("This is no text file: it has bytes of zero. Save it as plain text, in UTF-8."))
    try:
        return contents.decode(), "utf-8"
    except UnicodeDecodeError as error:
        refused = error
    try:
        text = contents.decode("cp949")
    except UnicodeDecodeError:
        text = "\0"
    if not _NEVER_IN_TEXT.search(text):
        return text, "cp949"
    raise NotText(
        mark("This is neither UTF-8 nor cp949: byte {position:,} is {byte:#04x}. Save it as plain text, in UTF-8."),
        position=refused.start + 1,
        byte=contents[refused.start],
    ) from refused


def guessed(encoding: str) -> bool:
    """Say whether an encoding that read() found is a guess: cp949 fits many files that are in another one.

    >>> guessed("cp949"), guessed("utf-8"), guessed("utf-16")
    (True, False, False)
    """
    return encoding == "cp949"


def _decoded(contents: bytes, encoding: str) -> str:
    try:
        return contents.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            mark("This is not {encoding}: byte {position:,} is {byte:#04x}. Save it as plain text, in UTF-8."),
            encoding=encoding,
            position=error.start + 1,
            # What is missing at the end of a file stands at no byte of it.
            byte=contents[min(error.start, len(contents) - 1)],
        ) from error
    except LookupError as error:
        raise NotText(mark("{encoding!r} is no character encoding."), encoding=encoding) from error
