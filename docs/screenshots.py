"""Pictures of the app: `python docs/screenshots.py` makes the README's, with --all every page in every dress.

It starts the real server and a real Chromium. The README's picture is committed; the others go to artefacts/.
"""

import argparse
import sys
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from components.shell import NAVIGATION  # noqa: E402
from playground.language import LANGUAGES  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.browser.chromium import PHONE, WIDE  # noqa: E402
from tests.browser.served import Served, served  # noqa: E402

README = ROOT / "docs" / "screenshot.png"
EVERYTHING = ROOT / "artefacts" / "pages"


def readme(server: Served) -> None:
    """Home in English, wide and light, with an answer."""
    with chromium.browser() as browser, chromium.dressed(browser) as context, chromium.visit(context) as visit:
        page = visit.open(server.url).page
        for _ in range(2):  # the first answer of a fresh process waits for modules that are loaded
            page.locator(".st-key-home_run button").click()
            page.get_by_text("Run it again").wait_for()
            chromium.settle(page)
        page.screenshot(path=README)


def everything(server: Served) -> None:
    """Every page, language, theme and width, from top to bottom."""
    EVERYTHING.mkdir(parents=True, exist_ok=True)
    with chromium.browser() as browser:
        for dress in product(LANGUAGES, ("light", "dark"), (WIDE, PHONE)):
            with chromium.dressed(browser, *dress) as context:
                for room in NAVIGATION:
                    with chromium.visit(context) as visit:
                        page = visit.open(f"{server.url}/{'' if room is NAVIGATION[0] else room.path}").page
                        chromium.show_whole(page)
                        page.screenshot(path=EVERYTHING / f"{'-'.join(map(str, (room.path, *dress)))}.png")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--all", action="store_true", help="every page, language, theme and width, into artefacts/pages"
    )
    wishes = parser.parse_args()
    if not chromium.executable():
        parser.error(chromium.NO_CHROMIUM)
    with served() as server:
        (everything if wishes.all else readme)(server)
