"""What a click on the chat page asks for that only the page may do: a call to the model. Kept until it is taken."""

from dataclasses import dataclass
from typing import Any, Literal

from components import state

Kind = Literal["question", "again", "go_on", "instead"]
"""question: ask `text`. again: another answer beside `id`. go_on: continue the partial answer `id`.
instead: `text` in place of the question `id`, as a branch."""


@dataclass(frozen=True)
class Wish:
    """One call that somebody asked for."""

    kind: Kind
    id: str = ""
    text: str = ""


def make(kind: Kind, id: str = "", text: str = "") -> None:
    """Ask for a call; the next run of the page makes it."""
    state.scratch("chat")["wish"] = {"kind": kind, "id": id, "text": text}


def take() -> Wish | None:
    """Take what was asked for; once."""
    wish: dict[str, Any] | None = state.scratch("chat").pop("wish", None)
    return Wish(**wish) if wish else None
