"""Start the playground with nothing but Python: make .venv, install into it, run the app. No part of the app.

    python start.py [arguments of `streamlit run`]      python start.py --server.port 8600
    python start.py test [arguments of pytest]          python start.py test -k tokenizer

A second start installs nothing: a stamp in .venv says for which Python and which requirements it was made.
Every old Python must be able to read this file, to say what is wrong: no annotations, no f-strings.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The playground needs Python 3.11 or later; this is Python %s (%s).\n"
        "Get a newer one from https://www.python.org/downloads/ and start again with it, for example:\n"
        "py -3.12 start.py (Windows) or python3.12 start.py" % (sys.version.split()[0], sys.executable)
    )

import hashlib
import importlib.util
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "playground-stamp.txt"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
VERSION = "%d.%d" % sys.version_info[:2]


class CanNotStart(Exception):
    """Something the reader has to do first; the message says what."""


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(*command):
    """Run a program in the project's folder and return its exit code; after Ctrl-C, 130 once it has ended."""
    child = subprocess.Popen([str(part) for part in command], cwd=str(ROOT))
    # Whoever ends start.py ends the app: otherwise it would go on and keep its port.
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        code = child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(timeout=10)  # the terminal has sent Ctrl-C to the child as well
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.terminate()
            child.wait()
        return 130
    return code if code >= 0 else 128 - code


def wanted(requirements):
    """The lines that the stamp holds once these requirements are installed."""
    files = [ROOT / name for name in sorted({requirements, "requirements.txt"})]
    return ["python " + VERSION] + [file.name + " " + hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def whole():
    """Does .venv hold this version of Python, and pip? Its making may have been cut short."""
    question = "import pip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '" + VERSION + "')"
    try:
        return subprocess.call([str(PYTHON), "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make():
    """Make .venv anew, whatever lies there."""
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise CanNotStart(
            "This Python has no venv module, so .venv can't be made. On Debian and Ubuntu:\n"
            "    sudo apt install python3-venv\nElsewhere install Python from https://www.python.org/downloads/."
        )
    say("Making .venv with Python {} ...".format(VERSION))
    if run(sys.executable, "-m", "venv", "--clear", VENV):
        raise CanNotStart("{} could not be made; the lines above say why.".format(VENV))


def prepare(requirements):
    """Bring .venv to the state that the requirements ask for; do nothing when it is there already."""
    lines = wanted(requirements)
    stamp = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []
    if set(lines) <= set(stamp) and PYTHON.exists():
        return
    # Never while running inside it: Windows can't remove a program that runs.
    if Path(sys.prefix).resolve() != VENV.resolve() and ("unfinished" in stamp or not whole()):
        make()
        stamp = []
    STAMP.write_text("unfinished" + "\n", encoding="utf-8")
    say("Installing {} into .venv (only this time) ...".format(requirements))
    if run(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements):
        raise CanNotStart("{} could not be installed; the lines above say why.".format(requirements))
    kept = [line for line in stamp if line.startswith("requirements-dev.txt") and len(lines) == 2]
    STAMP.write_text("\n".join(lines + kept) + "\n", encoding="utf-8")


def main(arguments):
    """Do what the command line asks for; return the exit code."""
    if arguments[:1] in (["-h"], ["--help"]):
        say(__doc__)
        return 0
    testing = arguments[:1] == ["test"]
    try:
        prepare("requirements-dev.txt" if testing else "requirements.txt")
    except CanNotStart as problem:
        sys.stderr.write("\n{}\n".format(problem))
        return 1
    if testing:
        return run(PYTHON, "-m", "pytest", *arguments[1:])
    return run(PYTHON, "-m", "streamlit", "run", "app.py", *arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
