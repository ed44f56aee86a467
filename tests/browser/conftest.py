"""Fixtures of the browser tests: one server for the session, one Chromium for each file, a visitor for each test."""

import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.chromium import NO_CHROMIUM, Visit
from tests.browser.served import Served, served

expect.set_options(timeout=chromium.PATIENCE)
ARTEFACTS = Path(os.environ["ARTEFACTS"]) if os.environ.get("ARTEFACTS") else None


@pytest.fixture(scope="session")
def chromium_is_here() -> None:
    if not chromium.executable():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def server(chromium_is_here: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, for every test that doesn't care who was there before."""
    with served(log=tmp_path_factory.mktemp("server") / "log.txt", module="tests.browser.same_answers") as running:
        yield running


@pytest.fixture
def fresh_server(chromium_is_here: None, tmp_path: Path) -> Iterator[Served]:
    """The app in a new process that has answered no page yet."""
    with served(log=tmp_path / "log.txt") as running:
        yield running


# Not for the session: Playwright keeps an event loop running in this thread, and other tests start their own.
@pytest.fixture(scope="module")
def browser(chromium_is_here: None) -> Iterator[Browser]:
    with chromium.browser() as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """Answers new visitors: visitor(language="ko", theme="dark", width=390). A failed test leaves screenshots."""
    visits: list[Visit] = []
    with ExitStack() as stack:

        def arrive(**wishes: object) -> Visit:
            context = stack.enter_context(chromium.dressed(browser, **wishes))  # type: ignore[arg-type]
            visits.append(stack.enter_context(chromium.visit(context)))
            return visits[-1]

        yield arrive
        failed = getattr(request.node, "failed", False)
        for number, each in enumerate(visits, 1):
            if failed and ARTEFACTS:
                keep(each, f"failed/{request.node.name}-{number}.png", whole=False)


def keep(visit: Visit, name: str, whole: bool = True) -> None:
    """Keep a picture of the page under $ARTEFACTS; nothing without that variable."""
    if ARTEFACTS:
        file = ARTEFACTS / re.sub(r"[^\w./-]+", "_", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        if whole:
            chromium.show_whole(visit.page)
        visit.page.screenshot(path=file)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    if report.skipped and isinstance(report.longrepr, tuple) and NO_CHROMIUM in report.longrepr[2]:
        # One place for all of them, so that the summary folds them into one line.
        report.longrepr = (__file__, 0, report.longrepr[2])
    return report
