"""The vocabulary of an encoding as a book to look things up in: an id's bytes, and the ids whose text holds a word.

>>> look_up(15339, "cl100k_base")
Entry(id=15339, bytes=b'hello', special=False)
>>> [entry.text for entry in search("hello", "cl100k_base", limit=4)]
['hello', ' hello', '_hello']

look_up(id, encoding) -> Entry (raises UnknownTokenId)      search(text, encoding, limit=50) -> list[Entry]
Entry(id, bytes, special), .text .hex .whole (whether it is whole characters)      count_matches(text, encoding) -> int
"""

import builtins
from dataclasses import dataclass
from functools import lru_cache

from playground import encodings
from playground.tokens import as_read, token_bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A token of a vocabulary."""

    id: int
    bytes: builtins.bytes
    special: bool
    """Whether it marks something, as the end of a text, and stands for no text."""

    @property
    def text(self) -> str:
        """Its bytes as text, U+FFFD for pieces of characters."""
        return self.bytes.decode("utf-8", errors="replace")

    @property
    def hex(self) -> str:
        """Its bytes as hexadecimal numbers."""
        return self.bytes.hex(" ")

    @property
    def whole(self) -> bool:
        """Whether its bytes are whole characters; a piece means nothing without its neighbours."""
        try:
            self.bytes.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True


def look_up(token_id: int, encoding: str) -> Entry:
    """Look an id up.

    Raises: UnknownTokenId for a gap in the vocabulary and for what can't be an id; UnknownEncoding.
    """
    return Entry(token_id, token_bytes(token_id, encoding), encodings.load(encoding).is_special_token(token_id))


def search(text: str, encoding: str, limit: int = 50) -> list[Entry]:
    """Find the tokens whose bytes hold a text: the text itself, after a space, those that begin with it, then the rest.

    Shorter ones first; special tokens are found by their names.
    """
    wanted = as_read(text).encode()

    def nearness(entry: Entry) -> tuple[bool, bool, bool, int, int]:
        word = entry.bytes.removeprefix(b" ") if not wanted.startswith(b" ") else entry.bytes
        begins = word.startswith(wanted)
        return word != wanted, not begins, entry.bytes != word, len(entry.bytes), entry.id

    return sorted(_matches(wanted, encoding), key=nearness)[: max(0, limit)]


def count_matches(text: str, encoding: str) -> int:
    """Count what search() finds without a limit."""
    return len(_matches(as_read(text).encode(), encoding))


@lru_cache(maxsize=8)
def _matches(wanted: bytes, encoding: str) -> tuple[Entry, ...]:
    if not wanted:
        return ()
    loaded = encodings.load(encoding)
    ordinary = (Entry(rank, word, False) for word, rank in encodings.ranks(encoding).items() if wanted in word)
    names = (name for name in sorted(loaded.special_tokens_set) if wanted in name.encode())
    special = (Entry(loaded.encode_single_token(name), name.encode(), True) for name in names)
    return (*ordinary, *special)
