"""What a click on the chat page asks for that only the page may do: a call to the model. Kept until it is taken."""

from collections.abc import Callable
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


def say() -> None:
    """Ask what was typed into the input; its callback.

    The input tells its text to one run only, and another one may take that run's place before it comes to the input. A
    callback comes before everything.
    """
    memory, typed = state.scratch("chat"), state.widget("chat_input")
    memory.pop("waiting", None)
    if typed and typed.strip():
        memory["wish"] = {"kind": "question", "id": "", "text": typed}


def take() -> Wish | None:
    """Take what was asked for, once; else an answer that is owed."""
    memory = state.scratch("chat")
    wish: dict[str, Any] | None = memory.pop("wish", None)
    owed = memory.pop("owed", None)
    if wish:
        return Wish(**wish)
    # Once more, and not again and again.
    if owed and memory.get("owed_again") != owed:
        memory["owed_again"] = owed
        return Wish("again", owed)
    return None


def owe(id: str) -> Callable[[], None]:
    """An answer is owed until something of it has arrived; answers what says that it has, for any thread.

    Other clicks, and what Streamlit does by itself, begin another run: it would cancel a question just sent.
    """
    memory = state.scratch("chat")
    memory["owed"] = id
    return lambda: memory.pop("owed", None) and None


def waive() -> None:
    """Somebody stopped it: nothing is owed any more."""
    state.scratch("chat").pop("owed", None)
