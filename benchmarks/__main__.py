"""`python -m benchmarks`: measure, print a line a figure, end with 1 when a limit is broken."""

import argparse
import sys

from benchmarks import first_page, function_stages, install, memory, page_switch, recorder, simulator, tokenizer
from tests.browser.chromium import NO_CHROMIUM, executable

MEASUREMENTS = {
    "first_page": first_page,
    "page_switch": page_switch,
    "memory": memory,
    "tokenizer": tokenizer,
    "simulator": simulator,
    "recorder": recorder,
    "function_stages": function_stages,
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
    kept = True
    for measurement in [*chosen, *([install] if wishes.install else [])]:
        for figure in measurement.measure():
            print(figure, flush=True)
            kept = kept and figure.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
