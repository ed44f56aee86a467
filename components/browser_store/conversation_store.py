"""Conversations in the visitor's own browser: they outlive a reload, a restart, another replica. Never a key in them.

The browser tells a list first and the records of a conversation when they are wanted; what is written is confirmed. The
store stands in a fragment: what it answers never interrupts a running stream.
"""

import json
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import state
from components.scripted import scripted
from playground.conversation_files import without
from playground.conversations import Conversations, as_row
from playground.revisions import fresh

CAP = 20_000_000
"""Bytes that all conversations may take in a browser; what would go beyond is not written, and that is said."""

PART = 4_000_000
"""Bytes that go to the browser at once."""

ANSWER = 15_000_000
"""Bytes that come at once; Streamlit closes the connection at 25 MB."""

SOON, LATER = 2.0, 1.5
"""While an answer arrives it is written after so many seconds, then whenever the time has grown by this factor."""

KEY = "browser_store_conversations"

_STORE = scripted("conversation_store", "<span hidden></span>", "browser_store")


def keeper(place: DeltaGenerator) -> Callable[..., None]:
    """Answer a function that writes what is new: at its first call in a run at once, later now and then.

    The first call mounts the store; a page that shows conversations makes it in every run. It says whether the run is
    about to ask a question: then nothing that the browser has told draws the page again before the answer is there.
    """
    began: float | None = None
    due = SOON

    def keep(asks: bool = False) -> None:
        nonlocal began, due
        if began is None:
            began = time.monotonic()
            _memory()["asks"] = asks
            with place:
                _mount()
        elif time.monotonic() - began >= due:
            due = (time.monotonic() - began) * LATER
            with place:
                _write_growing()

    return keep


def answered() -> bool:
    """Whether the browser has told what it holds."""
    return bool(_memory()["listed"])


def trouble() -> str:
    """Why nothing is written: "full", "forbidden", or empty."""
    return str(_memory()["trouble"])


def trouble_to_say() -> str:
    """The trouble, until it was read."""
    memory = _memory()
    return "" if memory["trouble"] == memory["read"] else trouble()


def trouble_was_read() -> None:
    """Note that the visitor has read of the trouble; the same one is not said again."""
    memory = _memory()
    memory["read"] = memory["trouble"]


def forget() -> None:
    """Forget every conversation, here and in the browser; recall() takes it back as long as the tab is open."""
    memory = _memory()
    state.conversations().forget()
    memory.update(
        forget=memory["forget"] + 1, forgetting=True, batch=None, outbox=[], seen={}, trouble="", restored=True
    )
    state.show_conversation()


def recall() -> None:
    """Bring back what was forgotten: what is here is written again, the rest the tab has put aside."""
    memory = _memory()
    if state.conversations().recall():
        memory["recall"] = memory["forget"]
        state.show_conversation()


def try_again() -> None:
    """Write again what did not fit, for something was deleted."""
    memory = _memory()
    if memory["trouble"]:
        memory["trouble"] = ""
        for talk in state.conversations().talks.values():
            talk.save_all()


@st.fragment
def _mount() -> None:
    # The callback comes first and spares a run; a state that was there from the start calls none.
    _take()
    memory = _memory()
    shelf = state.conversations()
    entry = shelf.entry(shelf.open.id)
    followed = [*shelf.talks, *([shelf.wanted[0]] if shelf.wanted else [])]
    _STORE(
        key=KEY,
        data={
            "session": memory["session"],
            "answered": memory["answered"],
            "restored": memory["restored"],
            "open": entry.id if entry else "",
            "seen": {
                id: {"stamp": memory["seen"].get(id, 0), "by": shelf.talks[id].by if id in shelf.talks else ""}
                for id in dict.fromkeys(followed)
                if id in shelf.known or shelf.entry(id)
            },
            "batch": None if memory["forgetting"] else _batch(memory),
            "forget": memory["forget"] if memory["forgetting"] else 0,
            "recall": memory["recall"],
            "cap": CAP,
            "most": ANSWER,
        },
        on_answer_change=_take,
    )
    if memory["redraw"] and not memory["asks"]:
        memory["redraw"] = False
        st.rerun()


def _write_growing() -> None:
    """Write what has arrived of an answer. It stays unsaved, so that the run after this one writes it for certain."""
    memory = _memory()
    if memory["trouble"] or memory["forgetting"]:
        return
    items = [_item(row, records) for row, records in _unsaved(clear=False)]
    if 0 < sum(size for size, _ in items) <= PART:
        memory["writers"] += 1
        data = {"session": memory["session"], "cap": CAP, "writes": [item for _, item in items]}
        with st.empty():
            _STORE(key=f"{KEY}_{memory['writers']}", data=data, on_answer_change=_take)


def _batch(memory: dict[str, Any]) -> dict[str, Any] | None:
    """What the browser has to write next; the same until it has said that it did."""
    if memory["batch"] is None and not memory["trouble"]:
        memory["outbox"] += _unsaved()
        items, size = [], 0
        while memory["outbox"] and size < PART:
            row, records = memory["outbox"].pop(0)
            weights = [len(json.dumps(record)) for record in records]
            fits = 1
            while fits < len(records) and size + sum(weights[: fits + 1]) <= PART:
                fits += 1
            if records[fits:]:
                memory["outbox"].insert(0, (row, records[fits:]))
            size += sum(weights[:fits])
            items.append({"entry": row, "records": records[:fits]})
        if size > CAP:
            memory.update(trouble="full", outbox=[], redraw=True)
        elif items:
            memory["number"] += 1
            memory["batch"] = {"number": memory["number"], "items": items}
    batch: dict[str, Any] | None = memory["batch"]
    return batch


def _unsaved(clear: bool = True) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """New records with their conversations' entries, without a key that somebody typed into a message."""
    found = state.conversations().unsaved(clear)
    # Looking for the server's key reads files: not in runs that write nothing.
    secrets = [each for each in (state.typed_key(), state.server_key()) if each] if found else []
    return [(without(as_row(entry), secrets), without(records, secrets)) for entry, records in found]


def _item(row: dict[str, Any], records: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    return sum(len(json.dumps(record)) for record in records), {"entry": row, "records": records}


def _take() -> None:
    """Take in what the browser says, which may be anything."""
    memory, shelf = _memory(), state.conversations()
    answer = (state.widget(KEY) or {}).get("answer")
    begun = bool(state.scratch("chat").get("waiting")) or "lesson" in st.query_params
    # From here on no look at Streamlit's state: it may end this run, and half an answer would be lost.
    if isinstance(answer, Mapping) and answer.get("session") == memory["session"]:
        if answer.get("id") != memory["answered"]:
            _taken(memory, shelf, answer, begun)


def _taken(memory: dict[str, Any], shelf: Conversations, answer: Mapping[str, Any], begun: bool) -> None:
    memory["answered"] = answer.get("id")
    before = (shelf.open.id, shelf.entries(), memory["trouble"])
    if answer.get("forgot") == memory["forget"]:
        memory["forgetting"] = False
    if answer.get("forgotten") is True and not memory["forgetting"]:
        shelf.forget(for_good=True)
        memory.update(batch=None, outbox=[], seen={})
    if answer.get("kept") == memory["number"]:
        memory["batch"] = None
    memory["seen"] |= _stamps(answer.get("stamps"))
    # What was on its way when everything was forgotten must not come back.
    told = {} if memory["forgetting"] else answer
    shelf.index(_listed(told.get("entries")))
    changed = False
    for part in _listed(told.get("records")):
        if isinstance(part, Mapping) and isinstance(part.get("id"), str):
            changed |= shelf.arrived(part["id"], _listed(part.get("records"))) and part["id"] == shelf.open.id
            memory["seen"] |= _stamps({part["id"]: part.get("stamp")})
    if not memory["restored"]:
        # What was open before the reload, unless the visitor has begun with something else.
        memory["restored"] = True
        begun |= bool(shelf.open.tree.newest) or shelf.open.system != state.SYSTEM
        if not begun and isinstance(answer.get("open"), str) and answer["open"] in shelf.known:
            shelf.switch(answer["open"])
    memory["listed"] |= answer.get("listed") is True
    if answer.get("trouble") in ("full", "forbidden"):
        memory.update(trouble=answer["trouble"], batch=None, outbox=[])
    changed |= before != (shelf.open.id, shelf.entries(), memory["trouble"])
    memory["redraw"] |= changed


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _stamps(value: object) -> dict[str, int]:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return {id: stamp for id, stamp in pairs if isinstance(id, str) and type(stamp) is int and 0 <= stamp < math.inf}


def _memory() -> dict[str, Any]:
    memory = state.scratch("conversation_store")
    if not memory:
        memory.update(session=fresh(), answered=None, listed=False, restored=False, redraw=False, seen={})
        memory.update(
            number=0, batch=None, outbox=[], forget=0, forgetting=False, recall=0, trouble="", read="", writers=0
        )
        memory["asks"] = False
    return memory
