"""A text file with a header: TOML between two lines `+++`, then the body. What the keys mean, it does not know."""

import tomllib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from playground.errors import LessonError


def read(
    file: Path, name: str, keys: Mapping[str, type], optional: Set[str] = frozenset()
) -> tuple[dict[str, Any], str]:
    """Cut a file into its header and its body; keys says which keys the header has, and of which types.

    Raises: LessonError, with the name that the file has for its readers.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(name, "file", str(error)) from error
    if not text.startswith("+++\n") or "\n+++\n" not in text:
        raise LessonError(name, "header", "it stands between two lines +++")
    toml, _, body = text.removeprefix("+++\n").partition("\n+++\n")
    try:
        header = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise LessonError(name, "header", str(error)) from error
    for key in header:
        if key not in keys:
            raise LessonError(name, key, f"no key of the header; there are {', '.join(keys)}")
    for key, type_ in keys.items():
        if key not in header and key not in optional:
            raise LessonError(name, key, "it is missing")
        # In Python True is an int.
        if key in header and (type(header[key]) is not type_ or header[key] == ""):
            raise LessonError(name, key, f"it can't be {header[key]!r}")
    return header, body
