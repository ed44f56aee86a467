"""What a conversation costs: tokens and dollars of each turn and of all, the cap in its popover. It sends nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import streamlit as st

from components import money, state
from components.wording import _, _n
from playground.branches import Node
from playground.errors import PlaygroundError
from playground.exchange import Exchange, Usage
from playground.ledger import count_completion, count_prompt
from playground.messages import Body
from playground.pricing import Cost, price
from playground.spending import Purse, Refusal
from playground.transcript import Transcript

CAP = "chat_cap"


@dataclass(frozen=True)
class Bill:
    """What one answer took."""

    usage: Usage
    cost: Cost | None
    simulated: bool
    estimated: bool = False
    """Counted here, for the stream ended before the API told."""


def bills(talk: Transcript) -> dict[str, Bill]:
    """The bill of each answer of the conversation as it is shown, by the id of its message."""
    exchanges = {turn.answer_id: turn.exchange for turn in talk.turns}
    found = {node.id: bill_of(node, exchanges.get(node.id)) for node in talk.path()}
    return {id: bill for id, bill in found.items() if bill}


def bill_of(node: Node, exchange: Exchange | None) -> Bill | None:
    """The bill of an answer, from what the API told; of a stream cut short an estimate; None when nothing is known."""
    facts = node.facts
    usage, model = facts.get("usage"), str(facts.get("model", ""))
    simulated = bool(facts.get("simulated"))
    if isinstance(usage, dict):
        told = Usage(**usage)
        return Bill(told, _priced(model, told), simulated)
    if exchange is None or not node.text:
        return None
    estimate = estimated(exchange)
    return estimate and Bill(estimate, _priced(model, estimate), simulated, estimated=True)


def estimated(exchange: Exchange) -> Usage | None:
    """Count here what the API would have reported for as much of an answer as arrived."""
    body = exchange.request
    try:
        answers = sum(count_completion(choice.get("message") or {}, body) for choice in exchange.choices)
        return Usage(count_prompt(body).total, answers)
    except PlaygroundError:
        return None


@lru_cache(maxsize=4096)
def _priced(model: str, usage: Usage) -> Cost | None:
    # The simulator says in the model's name that it is one.
    return price(model.removesuffix("-simulated"), usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens)


def chip(bill: Bill) -> list[str]:
    """The parts of the line under an answer that say what it took."""
    usage = bill.usage
    if bill.estimated:
        counted = _n("about {n} token (estimate)", "about {n} tokens (estimate)", usage.total)
    else:
        counted = _n("{n} token", "{n} tokens", usage.total)
    parts = [counted.format(n=f"{usage.total:,}")]
    if usage.cached_tokens:
        parts.append(_("{n} cached").format(n=f"{usage.cached_tokens:,}"))
    if usage.reasoning_tokens:
        parts.append(_("{n} reasoning").format(n=f"{usage.reasoning_tokens:,}"))
    return [*parts, money.said(bill.cost, bill.simulated)]


def draw(bills: Sequence[Bill]) -> None:
    """Draw the popover: its button names what the conversation cost, inside are the parts and the cap."""
    real = [bill for bill in bills if not bill.simulated]
    known = [bill.cost.dollars for bill in real if bill.cost]
    label = money.dollars(sum(known, Decimal(0)))
    if len(known) < len(real):
        label = _("{dollars} and unknown").format(dollars=label)
    with st.popover(label, icon=":material/payments:", key="chat_costs", on_change="rerun") as pop:
        if pop.open:
            _parts(bills)
            cap_field()


def _parts(bills: Sequence[Bill]) -> None:
    st.markdown(_("**This conversation, as it is shown**"))
    if not bills:
        st.caption(_("No answer yet."))
    else:
        usages = [bill.usage for bill in bills]
        rows = {
            _("Prompt tokens"): sum(each.prompt_tokens for each in usages),
            _("of these cached"): sum(each.cached_tokens for each in usages),
            _("Completion tokens"): sum(each.completion_tokens for each in usages),
            _("of these reasoning"): sum(each.reasoning_tokens for each in usages),
        }
        table = "\n".join(f"| {name} | {count:,} |" for name, count in rows.items())
        st.markdown(f"| {_('Answers')} | {len(bills):,} |\n|---|---:|\n{table}")
        _sums(bills)
    st.caption(money.source())


def _sums(bills: Sequence[Bill]) -> None:
    for simulated in (False, True):
        chosen = [bill for bill in bills if bill.simulated is simulated]
        if not chosen:
            continue
        amount = money.dollars(sum((bill.cost.dollars for bill in chosen if bill.cost), Decimal(0)))
        unknown = sum(bill.cost is None for bill in chosen)
        sentence = _("Simulated: \\$0 (would be {dollars})") if simulated else _("Billed: {dollars}")
        lines = [sentence.format(dollars=amount)]
        if unknown:
            lines.append(
                _n("and {n} answer of unknown price", "and {n} answers of unknown price", unknown).format(n=unknown)
            )
        if any(bill.estimated for bill in chosen):
            lines.append(_("stopped answers are estimates"))
        st.markdown(" · ".join(lines))


def cap_field() -> None:
    """Let the visitor set the session's cap."""
    kept = _memory().get("cap")
    state.start_widget(CAP, None if kept is None else float(kept))
    st.number_input(
        _("Spend at most, in dollars"),
        min_value=0.0,
        step=0.5,
        format="%.2f",
        key=CAP,
        placeholder=_("no cap"),
        on_change=_set_cap,
        help=_(
            "For this session and real connections. Before a request leaves, its prompt and the longest answer it "
            "allows are reserved; a stopped stream keeps its reservation."
        ),
    )
    held = purse()
    if held.spent or held.reserved or held.cap is not None:
        st.caption(
            _("Spent {spent}, reserved {reserved}").format(
                spent=money.dollars(held.spent), reserved=money.dollars(held.reserved)
            )
        )


def purse() -> Purse:
    """What this session has spent, and its cap."""
    kept = _memory().get("cap")
    return Purse(_memory(), None if kept is None else Decimal(kept))


def _memory() -> dict[str, Any]:
    return state.scratch("spending")


def _set_cap() -> None:
    cap = state.widget(CAP)
    _memory()["cap"] = None if cap is None else str(cap)


def refused(refusal: Refusal) -> str:
    """Say why a request was kept back, and what to do."""
    left = money.dollars(refusal.left or Decimal(0))
    if refusal.reason == "cap":
        needed = money.dollars(refusal.needed or Decimal(0))
        return _(
            "Not sent: it may cost {needed}, and {left} of your cap is left. "
            "Set max_completion_tokens, or raise the cap."
        ).format(needed=needed, left=left)
    if refusal.reason == "price":
        return _(
            "Not sent: no price is known for this model, so the cap can't be kept. "
            "Choose another model, or remove the cap."
        )
    return _("Not sent: nothing says how long an answer may get, so the cap can't be kept. Set max_completion_tokens.")


def reserve(name: str, body: Body) -> str:
    """Hold what a request may cost at most; answers why it is kept back, empty when it may leave."""
    if state.connection().kind == "simulator":
        return ""
    refusal = purse().reserve(name, body)
    return refused(refusal) if refusal else ""


def settle(name: str) -> Callable[[Exchange], None]:
    """What to tell the record to when a call has ended, even in a run that was stopped: it holds all it needs."""
    held = purse()
    simulated = state.connection().kind == "simulator"
    return lambda exchange: None if simulated else held.settle(name, exchange)
