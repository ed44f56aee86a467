"""The tab "A request": the prompt that a request becomes, its bill, what a server counts. The page gives the client."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components import bill_views, error_view, ledger_view, meter, prompt_view, request_builder, state, typed_object
from components.wording import _, why
from playground.errors import PlaygroundError
from playground.exchange import Exchange
from playground.input_tokens import ENDPOINT, as_responses, counted
from playground.ledger import Ledger, count_prompt, prompt_borders, prompt_entries
from playground.messages import Body
from playground.sample_requests import samples

if TYPE_CHECKING:
    from playground.client import Client

LONGEST = 400_000
"""Characters of a request that can be pasted."""

SHOWN = 50
"""Lines of what could not be counted."""


def draw(page: str, client: "Callable[[], Client]") -> None:
    """Draw the tab. `client` opens what requests are sent with, once the reader asks for it."""
    key = f"{page}_request"
    state.start_widget(key, _written(samples(state.connection().model)[0].body))
    st.html(Path(__file__).with_suffix(".css"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        menu = st.container(horizontal=True)
        text = st.text_area(_("Request body (JSON)"), key=key, persist_state="session", max_chars=LONGEST, height=280)
        st.caption(_("Change it and press Ctrl+Enter, or click elsewhere."))
        body = typed_object.read(text)
    with menu:
        _menu(key, body)
    if body is None:
        return
    try:
        bill, entries, borders = count_prompt(body), prompt_entries(body), prompt_borders(body)
    except PlaygroundError as error:
        st.error(why(error))
        return
    with right:
        _total(bill)
        _compare(key, text, body, bill, client)
    st.header(_("What the model is shown"), anchor=False)
    prompt_view.draw(entries, borders, f"{key}_prompt")
    _uncounted(bill)
    bill_views.draw(key, body, bill)


def put(key: str, text: str) -> None:
    """Replace the request; the one before can come back."""
    memory = state.scratch(key)
    before = state.widget(key)
    if text != before:
        memory["before"] = before
        state.set_widget(key, text)


def _menu(key: str, body: Body | None) -> None:
    offered = {_(sample.name): sample.body for sample in samples(state.connection().model)}
    if last := next((each.request for each in reversed(state.log()) if "messages" in each.request), None):
        offered[_("The last request of this session")] = last

    def take() -> None:
        put(key, _written(offered[state.widget(f"{key}_examples")]))

    st.menu_button(_("Examples"), list(offered), key=f"{key}_examples", on_click=take)
    request_builder.draw(key, body, lambda grown: put(key, _written(grown)))
    if (before := state.scratch(key).get("before")) is not None:
        st.button(
            _("Bring back the request before"),
            key=f"{key}_back",
            icon=":material/undo:",
            type="tertiary",
            on_click=put,
            args=(key, before),
        )


def _written(body: Body) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False)


def _total(bill: Ledger) -> None:
    st.metric(_("Prompt tokens, predicted"), f"{bill.total:,}")
    st.markdown(_(ledger_view.MEANING[ledger_view.sureness(bill)]))
    if bill.known:
        said = _("Rules “{name}”: {source}.")
    else:
        said = _("No rule is known for this model: counted by the closest, “{name}”: {source}.")
    st.caption(said.format(name=bill.rules.name, source=_(bill.rules.source)))


def _compare(key: str, text: str, body: Body, bill: Ledger, client: "Callable[[], Client]") -> None:
    memory = state.scratch(key)
    with st.container(horizontal=True):
        if st.button(_("Send it and compare"), key=f"{key}_send", icon=":material/send:"):
            with st.spinner(_("Waiting for the answer")):
                memory["sent"] = text, client().send(body).exchange
        if state.connection().kind == "openai" and st.button(_("Ask the API to count"), key=f"{key}_ask"):
            with st.spinner(_("Waiting for the answer")):
                memory["asked"] = text, client().send(as_responses(body)[0], ENDPOINT).exchange
    if state.connection().kind != "openai":
        st.caption(_("OpenAI itself can be asked to count the request: choose it under Connection, with a key."))
    sent_text, sent = memory.get("sent", (None, None))
    if sent_text == text:
        _reported(sent, bill, key)
    asked_text, asked = memory.get("asked", (None, None))
    if asked_text == text:
        _counted_by_the_api(asked, bill, as_responses(body)[1], key)


def _reported(exchange: Exchange, bill: Ledger, key: str) -> None:
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{key}_error")
    elif exchange.usage is None:
        st.markdown(_("The answer reports no usage. A stream does so only with stream_options.include_usage."))
    else:
        st.markdown(meter.compared(bill.total, exchange.usage.prompt_tokens, ledger_view.sureness(bill)))
        if exchange.simulated:
            st.caption(_("The simulator counts with the same rules, so it proves nothing; a real API does."))


def _counted_by_the_api(exchange: Exchange, bill: Ledger, lost: tuple[str, ...], key: str) -> None:
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{key}_ask_error")
        return
    tokens = counted(exchange)
    if tokens is None:
        st.markdown(_("The answer holds no count."))
        return
    st.markdown(meter.compared(bill.total, tokens, ledger_view.sureness(bill)))
    st.caption(_("Counted by POST /responses/input_tokens, in the shape of the Responses API."))
    if lost:
        st.caption(_("Left out, for it has no place there: {places}").format(places=", ".join(lost[:SHOWN])))


def _uncounted(bill: Ledger) -> None:
    """List what could not be counted, or only as something else."""
    if bill.unknown:
        st.markdown(_("**What could not be counted, or only as something else**"))
        st.text("\n".join(f"{each.where}: {_(each.what)}" for each in bill.unknown[:SHOWN]))
