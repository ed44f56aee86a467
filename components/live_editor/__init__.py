"""A text area that answers at every key press: a component with its own JavaScript. It knows no tokens.

Streamlit's own text area waits until the reader leaves it. This one never sends while an input method composes, and
takes a text back only when Python changed it: a late answer can't overwrite what was typed meanwhile. A long text
stays in the browser until the reader presses "Count".
"""

from typing import Any

from components import state
from components.scripted import scripted
from components.wording import _

LIMIT = 200_000
"""Characters that are answered as they are typed; a longer text is answered when the reader asks."""

MOST = 10_000_000
"""Bytes that can be typed; more is kept out before it gets in, so that nothing typed is lost."""

_EDITOR = scripted("live_editor", "<div class='live-editor'></div>")


def live_editor(
    text: str, *, label: str, placeholder: str = "", key: str, height: int = 148, limit: int = LIMIT
) -> str:
    """Draw the editor; answer what was typed, or `text` when the caller changed that since the last run.

    While a text longer than `limit` waits in the browser, the answer is the text before it, and waits(key) is true.
    """
    memory = state.scratch(f"live_editor_{key}")
    if text != memory.get("text"):
        memory["text"] = text
        memory["revision"] = memory.get("revision", 0) + 1
    typed = _typed(state.widget(key))
    # What was typed before the page changed the text has an older revision, and is answered by the change.
    current = typed.get("revision") == memory["revision"]
    memory["waits"] = current and typed.get("waits") is True
    if current and "text" in typed:
        memory["text"] = typed["text"]
    _EDITOR(
        key=key,
        data={
            "name": key,
            "text": memory["text"],
            "revision": memory["revision"],
            "answered": typed.get("id"),
            "label": label,
            "placeholder": placeholder,
            "height": height,
            "limit": limit,
            "most": MOST,
            "count": _("Count"),
            "long": _("{length} characters are more than the {limit} that are counted as you type."),
            "too_long": _("Kept out: the text would have {size} bytes, and {limit} fit. Nothing you had is changed."),
        },
        on_typed_change=lambda: None,
    )
    answer: str = memory["text"]
    return answer


def waits(key: str) -> bool:
    """Whether the editor holds a text too long to be answered at once: what was answered is older than it."""
    return bool(state.scratch(f"live_editor_{key}").get("waits"))


def _typed(component: Any) -> dict[str, Any]:
    """What the browser sent; nothing unless it has the right shape, for a browser can send anything."""
    typed = (component or {}).get("typed")
    return typed if isinstance(typed, dict) and isinstance(typed.get("text", ""), str) else {}
