"""The tab Two endpoints: one text through Chat Completions and through the older Completions API, side by side."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import capped_call, connection, error_view, exchange_view, json_view, prompt_field, state
from components.wording import _
from playground import models, snippets
from playground.exchange import Exchange
from playground.language import mark
from playground.messages import Body
from playground.parameters import PARAMETERS, TEXT_PARAMETERS

if TYPE_CHECKING:
    from playground.client import Client

DIFFERENCES = (
    ("messages", "prompt", mark("Chat takes a list of messages with roles, the older API one text.")),
    (
        "choices[].message",
        "choices[].text",
        mark("Chat answers with a message, the older API with the text that goes on."),
    ),
    ("chat.completion", "text_completion", mark("The response names its own kind in object.")),
    ("max_tokens: –", "max_tokens: 16", mark("Only the older API has a default: it cuts after 16 tokens.")),
    ("tools, functions", "–", mark("Only chat can ask for functions.")),
    (
        "–",
        "echo, suffix, best_of",
        mark("Only the older API repeats the prompt, fills a gap, or chooses the best of several."),
    ),
    (
        "logprobs: true",
        "logprobs: 5",
        mark("Chat switches them on and counts with top_logprobs; the older API counts at once."),
    ),
)
"""What stands where in the two, and what it means."""


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the two requests, send them, and draw the two responses."""
    memory = state.scratch(f"{page}_endpoints")
    st.markdown(
        _(
            "OpenAI shut down its last models of the Completions API (legacy) on 2026-09-28. "
            "It runs here on the simulator, and on servers that still have it, such as vLLM, llama.cpp or Ollama."
        )
    )
    prompt_field.draw(page)
    older = _older_model(page)
    echo = st.toggle(_("echo: let the older API repeat the prompt"), key=f"{page}_two_echo", persist_state="session")
    fitted = connection.fitted(prompt_field.body(page, {"stream": None, "stream_options": None}))
    chat, text = fitted.body, _text_body(page, older) | ({"echo": True} if echo else {})
    left, right = st.columns(2, gap="medium")
    with left:
        st.header("Chat Completions", anchor=False)
        st.caption("`POST /v1/chat/completions`")
        json_view.draw(chat, f"{page}_two_chat", label=_("Request to Chat Completions"), previous=text)
        connection.added(fitted.changed, f"{page}_two")
    with right:
        st.header(_("Completions (legacy)"), anchor=False)
        st.caption("`POST /v1/completions`")
        json_view.draw(text, f"{page}_two_text", label=_("Request to Completions"), previous=chat)
    st.caption(_("Lines with + are not in the other request."))
    if st.button(
        _("Send both"),
        key=f"{page}_two_run",
        type="primary",
        icon=":material/send:",
        disabled=not prompt_field.text(page) or not older,
    ):
        with st.spinner(_("Waiting for both answers")):
            both = capped_call.send(client, chat), capped_call.send(client, text, snippets.COMPLETIONS)
        if all(both):
            memory["chat"], memory["text"] = both
    if "text" in memory:
        _responses(page, memory["chat"], memory["text"])
    st.header(_("What is different"), anchor=False)
    st.table(
        {
            "Chat Completions": [f"`{each[0]}`" for each in DIFFERENCES],
            _("Completions (legacy)"): [f"`{each[1]}`" for each in DIFFERENCES],
            _("What it means"): [_(each[2]) for each in DIFFERENCES],
        },
        hide_index=True,
    )


def _older_model(page: str) -> str:
    """Let the visitor choose the model of the older API; on another server it is typed."""
    ids = [model.id for model in models.MODELS if model.completions]
    now = state.connection()
    start = ids[0] if now.kind == "simulator" else now.model
    return str(
        st.selectbox(
            _("Model of the Completions API"),
            ids if start in ids else [start, *ids],
            index=0 if start not in ids else ids.index(start),
            key=f"{page}_two_model_{now.kind}",
            accept_new_options=True,
            width=280,
        )
        or ""
    )


def _text_body(page: str, model: str) -> Body:
    """The same text and settings for the older API; what it doesn't know is left out."""
    made = {
        name: value
        for name, value in prompt_field.settings(page).items()
        if name in TEXT_PARAMETERS and name in PARAMETERS and not name.startswith("stream")
    }
    if made.get("logprobs") is not None:
        made["logprobs"] = min(5, int(prompt_field.settings(page).get("top_logprobs") or 1))
    return {"model": model, "prompt": prompt_field.text(page), **made}


def _responses(page: str, chat: Exchange, text: Exchange) -> None:
    left, right = st.columns(2, gap="medium")
    for place, exchange, other, name in ((left, chat, text, "chat"), (right, text, chat, "text")):
        with place:
            st.caption(exchange_view.summary(exchange))
            if exchange.error:
                error_view.draw(exchange.error, exchange.status, key=f"{page}_two_{name}_error")
            previous: Any = _names(other.response) if other.ok else json_view.ABSENT
            json_view.draw(
                exchange.response,
                f"{page}_two_{name}_response",
                label=_("Response"),
                previous=_same_values(exchange.response, previous) if other.ok else json_view.ABSENT,
            )
    if chat.ok and text.ok:
        st.caption(_("Lines with + have a name that the other response does not have."))


def _names(value: Any) -> Any:
    """The names of a JSON value at each level, without its values."""
    if isinstance(value, dict):
        return {name: _names(each) for name, each in value.items()}
    return [_names(value[0])] if isinstance(value, list) and value else None


def _same_values(value: Any, names: Any) -> Any:
    """A predecessor that lights what the other response has no name for: ids and texts differ anyway."""
    if isinstance(value, dict) and isinstance(names, dict):
        return {name: _same_values(each, names[name]) for name, each in value.items() if name in names}
    if isinstance(value, list) and isinstance(names, list) and names:
        return [_same_values(each, names[0]) for each in value]
    return value
