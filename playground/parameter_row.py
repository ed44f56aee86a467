"""One row of the table of parameters: its shape and nothing else. The rows are in parameter_table*.py.

>>> Parameter("n", "integer", "How many answers.", "effective", default=1, minimum=1).default
1
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["number", "integer", "text", "texts", "boolean", "choice", "choices", "map", "object", "list", "json"]
"""number: a decimal; integer: a whole number; text: one string; texts: one string or a list of them; boolean: true or
false; choice: one of the listed values; choices: a list of some of them; map: an object of names and plain values;
object: any other JSON object; list: a JSON array; json: one word or an object."""

Effect = Literal["effective", "echoed", "none", "refused"]
"""What the simulator does with it. effective: it changes the answer; echoed: it comes back with it; none: nothing;
refused: the simulator has no such thing, and says so."""

Default = float | int | str | bool | None

SDK = "openai 3.54.0, types/chat/completion_create_params.py"
READ = date(2026, 11, 23)


@dataclass(frozen=True)
class Parameter:
    """One request parameter of an endpoint."""

    name: str
    kind: Kind
    summary: str
    """One sentence in English, marked for translation."""
    effect: Effect
    default: Default = None
    """What the API assumes when nothing is sent; None is the API's null, or unknown."""
    minimum: float | int | None = None
    maximum: float | int | None = None
    """Of a number its largest value; of texts how many there may be; of a text its length."""
    choices: tuple[str, ...] = ()
    """The values there are, when they can be listed."""
    deprecated: str | None = None
    """Why not to use it in a new program, marked for translation; None when it is current."""
    example: str = ""
    """JSON to begin with, where a value is typed as JSON."""
    source: str = SDK
    date: date = READ
