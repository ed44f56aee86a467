"""Languages of the interface: marks strings, translates them. It never installs a language process-wide.

>>> translate("no such text", "ko")
'no such text'
"""

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "ko": "한국어"}
"""Code of each language -> its own name, in the order of the switch."""

_LOCALE = Path(__file__).parent.parent / "locale"


def mark(text: str) -> str:
    """Mark a string for translation where it stands in a table; whoever shows it translates it."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", _LOCALE, [language], fallback=True)


def translate(text: str, language: str) -> str:
    """Say an English source string in a language; without a translation it stays English."""
    # gettext answers the empty string with the catalogue's own header.
    return _catalogue(language).gettext(text) if text else text


def translate_plural(one: str, many: str, n: int, language: str) -> str:
    """Choose and translate the form that goes with n."""
    return _catalogue(language).ngettext(one, many, n)


def closest(locale: str | None) -> str:
    """Choose the language for a browser's locale; English where there is none for it.

    >>> closest("ko-KR"), closest("fr"), closest(None)
    ('ko', 'en', 'en')
    """
    code = (locale or "").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"
