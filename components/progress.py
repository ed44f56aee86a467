"""How far the visitor has come: lessons done, the last one opened. Kept in the browser, merged on arrival."""

from typing import Any

import streamlit as st

from components import browser_store, state

RECORD = "progress"


def sync() -> None:
    """Take over what the browser held, and keep it up to date. Called once in each run, on every page."""
    _take_over()
    _keep()


@st.fragment
def _keep() -> None:
    """Mount the store. A fragment: what the browser answers must not end a run that is streaming."""
    new = _take_over()
    memory = _memory()
    browser_store.keep(RECORD, {"done": memory["done"], "last": memory["last"]})
    if new:
        st.rerun()


def _take_over() -> bool:
    """Join what the browser held with what was done since; answers whether it has only just told."""
    memory = _memory()
    held = browser_store.loaded(RECORD)
    if not held or memory.get("merged"):
        return False
    memory["merged"] = True
    memory["done"] = sorted({*memory["done"], *_numbers(held.get("done"))})
    memory["last"] = memory["last"] or next(iter(_numbers([held.get("last")])), None)
    return True


def done() -> set[int]:
    """Numbers of the lessons that are done."""
    return set(_memory()["done"])


def last() -> int | None:
    """Number of the lesson that was opened last."""
    number: int | None = _memory()["last"]
    return number


def opened(number: int) -> None:
    """Note that a lesson was opened."""
    _memory()["last"] = number


def mark(number: int, is_done: bool = True) -> None:
    """Note that a lesson is done, or that it is not."""
    numbers = done() | {number} if is_done else done() - {number}
    _memory()["done"] = sorted(numbers)


def _memory() -> dict[str, Any]:
    memory = state.scratch(RECORD)
    memory.setdefault("done", [])
    memory.setdefault("last", None)
    return memory


def _numbers(held: object) -> list[int]:
    """The lesson numbers in what a browser sent, which may be anything."""
    return [each for each in held if type(each) is int and 0 < each < 100] if isinstance(held, list) else []
