"""Keeps the catalogues in step with the source: `python locale/catalogue.py` extracts, merges and compiles.

New strings come in with an empty translation, strings that are gone leave. Nothing is guessed: a string that changed is
a new one.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("components", "pages", "playground", "simulator")
KEYWORDS = {"_": 1, "mark": 1, "_n": 2}
"""What marks a string, and how many: _() and _n() in the views, mark() in the tables."""

HEAD: dict[str, Any] = {
    "project": "Chat Completions Playground",
    "version": "1",
    "charset": "utf-8",
    "fuzzy": False,
    "header_comment": "# Words of the interface. Edit the translations here, then run: python locale/catalogue.py",
    "creation_date": datetime(2026, 11, 23, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 23, tzinfo=UTC),
}
"""The same at every run, so that a run without new strings changes nothing."""


def sources() -> list[Path]:
    """The Python files whose strings a person may read."""
    return [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]


def marked(node: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """The strings that a piece of source marks, in order; of a plural, both forms."""
    # Babel's own extractor reads tokens: before Python 3.12 it sees nothing inside an f-string.
    for child in ast.iter_child_nodes(node):
        yield from marked(child)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
        arguments = node.args[: KEYWORDS[node.func.id]]
        said = tuple(each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str))
        if len(said) == KEYWORDS[node.func.id]:
            yield said[0] if len(said) == 1 else said


def extract() -> Catalog:
    """The strings of the source, in order."""
    catalogue = Catalog(**HEAD)
    for path in sources():
        for message in marked(ast.parse(path.read_text(encoding="utf-8"))):
            catalogue.add(message, None, [(path.relative_to(ROOT).as_posix(), None)])
    return catalogue


def po_file(language: str) -> Path:
    """The catalogue that people edit."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is on disk."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of the .mo file that gettext reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def languages() -> Iterator[str]:
    """The languages that have a folder here; English is the source and needs none."""
    return (path.name for path in sorted((ROOT / "locale").iterdir()) if (path / "LC_MESSAGES").is_dir())


def update(language: str) -> None:
    """Merge the source's strings into a catalogue and compile it."""
    catalogue = read(language) if po_file(language).exists() else Catalog(language, **HEAD)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with po_file(language).open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=False, omit_header=False)
    po_file(language).with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    for each in languages():
        update(each)
