"""The settings in .streamlit/config.toml: those that guard something, and whether the theme can be read."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parent.parent
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),  # undocumented, and worth 100 ms of every run
        ("client.allowedOrigins", ["https://*.streamlit.app"]),  # undocumented, and worth 6 ms of every run
        ("server.address", "localhost"),
        ("server.showEmailPrompt", False),
        ("server.maxUploadSize", 10),
        ("browser.gatherUsageStats", False),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
    ],
)
def test_the_server_starts_with_this_setting(option: str, value: object):
    config.get_config_options(force_reparse=True)

    assert config.get_option(option) == value


def test_the_menu_of_st_navigation_is_not_hidden():
    # False would hide the menu of st.navigation as well.
    assert "showSidebarNavigation" not in CONFIG.get("client", {})


def test_the_theme_has_a_light_and_a_dark_side_and_locks_neither():
    assert set(CONFIG["theme"]["light"]) == set(CONFIG["theme"]["dark"])
    assert not {"base", "primaryColor", "backgroundColor", "textColor"} & set(CONFIG["theme"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 2)


@pytest.mark.parametrize("side", ["light", "dark"])
def test_text_has_a_contrast_of_four_and_a_half_to_one(side: str):
    theme = CONFIG["theme"][side]
    grounds = [theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["sidebar"]["backgroundColor"]]

    for ground in grounds:
        assert contrast(theme["textColor"], ground) >= 4.5
        assert contrast(theme["linkColor"], ground) >= 4.5
    assert contrast(theme["codeTextColor"], theme["codeBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("side", ["light", "dark"])
def test_a_line_of_a_chart_stands_out_from_its_ground(side: str):
    theme = CONFIG["theme"][side]

    assert min(contrast(colour, theme["backgroundColor"]) for colour in theme["chartCategoricalColors"]) >= 3
