"""The trap of results with Hangul: four ways to send the same two results, and what each costs."""

from collections.abc import Callable

import streamlit as st

from components import capped_call, json_view, state
from components.wording import _
from playground.exchange import Exchange
from playground.language import mark
from playground.messages import Body
from playground.parallel_results import Row, rows

NAMES = {
    (False, True): mark("Both calls in one answer, Hangul as it is"),
    (True, True): mark("Both calls in one answer, Hangul as \\uXXXX"),
    (False, False): mark("One call after the other, Hangul as it is"),
    (True, False): mark("One call after the other, Hangul as \\uXXXX"),
}
"""Whether Hangul is escaped, whether both calls are in one answer -> what that is called."""


def draw(page: str, send: Callable[[Body], Exchange]) -> None:
    """Draw the table and the bodies; the button sends all four."""
    key = f"{page}_parallel"
    model = state.connection().model
    found = rows(model)
    st.markdown(
        _(
            "Two functions answer in Korean. Python's json.dumps writes Hangul as \\uXXXX unless it is told "
            "ensure_ascii=False, and a model reads what it is sent."
        ).replace("\\u", "\\\\u")
    )
    if st.button(_("Send all four and compare"), key=f"{key}_send"):
        came: list[Exchange] = []
        state.scratch(page)["parallel"] = (model, came)
        with st.spinner(_("Waiting for the answer")), capped_call.told():
            for row in found:
                came.append(send(row.body))
    asked, exchanges = state.scratch(page).get("parallel", (None, []))
    reported = [each.usage.prompt_tokens if each.usage else None for each in exchanges] if asked == model else []
    reported += [None] * (len(found) - len(reported)) if reported else []
    table = {
        _("Two results, sent"): [_(NAMES[row.escaped, row.together]) for row in found],
        _("Prompt tokens, predicted"): [row.tokens for row in found],
    }
    if reported:
        table[_("Prompt tokens, reported")] = reported
    st.dataframe(table, key=f"{key}_table", hide_index=True)
    _explained(found)
    if reported and any(exchange.simulated for exchange in exchanges):
        st.caption(_("The simulator counts with the same rules, so it proves nothing; a real API does."))
    names = [_(NAMES[row.escaped, row.together]) for row in found]
    chosen = names.index(st.selectbox(_("The request"), names, key=f"{key}_shown"))
    json_view.draw(found[chosen].body, f"{key}_body", label=_("Request"), max_height=420)


def _explained(found: tuple[Row, ...]) -> None:
    together, together_escaped, alone, alone_escaped = (row.tokens for row in found)
    st.markdown(
        _(
            "One after the other, escapes cost {more:,} tokens more ({escaped:,} instead of {plain:,}): each result is "
            "read as it was written."
        ).format(more=alone_escaped - alone, escaped=alone_escaped, plain=alone)
    )
    if together == together_escaped:
        st.markdown(
            _(
                "In one answer both cost {n:,}: the ledger takes it that the API writes such results anew, with "
                "Hangul. So it was in the three recordings that there are. A forum reports of 2025 that they were "
                "billed as escapes, whatever was sent: 1,121 tokens became 39,235. If your bill says so, set "
                "parallel_tool_calls to false."
            ).format(n=together)
        )
    else:
        st.markdown(
            _("In one answer, as it is: {plain:,}; as escapes: {escaped:,}.").format(
                plain=together, escaped=together_escaped
            )
        )
    st.caption(_("A forum: community.openai.com, thread 1375117. This app sends Hangul as it is."))
