"""`python -m benchmarks`: measure, print a line a figure, end with 1 when a limit is broken."""

import argparse
import sys
from itertools import chain

from benchmarks import chat, first_page, function_stages, install, memory, page_switch, recorder, simulator, tokenizer
from benchmarks.figure import report
from tests.browser.chromium import NO_CHROMIUM, executable

MEASUREMENTS = {
    "first_page": first_page,
    "page_switch": page_switch,
    "memory": memory,
    "tokenizer": tokenizer,
    "simulator": simulator,
    "recorder": recorder,
    "function_stages": function_stages,
    "chat": chat,
}


def main() -> int:
    """Run what the command line names, everything by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, and compare with the limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--install", action="store_true", help="also clone and install anew (needs a package index)")
    wishes = parser.parse_args()
    if unknown := set(wishes.names) - set(MEASUREMENTS):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    if not executable():
        parser.error(NO_CHROMIUM)
    chosen = [MEASUREMENTS[name] for name in wishes.names or MEASUREMENTS]
    chosen += [install] if wishes.install else []
    return report(chain.from_iterable(measurement.measure() for measurement in chosen))


if __name__ == "__main__":
    sys.exit(main())
