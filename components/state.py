"""The session's memory: the only file that names session_state keys. It draws nothing.

What a page needs to remember lives here, so that a page switch, a stop or an error loses nothing. Values are plain
dicts and records that are told apart by a string field: after a hot reload a class is no longer the class it was.
"""

import os
import time
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from playground.conversations import Conversations
from playground.exchange import Exchange
from playground.language import LANGUAGES, closest, mark
from playground.transcript import Transcript

LANGUAGE = "language"
"""Key of the language switch."""

LOG_BYTES = 20_000_000
"""A session's log keeps this many bytes of requests and responses; the oldest exchanges leave first."""

OPENAI_URL = "https://api.openai.com/v1"

SYSTEM = "You are a helpful assistant."
PROMPT = mark("Write a haiku about the sea.")
QUESTION = "What's the weather like in Seoul?"
"""What the chat, the parameters and the functions page begin with."""

PREFILLING = 1.5
"""Seconds in which a text that a page put into the chat's input is put there again."""

Kind = Literal["simulator", "openai", "other"]


@dataclass(frozen=True)
class Connection:
    """Where requests go and which model they name. The key is not in it."""

    kind: Kind = "simulator"
    base_url: str = ""
    model: str = "gpt-4"
    instant: bool = False
    """The simulator answers without the pauses of a real model."""
    fit: bool = True
    """On a real connection, requests get what their model needs: fitting.py."""


def language() -> str:
    """Code of the session's language: the switch, else the browser's locale, else English."""
    chosen = st.session_state.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else closest(st.context.locale)


def start_language() -> None:
    """Give the language switch its first value; called before the switch is drawn."""
    if st.session_state.get(LANGUAGE) not in LANGUAGES:
        st.session_state[LANGUAGE] = closest(st.context.locale)


def connection() -> Connection:
    """The session's connection; the simulator until somebody chooses otherwise."""
    return Connection(**st.session_state.setdefault("connection", {}))


def connect_to(chosen: Connection, key: str | None) -> None:
    """Use another connection. The typed key stays in this session's memory and is forgotten with the connection."""
    st.session_state["connection"] = dict(vars(chosen))
    st.session_state["connection_key"] = key or ""


def typed_key() -> str:
    """The key that the visitor typed for the present connection; empty when there is none."""
    return str(st.session_state.get("connection_key", ""))


def server_key() -> str:
    """The server's own key: OPENAI_API_KEY of the environment, else of secrets.toml, else empty.

    It belongs to OpenAI's base URL and may go nowhere else.
    """
    if key := os.environ.get("OPENAI_API_KEY"):
        return key
    try:
        return str(st.secrets.get("OPENAI_API_KEY", ""))
    except StreamlitSecretNotFoundError:
        return ""


def log() -> list[Exchange]:
    """Every exchange of the session, oldest first."""
    exchanges: list[Exchange] = st.session_state.setdefault("log", [])
    return exchanges


def remember(exchange: Exchange) -> None:
    """Add an exchange to the log; the oldest leave when the log grows over its limit."""
    append_bounded(log(), exchange)


def append_bounded(exchanges: list[Exchange], exchange: Exchange) -> None:
    """Append in place, then drop the oldest until at most LOG_BYTES are kept; the newest always stays."""
    exchanges.append(exchange)
    size = sum(each.size for each in exchanges)
    while size > LOG_BYTES and len(exchanges) > 1:
        size -= exchanges.pop(0).size


def scratch(page: str) -> dict[str, Any]:
    """A page's own memory: one dict that outlives page switches; mutate it in place."""
    memory: dict[str, Any] = st.session_state.setdefault(f"scratch_{page}", {})
    return memory


def widget(key: str, default: Any = None) -> Any:
    """The value of a widget drawn elsewhere or later in the run."""
    return st.session_state.get(key, default)


def start_widget(key: str, value: Any) -> None:
    """Give a widget its first value; one that the visitor has chosen stays."""
    st.session_state.setdefault(key, value)


def set_widget(key: str, value: Any) -> None:
    """Set a widget's value before it is drawn in this run."""
    st.session_state[key] = value


def prefill_chat(text: str) -> None:
    """Put a text into the chat's input, unsent, when the page is drawn next."""
    scratch("chat").update(waiting=text, waiting_since=None)


def prefilled_chat() -> None:
    """Fill the chat's input before it is drawn.

    Runs that follow each other quickly, as when the browser's store answers, may be sent to the browser as one, and the
    later one would come without the text: so it is filled again for a moment, unless the visitor has sent something.
    """
    memory = scratch("chat")
    waiting = memory.get("waiting")
    if waiting is None:
        return
    since = memory["waiting_since"] = memory.get("waiting_since") or time.monotonic()
    if st.session_state.get("chat_input") or time.monotonic() - since > PREFILLING:
        del memory["waiting"]
    else:
        st.session_state["chat_input"] = waiting


def conversations() -> Conversations:
    """The visitor's conversations."""
    if "conversations" not in st.session_state:
        st.session_state["conversations"] = Conversations(SYSTEM)
    shelf: Conversations = st.session_state["conversations"]
    return shelf


def transcript() -> Transcript:
    """The conversation of the chat page: the one that is open, unless another one was put here."""
    shelf = conversations()
    put = st.session_state.get("transcript")
    if put is not None and put is not st.session_state.get("transcript_shown"):
        shelf.take(put)
    st.session_state["transcript"] = st.session_state["transcript_shown"] = shelf.open
    return shelf.open


def show_conversation() -> None:
    """Have the page's widgets show the conversation that is open now; to be called before they are drawn."""
    st.session_state["chat_system"] = transcript().system
    scratch("chat").pop("chosen", None)


def start_over() -> None:
    """Put the conversation aside and begin a new one under the same system message."""
    conversations().new(transcript().system)
    show_conversation()


def bring_back() -> None:
    """Take up the conversation that was put aside last; the present one goes under the others, if it has turns."""
    transcript()
    conversations().back()
    show_conversation()


def take_up(talk: Transcript) -> None:
    """Go on with another conversation; the present one can come back, if anything was said in it."""
    transcript()
    conversations().take(talk)
    show_conversation()
