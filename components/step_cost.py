"""What a step costs, in words: tokens, time, money, and what sending the functions adds. It prices nothing itself."""

from components.wording import _, _n
from playground.exchange import Exchange
from playground.ledger import count_prompt
from playground.messages import Body
from playground.run_cost import Taken


def tokens(exchange: Exchange) -> str:
    """What one exchange cost, as "79 + 18"; empty when the API did not say."""
    usage = exchange.usage
    return f"{usage.prompt_tokens} + {usage.completion_tokens}" if usage else ""


def added(body: Body, opening: Body) -> int:
    """Count what the functions add to a request that follows."""
    offered = {key: opening[key] for key in ("functions", "tools") if key in opening}
    bare = {key: value for key, value in body.items() if key not in ("functions", "tools")}
    return count_prompt(bare | offered).total - count_prompt(bare).total


def spent(taken: Taken) -> str:
    """Say what a step took: tokens, time, money."""
    parts = []
    if taken.tokens is not None:
        parts.append(_n("{n:,} token", "{n:,} tokens", taken.tokens).format(n=taken.tokens))
    parts.append(_("model {ms:,}\u00a0ms").format(ms=round(taken.model_ms)))
    if taken.functions_ms:
        parts.append(_("functions {ms:,.1f}\u00a0ms").format(ms=taken.functions_ms))
    return " · ".join([*parts, money(taken)])


def money(taken: Taken) -> str:
    """Say what a step cost by the list price, for Markdown; of a simulated one, what it would have."""
    if taken.dollars is None:
        said = _("price unknown")
    elif taken.simulated:
        said = _("$0 (would be ${dollars:.5f})").format(dollars=taken.dollars)
    else:
        said = f"${taken.dollars:.5f}"
    return said.replace("$", "\\$")
