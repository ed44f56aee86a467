r"""Uploaded bytes as text: which character encoding they are in. It reads text only, no documents.

>>> read("한국어".encode("cp949"))
('한국어', 'cp949')
>>> read("a\r\n".encode("utf-16"))
('a\r\n', 'utf-16')
"""

import codecs

from playground.errors import NotText
from playground.language import mark

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 first, for its mark begins with that of UTF-16."""


def read(contents: bytes) -> tuple[str, str]:
    """Decode, and name the encoding that was found: by its byte order mark, else UTF-8, else Korean Windows (cp949).

    Raises: NotText.
    """
    encoding = next((name for order, name in _MARKED if contents.startswith(order)), "")
    if not encoding and b"\0" in contents:
        raise NotText(mark("This is no text file: it has bytes of zero. Save it as plain text, in UTF-8."))
    try:
        return contents.decode(encoding or "utf-8"), encoding or "utf-8"
    except UnicodeDecodeError as error:
        refused = error
    if not encoding:
        try:
            return contents.decode("cp949"), "cp949"
        except UnicodeDecodeError:
            pass
    raise NotText(
        mark("This is neither UTF-8 nor cp949: byte {position:,} is {byte:#04x}. Save it as plain text, in UTF-8."),
        position=refused.start + 1,
        byte=contents[refused.start],
    ) from refused
