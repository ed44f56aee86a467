"""The error lab: what the simulator shall do wrong, and how often. It breaks nothing itself: a header asks for it."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import state
from components.plain_text import code
from components.wording import _
from playground.exchange import Exchange, header
from playground.language import mark

HEADER = "x-sim-fault"

PATIENCE = 8.0
"""Seconds without a byte that a request waits while a fault is set: nobody learns more from a minute of silence."""

TITLES: dict[str, str] = {
    "401": mark("401: the key is wrong"),
    "403": mark("403: not from this country"),
    "404": mark("404: no such model"),
    "429": mark("429: too many requests"),
    "429-quota": mark("429: no credit left"),
    "500": mark("500: the server failed"),
    "503": mark("503: overloaded"),
    "html": mark("A sign-in page with status 200"),
    "html-503": mark("A web page with status 503"),
    "refused": mark("The connection is refused"),
    "slow": mark("The first token takes long"),
    "stall": mark("Silence in the middle"),
    "reset": mark("The connection is torn down"),
    "cut": mark("The body is cut off"),
    "ends-early": mark("The stream ends without finish_reason"),
    "broken-chunk": mark("A chunk is broken JSON"),
    "error-midstream": mark("An error in the middle of the stream"),
    "bad-arguments": mark("Arguments that are no JSON"),
    "unknown-tool": mark("A tool that nobody offered"),
    "content-filter": mark("finish_reason content_filter"),
    "refusal": mark("The model refuses"),
    "length": mark("finish_reason length"),
}
"""What each fault is called, in the order of the list; a fault without a title is shown by its name."""

TIMES: dict[int, str] = {1: mark("The next request"), 2: mark("The next two"), 0: mark("Every request")}
"""How many requests it meets; 0 is all of them."""


def memory() -> dict[str, Any]:
    """The session's fault; to be held where a client runs, for a stopped run may not touch the session any more."""
    return state.scratch("error_lab")


def armed() -> str | None:
    """The fault that the next request will meet."""
    now = memory()
    return now.get("fault") if now.get("left") != [] else None


def arm(fault: str, times: int) -> None:
    """Let the next requests meet a fault; times as in TIMES."""
    # A list is shortened in one step, whichever thread does it.
    memory().update(fault=fault, left=[fault] * times if times else None)


def disarm() -> None:
    """Let everything go well again."""
    memory().clear()


def take(lab: dict[str, Any]) -> dict[str, str]:
    """Give the header that the next attempt carries, and count it; empty when it shall go well."""
    fault, left = lab.get("fault"), lab.get("left")
    if not fault:
        return {}
    if left is not None:
        try:
            left.pop()
        except IndexError:
            return {}
    return {HEADER: fault}


def name(fault: str) -> str:
    """What a fault is called."""
    return _(TITLES[fault]) if fault in TITLES else fault


def sign(place: str) -> Callable[[], None]:
    """Beside the chip, while a fault is set: which one, how often; one click lifts it.

    Answers what to call once the page has run: a request of the page may have met the fault.
    """
    spot, drawn = st.empty(), _left()
    _button(place, spot)

    def settle() -> None:
        if _left() != drawn:
            _button(place, spot)

    return settle


def _left() -> tuple[str | None, int]:
    """The fault and how many requests it will still meet; 0 is all of them."""
    fault = armed() if state.connection().kind == "simulator" else None
    return fault, len(memory().get("left") or ()) if fault else 0


def _button(place: str, spot: DeltaGenerator) -> None:
    fault, left = _left()
    if fault is None:
        spot.empty()
        return
    # A phone's header has room for a word.
    short = f"{fault[:9]}…" if place == "phone" and len(fault) > 10 else fault
    spot.button(
        f"{short} × {left}" if left else short,
        # Another key each time, for it may be drawn twice in one run.
        key=f"error_lab_off_{place}_{left}",
        icon=":material/bolt:",
        help=_("The error lab is on: {fault}. A click switches it off.").format(fault=name(fault)),
        on_click=disarm,
    )


def note(exchange: Exchange) -> None:
    """Under an exchange: that what went wrong in it was asked for, and by which header."""
    if fault := header(exchange.request_headers, HEADER):
        st.caption(_("Added by the error lab: the header `{header}`").format(header=code(f"{HEADER}: {fault}")))


def draw(faults: tuple[str, ...]) -> None:
    """Draw the lab's part of the dialog: choose a fault and how often, set it or lift it."""
    st.markdown(_("The next request meets the fault you choose, so that you see what a program has to handle."))
    listed = sorted(faults, key=lambda each: list(TITLES).index(each) if each in TITLES else len(TITLES))
    fault = st.selectbox(_("Fault"), listed, format_func=name, key="error_lab_fault")
    times = st.segmented_control(
        _("How often"),
        list(TIMES),
        default=1,
        format_func=lambda each: _(TIMES[each]),
        key="error_lab_times",
        required=True,
        width="stretch",
    )
    with st.container(horizontal=True):
        if st.button(_("Set this fault"), key="error_lab_arm", icon=":material/bolt:") and fault:
            arm(fault, times if times is not None else 1)
            st.rerun()
        if armed() and st.button(_("Lift it"), key="error_lab_lift"):
            disarm()
            st.rerun()
