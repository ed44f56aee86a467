"""What in a text can't be seen or surprises: special tokens, invisible characters, its normal form. A line each."""

from collections.abc import Mapping

import streamlit as st

from components.wording import _, why
from playground import text_facts
from playground.encodings import count
from playground.tokens import Comparison, special_tokens

LOOKED_AT = 50_000
"""Characters: in longer texts nobody looks for one that can't be seen."""


def draw(text: str, compared: Comparison, special: str) -> None:
    """Draw the notes; nothing for most texts."""
    if len(text) > LOOKED_AT:
        return
    lines = [f"{_(each.sentence)} ({each.count})" for each in text_facts.notable(text)]
    lines += [line for line in (_special(text, compared, special), _forms(text, compared)) if line]
    lines += [f"`{name}`: " + why(error) for name, error in compared.refused.items()]
    if lines:
        st.caption("  \n".join(f":material/info: {line}" for line in lines))


def _special(text: str, compared: Mapping[str, object], special: str) -> str:
    found = next((found for name in compared if (found := special_tokens(text, name))), None)
    if not found:
        return ""
    shown = f"`{found[0]}`"
    if special == "allow":
        return _("{token} counts as one special token. What you send as a message is read as ordinary text.").format(
            token=shown
        )
    return _("{token} looks like a special token and is read as ordinary text; change that in View.").format(
        token=shown
    )


def _forms(text: str, compared: Mapping[str, object]) -> str:
    forms = text_facts.normal_forms(text)
    if forms.form in ("both", "NFC") or not compared:
        return ""
    name = list(compared)[-1]
    return _("The text is not in NFC: composed it takes {composed} tokens in {name}, decomposed {decomposed}.").format(
        composed=count(forms.composed, name), decomposed=count(forms.decomposed, name), name=f"`{name}`"
    )
