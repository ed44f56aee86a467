"""The bill of a request, seen three ways: as a table, as a picture, as what could be left out. It counts nothing."""

import streamlit as st

from components import lazy_tabs, ledger_view
from components.charts import Cell, icicle
from components.wording import _
from playground import bill_tree
from playground.ledger import Ledger
from playground.messages import Body
from playground.savings import savings

CELLS = 400
"""Parts that are drawn at most; the table has them all."""


def draw(key: str, body: Body, bill: Ledger) -> None:
    """Draw the three as tabs; each works only while it is open."""
    titles = {"table": _("The bill"), "picture": _("Picture of the bill"), "savings": _("Leave something out")}
    tabs = lazy_tabs.draw(titles, f"{key}_bill")
    name = lazy_tabs.opened(tabs)
    with tabs[name]:
        if name == "table":
            ledger_view.whole(bill)
        elif name == "picture":
            picture(key, bill)
        else:
            left_out(body)


def picture(key: str, bill: Ledger) -> None:
    """Draw the bill as an icicle: the request, its messages and tools, and what in each costs tokens."""
    nodes = bill_tree.of(bill)
    # What a part hangs on costs at least as much and comes before it, so it's drawn whenever the part is.
    largest = sorted(nodes, key=lambda node: node.tokens, reverse=True)[:CELLS]
    cells = [
        Cell(node.id, node.above, _(node.name) if node.leaf else node.name or _("request"), node.tokens)
        for node in largest
    ]
    parts = ", ".join(f"{cell.title}: {cell.value}" for cell in cells if cell.above == bill_tree.REQUEST)
    alt = _("{n} prompt tokens: {parts}").format(n=bill.total, parts=parts)
    if len(nodes) > CELLS:
        st.caption(_("Of {n} parts the {most} largest are drawn.").format(n=f"{len(nodes):,}", most=CELLS))
    icicle(cells, unit=_("tokens"), alt=alt, key=f"{key}_picture")


def left_out(body: Body) -> None:
    """List what leaving out a function, a parameter or a description saves, the largest first."""
    found = savings(body)
    if not found:
        st.markdown(_("This request offers no functions: there is nothing to leave out but words."))
        return
    st.markdown(_("Without one of these the request costs so many prompt tokens less, and the model knows less."))
    st.dataframe(
        {
            _("Without"): [_(saving.what) for saving in found],
            _("Where"): [saving.where for saving in found],
            _("Tokens"): [-saving.tokens for saving in found],
            _("Text"): [saving.text for saving in found],
        },
        hide_index=True,
    )
