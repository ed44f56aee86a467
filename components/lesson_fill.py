"""Fills a page from a lesson's set-up, and tells whether a page holds something of the visitor's. It sends nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from components import encoding_picker, parameter_form, state, text_menu
from playground.language import LANGUAGES, translate
from playground.parameters import COURSE
from playground.transcript import Transcript, Turn

Setup = Mapping[str, Any]
Content = tuple[Any, ...]
"""What a page holds; empty where it holds only what it began with."""


@dataclass(frozen=True)
class Page:
    """How one page is filled, and how to see what it holds."""

    fill: Callable[[Setup], None]
    content: Callable[[], Content]


def fill(page: str, setup: Setup) -> None:
    """Fill a page; to be called before its widgets are drawn."""
    PAGES[page].fill(setup)
    state.scratch("lesson")[f"filled_{page}"] = PAGES[page].content()


def holds_own(page: str) -> bool:
    """Whether the page holds something that neither the page itself nor a lesson put there."""
    content = PAGES[page].content()
    return content not in ((), state.scratch("lesson").get(f"filled_{page}"))


def _fill_chat(setup: Setup) -> None:
    turns = [Turn(question, answer, "complete") for question, answer in setup.get("turns", ())]
    talk = Transcript(setup.get("system", ""), turns)
    state.take_up(talk)
    state.scratch("chat").pop("chosen", None)
    state.set_widget("chat_system", talk.system)
    state.set_widget("chat_history", setup.get("history", "all"))
    state.prefill_chat(setup["ask"])


def _chat() -> Content:
    talk = state.transcript()
    turns = tuple((turn.question, turn.answer) for turn in talk.turns)
    return (talk.system, *turns) if turns or talk.system != state.SYSTEM else ()


def _fill_tokenizer(setup: Setup) -> None:
    text_menu.put("tokenizer", setup["text"])
    if "encodings" in setup:
        encoding_picker.choose("tokenizer", setup["encodings"])


def _tokenizer() -> Content:
    memory = state.scratch("tokenizer")
    return (memory["text"],) if memory.get("own") and memory.get("text") else ()


def _fill_parameters(setup: Setup) -> None:
    state.set_widget("parameters_prompt", setup["prompt"])
    state.set_widget("parameters_system", setup.get("system", ""))
    knobs = (*COURSE, *parameter_form.others("parameters"))
    parameter_form.fill(knobs, "parameters", setup.get("parameters", {}))
    state.scratch("parameters").pop("exchange", None)


def _parameters() -> Content:
    prompt = state.widget("parameters_prompt")
    knobs = (*COURSE, *parameter_form.others("parameters"))
    switched = tuple(name for name in knobs if state.widget(f"parameters_set_{name}"))
    defaults = {None, *(translate(state.PROMPT, language) for language in LANGUAGES)}
    return (prompt, *switched) if switched or prompt not in defaults else ()


def _fill_functions(setup: Setup) -> None:
    state.scratch("function_calling").clear()
    state.set_widget("function_calling_question", setup["question"])
    state.set_widget("function_calling_dialect", setup.get("dialect", "functions"))
    state.set_widget("function_calling_by_get", setup.get("unit") == "get")
    state.set_widget("function_calling_choice", setup.get("function_call", ""))
    state.set_widget("function_calling_again", setup.get("send_functions_again", False))
    # What somebody set for a run of their own is not the lesson's.
    for name, value in {
        "tools": ["get_current_weather"],
        "max_steps": 2,
        "parallel": "",
        "strict": False,
        "cap": 0.0,
    }.items():
        state.set_widget(f"function_calling_{name}", value)


def _functions() -> Content:
    question = state.widget("function_calling_question")
    return () if question in (None, state.QUESTION) else (question,)


PAGES: Mapping[str, Page] = {
    "chat": Page(_fill_chat, _chat),
    "tokenizer": Page(_fill_tokenizer, _tokenizer),
    "parameters": Page(_fill_parameters, _parameters),
    "function_calling": Page(_fill_functions, _functions),
}
"""The pages that lessons are tried on, by their paths."""
