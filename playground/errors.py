"""The exceptions of the playground: for misuse. A failed call to the API is an Exchange with an error, no exception.

PlaygroundError
├── UnknownEncoding         a name that is no encoding
├── EncodingUnavailable     a vocabulary file is missing or damaged
├── TextTooLong             more text than one tokenization takes
├── SpecialToken            special tokens in the text were refused
├── NotText                 an uploaded file is no text
├── UnknownTokenId          an id that this encoding has no token for
├── BadCatalogue            a row of models.toml is wrong
├── LessonError             a file of lessons/ is wrong
├── NotTheJson              what was typed is no JSON, or not of the wanted shape
├── NotAConversation        what was to be read is no conversation
└── KeptBack                a request would break the cap on what is spent
"""


class PlaygroundError(Exception):
    """Anything the playground raises on purpose; its text can be shown to a person.

    The message may have named gaps: whoever shows it translates `message` and fills it with `values`.

    >>> error = PlaygroundError("{length} characters are too many.", length=3)
    >>> str(error), error.values
    ('3 characters are too many.', {'length': 3})
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class UnknownEncoding(PlaygroundError):
    """The name is no encoding of tiktoken."""


class EncodingUnavailable(PlaygroundError):
    """A vocabulary can't be read from the files that ship with the playground."""


class TextTooLong(PlaygroundError):
    """The text is longer than one tokenization takes."""


class SpecialToken(PlaygroundError):
    """The text holds a special token, and the caller refused those."""


class NotText(PlaygroundError):
    """The bytes are no text in an encoding that can be told."""


class UnknownTokenId(PlaygroundError):
    """The encoding has no token with this id."""


class BadCatalogue(PlaygroundError):
    """A row of models.toml is wrong; the message names the row."""


class KeptBack(PlaygroundError):
    """A request was not sent, for it might break the cap on what is spent; the message says so in words."""


class LessonError(PlaygroundError):
    """A file of lessons/ is wrong; the message names the file and the key or section."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__("{file}, {key}: {problem}", file=file, key=key, problem=problem)


class NotTheJson(PlaygroundError):
    """The text is no JSON, or not of the shape that is wanted."""


class NotAConversation(PlaygroundError):
    """What was to be read is no conversation; the message says what is wrong and where."""
