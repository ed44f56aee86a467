"""How the tokens are shown and what stands beside the counts: the popover "View" and the values chosen in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components import encoding_picker, state
from components.encoding_picker import title
from components.wording import _
from playground import models, pricing
from playground.language import mark
from playground.tokens import Comparison, Special, Tokenization

COLOURS = {"position": mark("By position: every piece"), "id": mark("By id: same token, same colour")}
SHOWS = {"text": mark("Text"), "ids": mark("Ids"), "bytes": mark("Bytes (hex)")}
SPECIALS = {
    "text": mark("As ordinary text, as the API reads your messages"),
    "allow": mark("As the special token"),
    "refuse": mark("Refused, as tiktoken does by itself"),
}


@dataclass(frozen=True)
class Options:
    """What was chosen; the defaults where nothing was."""

    colour: Literal["position", "id"] = "position"
    show: Literal["text", "ids", "bytes"] = "text"
    special: Special = "text"
    baseline: str | None = None
    model: str | None = None
    budget: int | None = None
    guess: bool = False


def chosen(page: str) -> Options:
    """Answer the values of the popover, open or not."""
    kept = {name: state.widget(f"{page}_reading_{name}") for name in vars(Options())}
    return Options(**{name: value for name, value in kept.items() if value is not None})


def draw(page: str, names: tuple[str, ...]) -> None:
    """Draw the popover; its widgets exist only while it is open, their values stay."""
    with st.popover(_("View"), key=f"{page}_reading", icon=":material/visibility:", on_change="rerun") as pop:
        if pop.open:
            encoding_picker.more(page)
            _pieces(page)
            _beside(page, names)


def _pieces(page: str) -> None:
    for name, labels, heading in (("colour", COLOURS, _("Colour")), ("show", SHOWS, _("In the pieces"))):
        key = f"{page}_reading_{name}"
        state.start_widget(key, next(iter(labels)))
        st.radio(heading, list(labels), format_func=lambda each, of=labels: _(of[each]), key=key)
    key = f"{page}_reading_special"
    state.start_widget(key, "text")
    st.selectbox(
        _("Text that looks like a special token"), list(SPECIALS), format_func=lambda each: _(SPECIALS[each]), key=key
    )
    st.toggle(_("Guess first: hide cuts and counts"), key=f"{page}_reading_guess")


def _beside(page: str, names: tuple[str, ...]) -> None:
    st.selectbox(
        _("Compare with"),
        names,
        index=None,
        format_func=lambda name: f"{title(name)} · {name}",
        placeholder=_("No baseline"),
        key=f"{page}_reading_baseline",
    )
    st.selectbox(
        _("Price and context window of"),
        [model.id for model in models.MODELS],
        index=None,
        placeholder=_("No model"),
        key=f"{page}_reading_model",
        help=_("What this many tokens cost as a prompt, and how much of the window they fill."),
    )
    st.number_input(
        _("Budget in tokens"), min_value=1, value=None, step=1, key=f"{page}_reading_budget", placeholder=_("No budget")
    )


def legend() -> None:
    """Tell how the rows are read."""
    lines = (
        _("- Each row is the whole text, cut by one encoding. A new dash begins a new piece."),
        _("- ×2 or ×3: the character is made of that many tokens. None of them means anything alone."),
        _("- · is a space, → a tab, ↵ the end of a line. What has no ink is named, as in ⟨BOM⟩."),
        _("- A space belongs to the word after it: that is why most pieces begin with one."),
    )
    st.markdown("\n".join(lines))


def notes(compared: Comparison, options: Options) -> Mapping[str, str]:
    """Write the line under each count."""
    baseline = compared.get(options.baseline or "")
    return {name: " · ".join(_note(name, each, baseline, options)) for name, each in compared.items()}


def _note(name: str, each: Tokenization, baseline: Tokenization | None, options: Options) -> list[str]:
    tokens = len(each.ids)
    parts = [_("{ratio:.2f} characters per token").format(ratio=len(each.text) / max(1, tokens))]
    if baseline and baseline.encoding != name and baseline.ids:
        parts.append(f"{100 * (tokens - len(baseline.ids)) / len(baseline.ids):+.0f} %")
    model = models.find(options.model or "")
    if model and model.encoding == name:
        share = pricing.share_of_window(model.id, tokens)
        if share is not None:
            parts.append(_("{share:.2%} of the window").format(share=share))
        cost = pricing.price(model.id, tokens)
        parts.append(
            _("${dollars:.6f} as a prompt ({date})").format(dollars=cost.dollars, date=cost.dated or cost.source)
            if cost
            else _("price unknown")
        )
    return parts
