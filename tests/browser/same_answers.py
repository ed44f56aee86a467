"""Streamlit's own command, with a simulator that draws from the same seed each time. Only tests use it.

The course's requests set no seed and run at temperature 1: of a hundred tests that know the usual answer two would meet
another one.
"""

import sys

from streamlit.web import cli

import simulator.completion


def _same_seed(bits: int) -> int:
    return 1


if __name__ == "__main__":
    simulator.completion.getrandbits = _same_seed
    sys.argv[0] = "streamlit"
    sys.exit(cli.main())
