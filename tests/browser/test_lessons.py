"""The twelve lessons on the pages they are tried on: filled, nothing sent, then run to their ends."""

import re
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from playground import lessons
from playground.encodings import count
from playground.language import LANGUAGES
from playground.ledger import count_prompt
from playground.lessons import Lesson
from playground.messages import Body
from playground.transcript import Transcript, Turn
from tests.browser import chromium
from tests.browser.chromium import PHONE, WIDE, Visit, settle
from tests.browser.conftest import keep
from tests.browser.served import Served

pytestmark = pytest.mark.browser

HELLO = "Hello John! How can I assist you today?"
SLOGAN = "A bakery: the best part of your day."
CHAT_ANSWERS = {1: HELLO, 2: HELLO, 4: "I don't know your name", 6: "simulat", 7: "cat"}
"""Lesson -> what its answer on the chat page says, whatever the language of the page."""

FITS = """() => Math.max(document.documentElement.scrollWidth,
    ...[...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppScrollToBottomContainer]')]
        .map(each => each.scrollWidth + each.getBoundingClientRect().left)) <= innerWidth"""


@pytest.fixture(
    scope="module", params=list(product(LANGUAGES, (WIDE, PHONE))), ids=lambda each: "-".join(map(str, each))
)
def dress(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, int, Visit]]:
    """One browser for all lessons in a language and a width; each address begins a session of its own."""
    language, width = request.param
    with chromium.dressed(browser, language, width=width) as context, chromium.visit(context) as visit:
        yield language, width, visit


@pytest.mark.parametrize("number", range(1, 13))
def test_a_lesson_fills_its_page_and_runs_to_its_expected_end(
    server: Served, dress: tuple[str, int, Visit], number: int
):
    language, width, visit = dress
    lesson = lessons.find(language, number)
    assert lesson
    visit.complaints.clear()

    page = visit.open(f"{server.url}/{lesson.page}?lesson={number}").page
    expect(page.locator(".st-key-lesson_banner")).to_contain_text(lesson.question)
    expect(page.locator(".st-key-lesson_fill")).to_have_count(0)
    RUNS[lesson.page](page, lesson, width)

    keep(visit, f"lessons/{number:02}-{language}-{width}.png", whole=False)
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate(FITS)
    assert visit.complaints == []


def chat(page: Page, lesson: Lesson, width: int) -> None:
    """The question waits in the input; Enter sends it with what the set-up says that a request carries."""
    setup = lesson.setup
    talk = Transcript(setup["system"], [Turn(*turn, "complete") for turn in setup["turns"]])
    said = page.get_by_test_id("stChatMessage")
    field = page.get_by_test_id("stChatInputTextArea")
    expect(field).to_have_value(setup["ask"])
    expect(said).to_have_count(2 * len(talk.turns))
    expect(page.locator("[class*=st-key-chat_exchange]")).to_have_count(0)
    assert pressed(page, ".st-key-chat_history") == ("all", "last").index(setup["history"])

    field.press("Enter")

    expect(said).to_have_count(2 * len(talk.turns) + 2)
    messages = talk.begin(setup["ask"]).request(talk, setup["history"])
    ends_with(page, width, prompt_tokens({"model": "gpt-4", "messages": messages}))
    expect(said.last).to_contain_text(re.compile(CHAT_ANSWERS[lesson.number], re.IGNORECASE))
    expect(said.nth(-2)).to_contain_text(setup["ask"])


def ends_with(page: Page, width: int, prompt: int) -> None:
    """The response names the tokens of the prompt; on a phone it stands behind the switch."""
    if width == PHONE:
        page.locator(".st-key-chat_switch button").last.click()
    summary = page.locator(".st-key-chat_json").last
    expect(summary).to_contain_text(re.compile(rf"\b{prompt} \+ \d+ = \d+"))
    settle(page)
    expect(summary).to_be_visible()


def parameters(page: Page, lesson: Lesson, width: int) -> None:
    """Run sends the prompt with the knobs that the set-up turned."""
    setup = lesson.setup
    knobs = dict(setup.get("parameters", {}))
    expect(page.locator(".st-key-parameters_prompt textarea")).to_have_value(setup["prompt"])
    for name in ("temperature", "n", "max_tokens"):
        switch = page.locator(f".st-key-parameters_set_{name} input")
        expect(switch).to_be_checked(checked=name in knobs)
    expect(page.locator("[class*=st-key-parameters_exchange]")).to_have_count(0)

    page.locator(".st-key-parameters_run button").click()

    cards = page.locator("[class*=st-key-parameters_choice] [class*=st-key-parameters_choice]")
    expect(cards).to_have_count(knobs.get("n", 1))
    system = [{"role": "system", "content": setup["system"]}] if "system" in setup else []
    prompt = prompt_tokens({"model": "gpt-4", "messages": [*system, {"role": "user", "content": setup["prompt"]}]})
    assert lesson.figures.get("prompt", prompt) == prompt
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(rf"\b{prompt} \+ \d+ = \d+"))
    for card in cards.all():
        expect(card).to_contain_text(SLOGAN if lesson.number == 8 else HELLO)


def tokenizer(page: Page, lesson: Lesson, width: int) -> None:
    """The counts are there without a press; on a phone one encoding is shown at a time."""
    text, names = lesson.setup["text"], lesson.setup["encodings"]
    counts = [str(count(text, name)) for name in names]
    assert [lesson.figures[name] for name in ("chatgpt_gpt4", "chatgpt_gpt4o")] == list(map(int, counts[1:]))

    expect(page.locator(".st-key-tokenizer_editor textarea")).to_have_value(text)

    expect(page.locator(".token-view .big")).to_have_text(counts)


def functions(page: Page, lesson: Lesson, width: int) -> None:
    """Run all goes through the six stages, or stops at the third when the model may not call."""
    setup, figures = lesson.setup, lesson.figures
    rail = page.locator(".st-key-function_calling_rail .rail")
    expect(page.locator(".st-key-function_calling_question input")).to_have_value(setup["question"])
    expect(heading(page)).to_have_text(re.compile("^1 "))
    expect(page.locator(".st-key-function_calling_restart")).to_have_count(0)
    choices = ("", "auto", "none", "get_current_weather")
    assert pressed(page, ".st-key-function_calling_choice") == choices.index(setup.get("function_call", ""))

    run_all(page)

    if setup.get("function_call") == "none":
        expect(heading(page)).to_have_text(re.compile("^3 "))
        expect(rail).to_contain_text(re.compile(rf"· {figures['with_none']} \+ "))
        page.locator(".st-key-function_calling_restart button").click()
        expect(heading(page)).to_have_text(re.compile("^1 "))
        page.locator(".st-key-function_calling_choice button").nth(choices.index("auto")).click()
        settle(page)
        run_all(page)
    expect(heading(page)).to_have_text(re.compile("^6 "))
    first, second = re.findall(r"· (\d+) \+ \d+", rail.inner_text())
    asked = figures.get("with_auto") or figures.get("first_request")
    assert asked in (None, int(first))
    assert figures.get("second_with_null") in (None, int(second))
    response = page.locator(".st-key-function_calling_answer_response")
    request = page.locator(".st-key-function_calling_answer_request")
    if setup["send_functions_again"]:
        expect(response).to_contain_text(re.compile(r'"location\W+Paris'))
    else:
        expect(response).to_contain_text("Seoul")
        expect(request).to_contain_text(re.compile(r'"location\W+Seoul'))


def run_all(page: Page) -> None:
    page.locator(".st-key-function_calling_all button").click()


def heading(page: Page) -> Locator:
    """The title of the stage that is shown."""
    return page.get_by_test_id("stMain").get_by_role("heading", name=re.compile(r"^\d "))


def pressed(page: Page, group: str) -> int:
    """Which button of a segmented control is pressed."""
    return int(
        page.locator(group).evaluate(
            """each => [...each.querySelectorAll('button')].findIndex(button => button.ariaChecked === 'true'
                || button.ariaPressed === 'true' || button.ariaSelected === 'true'
                || button.getAttribute('kind')?.endsWith('Active'))"""
        )
    )


def prompt_tokens(body: Body) -> int:
    return count_prompt(body).total


RUNS: dict[str, Callable[[Page, Lesson, int], None]] = {
    "chat": chat,
    "parameters": parameters,
    "tokenizer": tokenizer,
    "function_calling": functions,
}
"""Page -> what a student does there, and what comes of it."""


def follow(page: Page, number: int) -> None:
    """From Home, the link of a lesson to the page it is tried on."""
    page.locator(f".st-key-course_row_{number} a").last.click(delay=60)
    page.wait_for_url(f"**?lesson={number}")
    expect(page.locator(".st-key-lesson_banner")).to_be_visible()
    settle(page)


@pytest.mark.parametrize(
    ("number", "button", "end"),
    [
        (2, "[data-testid=stChatInputSubmitButton]", "[class*=st-key-chat_exchange]"),
        (8, ".st-key-parameters_run button", "[class*=st-key-parameters_choice]"),
        (9, ".st-key-function_calling_next button", ".st-key-function_calling_first"),
    ],
    ids=["chat", "parameters", "functions"],
)
def test_two_clicks_lead_from_home_to_a_running_example(
    server: Served, visitor: Callable[..., Visit], number: int, button: str, end: str
):
    page = visitor().open(server.url).page

    follow(page, number)
    expect(page.locator(end)).to_have_count(0)
    page.locator(button).click()

    expect(page.locator(end).first).to_be_visible()


def test_one_click_leads_from_home_to_the_tokens_of_a_lesson(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(server.url).page

    follow(page, 5)

    expect(page.locator(".token-view .big")).to_have_text(["3", "3", "2"])


def talk_of_ones_own(visit: Visit, server: Served) -> Page:
    """A conversation on the chat page, then Home and from there a lesson."""
    page = visit.open(f"{server.url}/chat").page
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill("My own question")
    field.press("Enter")
    expect(page.locator("[class*=st-key-chat_exchange]").first).to_be_visible()
    settle(page)
    page.locator(".page-menu-link").first.click(delay=60)
    expect(page.locator(".st-key-course_rows")).to_be_visible()
    settle(page)
    follow(page, 2)
    return page


def test_a_lesson_asks_before_it_fills_over_a_conversation_and_keeps_it_if_told_so(
    server: Served, visitor: Callable[..., Visit]
):
    page = talk_of_ones_own(visitor(), server)
    said = page.get_by_test_id("stChatMessage")

    expect(said.first).to_contain_text("My own question")
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_value("")
    page.get_by_role("button", name="Keep mine").click()

    expect(page.get_by_role("button", name="Fill it for the lesson")).to_have_count(0)
    expect(page.locator(".st-key-lesson_banner")).to_be_visible()
    expect(said.first).to_contain_text("My own question")
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_value("")


def test_a_lesson_that_may_fill_puts_the_conversation_aside(server: Served, visitor: Callable[..., Visit]):
    page = talk_of_ones_own(visitor(), server)
    said = page.get_by_test_id("stChatMessage")

    page.get_by_role("button", name="Fill it for the lesson").click()

    expect(page.get_by_test_id("stChatInputTextArea")).to_have_value("Hello! I'm John.")
    expect(said).to_have_count(0)
    page.locator(".st-key-conversations_popover button").first.click()
    page.locator(".st-key-conversations_list").get_by_role("button", name="My own question").click()
    expect(said.first).to_contain_text("My own question")


@pytest.mark.parametrize("name", ["99", "0", "cat"])
def test_a_lesson_that_does_not_exist_says_so(server: Served, visitor: Callable[..., Visit], name: str):
    visit = visitor()

    page = visit.open(f"{server.url}/chat?lesson={name}").page
    expect(page.locator(".st-key-lesson_unknown")).to_contain_text("numbered 1 to 12")
    expect(page.get_by_test_id("stChatInputTextArea")).to_have_value("")
    visit.open(f"{server.url}/lesson?lesson={name}")

    expect(page.locator("h1")).to_have_text("No such lesson")
    expect(page.get_by_test_id("stMain").get_by_role("link", name="To the lessons")).to_be_visible()
    assert visit.complaints == []


def test_a_lesson_of_another_page_points_there(server: Served, visitor: Callable[..., Visit]):
    page = visitor().open(f"{server.url}/tokenizer?lesson=9").page

    page.get_by_role("link", name="Open lesson 9 there").click(delay=60)

    expect(page.locator(".st-key-lesson_banner")).to_contain_text("Who runs it")
    assert "/function_calling?lesson=9" in page.url
