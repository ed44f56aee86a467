"""Text of people and models where Streamlit reads Markdown: it stays the text it is. Answers as Markdown: message_view.

>>> plain("gpt-4 *new*")
'gpt\\\\-4 \\\\*new\\\\*'
"""

SIGNS = frozenset("\\`*_{}[]()<>#+-.!|$~:")
"""What Markdown, Streamlit's included, gives a meaning."""


def plain(text: str) -> str:
    """Text for a label or a sentence: Markdown's own signs lose their meaning."""
    return "".join("\\" + sign if sign in SIGNS else sign for sign in text)


def code(text: str) -> str:
    """Text to stand between two backticks: it can't end them."""
    return text.replace("`", "'")
