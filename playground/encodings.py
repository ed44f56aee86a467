"""The encodings of tiktoken, from files that ship with the playground: the only module that imports tiktoken.

It loads and counts; what a token covers in the text is in tokens.py. It never downloads: tiktoken deletes a vocabulary
with a wrong sha256 and fetches it again with no timeout, so the right file is put in its place before tiktoken looks.

    >>> count("Hello! I'm John.", "cl100k_base")
    6
"""

import hashlib
import lzma
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

import platformdirs
import tiktoken

from playground.errors import EncodingUnavailable, TextTooLong, UnknownEncoding
from playground.language import mark

PACKED = Path(__file__).parent / "vocabularies"
"""Where the vocabularies lie as they ship, compressed. Only read: tiktoken deletes what it finds wrong."""

UNPACKED = platformdirs.user_cache_path("chat-completions-playground", appauthor=False) / "vocabularies"
"""Where they are unpacked, once for each user. A temporary folder takes its place when it can't be written."""

NEWEST = "o200k_base"
"""The encoding that is assumed for a model which tiktoken doesn't know."""


@dataclass(frozen=True)
class Vocabulary:
    """A file that tiktoken would download, and what ships instead of it."""

    packed: str
    url: str
    sha256: str

    @property
    def unpacked(self) -> str:
        """The file's name in tiktoken's cache."""
        return hashlib.sha1(self.url.encode(), usedforsecurity=False).hexdigest()


_SITE = "https://openaipublic.blob.core.windows.net/"
_GPT2_MERGES = Vocabulary(
    "gpt2_vocab.bpe.xz",
    _SITE + "gpt-2/encodings/main/vocab.bpe",
    "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5",
)
_GPT2_IDS = Vocabulary(
    "gpt2_encoder.json.xz",
    _SITE + "gpt-2/encodings/main/encoder.json",
    "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783",
)
_R50K = Vocabulary(
    "r50k_base.tiktoken.xz",
    _SITE + "encodings/r50k_base.tiktoken",
    "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930",
)
_P50K = Vocabulary(
    "p50k_base.tiktoken.xz",
    _SITE + "encodings/p50k_base.tiktoken",
    "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069",
)
_CL100K = Vocabulary(
    "cl100k_base.tiktoken.xz",
    _SITE + "encodings/cl100k_base.tiktoken",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
)
_O200K = Vocabulary(
    "o200k_base.tiktoken.xz",
    _SITE + "encodings/o200k_base.tiktoken",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
)

VOCABULARIES = {
    "gpt2": (_GPT2_MERGES, _GPT2_IDS),
    "r50k_base": (_R50K,),
    "p50k_base": (_P50K,),
    "p50k_edit": (_P50K,),
    "cl100k_base": (_CL100K,),
    "o200k_base": (_O200K,),
    "o200k_harmony": (_O200K,),
}
"""The files of each encoding, oldest encoding first."""

NAMES = tuple(VOCABULARIES)

_ORDINARY = {"gpt2": "r50k_base", "p50k_edit": "p50k_base", "o200k_harmony": "o200k_base"}

_loaded: dict[str, tiktoken.Encoding] = {}
_loading = threading.Lock()


def load(name: str) -> tiktoken.Encoding:
    """Load an encoding, once for each process.

    Raises: UnknownEncoding; EncodingUnavailable when the file that ships is damaged, or no folder can be written.
    """
    known = _loaded.get(name)
    if known is not None:
        return known
    if name not in VOCABULARIES:
        raise UnknownEncoding(
            mark("{name!r} is no encoding. There are: {names}."), name=name, names=", ".join(VOCABULARIES)
        )
    with _loading:
        if name not in _loaded:
            folder = _folder_with(name)
            # Other packages (litellm, llama_index) point this at their own folder, so it is set at each load.
            os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
            _loaded[name] = tiktoken.get_encoding(name)
        return _loaded[name]


def ordinary(name: str) -> str:
    """Name the encoding that gives the same ids for ordinary text; most give their own.

    >>> ordinary("o200k_harmony"), ordinary("cl100k_base")
    ('o200k_base', 'cl100k_base')
    """
    return _ORDINARY.get(name, name)


def source(name: str, text: str) -> str:
    """Name the oldest encoding that gives the same ids for this very text, read as ordinary text.

    All that p50k_base adds to r50k_base are tokens for runs of spaces.

    >>> source("p50k_edit", "one two"), source("p50k_edit", "one  two")
    ('r50k_base', 'p50k_base')
    """
    same = ordinary(name)
    return "r50k_base" if same == "p50k_base" and "  " not in text else same


def ranks(name: str) -> dict[bytes, int]:
    """Give the ordinary tokens of an encoding as bytes -> id; the id is the rank of the merge that makes them."""
    # tiktoken keeps these to itself; a test holds that its own encoder agrees with them.
    return load(ordinary(name))._mergeable_ranks


def pattern(name: str) -> str:
    """Give the regular expression that cuts a text before any merge, as tiktoken writes it."""
    return load(ordinary(name))._pat_str


def for_model(model: str) -> tuple[str, bool]:
    """Name a model's encoding, and say whether that is assumed because tiktoken doesn't know the model.

    >>> for_model("gpt-4"), for_model("gpt-6-luna")
    (('cl100k_base', False), ('o200k_base', True))
    """
    try:
        return tiktoken.encoding_name_for_model(model), False
    except KeyError:
        return NEWEST, True


def encode(text: str, name: str, allow_special: bool = False) -> list[int]:
    """Encode a text; special-looking text is ordinary text unless it is allowed to be a special token.

    Raises: TextTooLong for about a million blanks in a row, where tiktoken's pattern gives up.
    """
    # Not encode_ordinary: on that many blanks it raises a Rust panic, which `except Exception` lets through.
    try:
        if allow_special:
            return load(name).encode(text, allowed_special="all")
        return load(ordinary(name)).encode(text, disallowed_special=())
    except ValueError as error:
        raise TextTooLong(
            mark("{encoding} gives up: the text has too many blanks in a row ({length:,} characters in all)."),
            encoding=name,
            length=len(text),
        ) from error


def count(text: str, name: str) -> int:
    """Count the tokens of a text, special-looking text read as ordinary text.

    Raises: TextTooLong, as encode() does.
    """
    return len(encode(text, name))


def _folder_with(name: str) -> Path:
    for folder in _folders():
        # Without a home directory the path is relative: it would end up wherever the app was started.
        if folder.is_absolute() and _unpack_all(name, folder):
            return folder
    raise EncodingUnavailable(
        mark("Encoding {name} can't be unpacked: neither {folder} nor a temporary folder can be written."),
        name=name,
        folder=UNPACKED,
    )


def _folders() -> Iterator[Path]:
    yield UNPACKED
    try:
        yield Path(_temporary().name)
    except OSError:
        return


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="chat-completions-playground-")


def _unpack_all(name: str, folder: Path) -> bool:
    try:
        for vocabulary in VOCABULARIES[name]:
            _unpack(vocabulary, folder, name)
    except OSError:
        return False
    return True


def _unpack(vocabulary: Vocabulary, folder: Path, name: str) -> None:
    unpacked = folder / vocabulary.unpacked
    if _is_right(unpacked, vocabulary):
        return
    contents = _contents(vocabulary, name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f"{vocabulary.unpacked}.{uuid4().hex}"
    try:
        beside.write_bytes(contents)
        beside.replace(unpacked)
    except OSError:
        # Windows refuses to replace a file that another process reads; then that process has just written it.
        if not _is_right(unpacked, vocabulary):
            raise
    finally:
        beside.unlink(missing_ok=True)


def _is_right(path: Path, vocabulary: Vocabulary) -> bool:
    try:
        contents = path.read_bytes()
    except OSError:
        return False
    return hashlib.sha256(contents).hexdigest() == vocabulary.sha256


def _contents(vocabulary: Vocabulary, name: str) -> bytes:
    packed = PACKED / vocabulary.packed
    damaged = EncodingUnavailable(
        mark("Encoding {name} can't be read: the file {file} is missing or damaged. Restore it or install again."),
        name=name,
        file=packed,
    )
    try:
        contents = lzma.decompress(packed.read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise damaged from error
    if hashlib.sha256(contents).hexdigest() != vocabulary.sha256:
        raise damaged
    return contents
