"""Tabs as one element of the page. It draws no pane: whoever calls it draws what the open tab shows.

Streamlit draws its own tabs anew at every run of any fragment, a third of what a key press on the tokenizer page cost.
"""

from collections.abc import Mapping

from components import state
from components.scripted import scripted

_STRIP = scripted("tab_strip", "<div class='strip' role='tablist'></div>")


def tab_strip(titles: Mapping[str, str], *, label: str, pane: str, key: str) -> str:
    """Draw the tabs and answer the open one's name, the first at first; `titles` are already translated.

    `pane` is the key of the container that shows what the open tab has: the browser makes it the tabs' panel.
    """
    chosen = (state.widget(key) or {}).get("open")
    name = chosen if isinstance(chosen, str) and chosen in titles else next(iter(titles))
    _STRIP(
        key=key,
        data={"tabs": [*titles.items()], "open": name, "label": label, "pane": pane},
        on_open_change=lambda: None,
    )
    return name
