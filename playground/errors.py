"""The exceptions of the playground. They are for misuse; a failed call to the API is an Exchange with an error, not an exception.

    PlaygroundError
    ├── UnknownEncoding         a name that is no encoding
    ├── EncodingUnavailable     a vocabulary file is missing or damaged
    ├── TextTooLong             more text than one tokenization takes
    ├── SpecialToken            special tokens in the text were refused
    ├── UnknownTokenId          an id that this encoding has no token for
    └── NoKey                   a connection that needs a key has none
"""


class PlaygroundError(Exception):
    """Anything the playground raises on purpose; its text can be shown to a person."""


class UnknownEncoding(PlaygroundError):
    """The name is no encoding of tiktoken."""


class EncodingUnavailable(PlaygroundError):
    """A vocabulary can't be read from the files that ship with the playground."""


class TextTooLong(PlaygroundError):
    """The text is longer than one tokenization takes."""


class SpecialToken(PlaygroundError):
    """The text holds a special token, and the caller refused those."""


class UnknownTokenId(PlaygroundError):
    """The encoding has no token with this id."""


class NoKey(PlaygroundError):
    """The connection needs a key and has none."""
