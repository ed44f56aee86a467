"""start.py, run for real in its own folder: real virtual environments, a real pip, wheels made here, no network."""

import ast
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAMP = Path(".venv", "playground-stamp.txt")
# pyenv keeps old Pythons behind names that work only when their version is asked for.
PYENV = {"PYENV_VERSION": "2.7:3.6:3.8:3.10"}

# Stands in for `python -m streamlit` and `python -m pytest`: says how it was called, ends as it is told.
SPEAKER = """
import os, sys, time
print("ran", *sys.argv, flush=True)
if "--wait" in sys.argv:
    time.sleep(60)
sys.exit(int(os.environ.get("EXIT", "0")))
"""


def wheel(folder: Path, name: str, files: dict[str, str]) -> str:
    """Write a wheel by hand and return its file name."""
    info = f"{name}-1.0.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    file = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in (files | {f"{info}/RECORD": record}).items():
            archive.writestr(path, text)
    return f"./{file.name}"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with start.py, requirements that need no network, and a space and Hangul in its name."""
    folder = tmp_path_factory.mktemp("start") / "챗 GPT"
    folder.mkdir()
    shutil.copy(ROOT / "start.py", folder)
    runs = wheel(folder, "streamlit", {"streamlit.py": SPEAKER})
    tests = wheel(folder, "pytest", {"pytest.py": SPEAKER})
    (folder / "requirements.txt").write_text(f"{runs}  # what runs it\n", encoding="utf-8")
    (folder / "requirements-dev.txt").write_text(f"-r requirements.txt\n{tests}\n", encoding="utf-8")
    return folder


def start(folder: Path, *arguments: str, python: str = sys.executable, **environment: str):
    return subprocess.run(
        [python, folder / "start.py", *arguments],
        cwd=folder.parent,  # start.py finds its folder by itself
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_first_start_makes_the_environment_and_passes_arguments_on(checkout: Path):
    shutil.rmtree(checkout / ".venv", ignore_errors=True)

    first = start(checkout, "--server.port", "8600")

    assert "Making .venv" in first.stdout
    assert "Installing requirements.txt" in first.stdout
    assert first.stdout.strip().endswith("streamlit.py run app.py --server.port 8600")
    assert first.returncode == 0


def test_the_second_start_installs_nothing(checkout: Path):
    start(checkout)

    second = start(checkout)

    assert len(second.stdout.splitlines()) == 1
    assert second.stdout.startswith("ran ")


def test_test_installs_what_tests_need_and_runs_them(checkout: Path):
    start(checkout)

    first = start(checkout, "test", "-k", "tokens and laws")
    again = start(checkout, "test")
    app = start(checkout)

    assert "Installing requirements-dev.txt" in first.stdout
    assert first.stdout.strip().endswith("pytest.py -k tokens and laws")
    assert len(again.stdout.splitlines()) == len(app.stdout.splitlines()) == 1


def test_changed_requirements_are_installed_into_the_same_environment(checkout: Path):
    start(checkout)
    extra = wheel(checkout, "extra", {"extra.py": "GREETING = 'new'\n"})
    with (checkout / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write(f"{extra}\n")

    result = start(checkout)

    assert "Making .venv" not in result.stdout
    assert "Installing requirements.txt" in result.stdout
    assert list((checkout / ".venv").rglob("site-packages/extra.py"))


def test_a_half_made_environment_is_made_anew(checkout: Path):
    start(checkout)
    (checkout / STAMP).write_text("unfinished\n", encoding="utf-8")
    left_over = checkout / ".venv" / "left-over.txt"
    left_over.write_text("from before", encoding="utf-8")

    result = start(checkout)

    assert "Making .venv" in result.stdout
    assert not left_over.exists()
    assert result.returncode == 0


def test_an_environment_without_pip_is_made_anew(checkout: Path):
    start(checkout)
    (checkout / STAMP).unlink()
    for package in (checkout / ".venv").rglob("site-packages/pip"):
        shutil.rmtree(package)

    result = start(checkout)

    assert "Making .venv" in result.stdout
    assert result.returncode == 0


def test_an_installation_that_fails_is_explained_and_not_taken_for_done(checkout: Path):
    start(checkout)
    requirements = checkout / "requirements.txt"
    good = requirements.read_text(encoding="utf-8")
    requirements.write_text(good + "./missing-1.0-py3-none-any.whl\n", encoding="utf-8")

    failed = start(checkout)
    requirements.write_text(good, encoding="utf-8")
    repaired = start(checkout)

    assert failed.returncode == 1
    assert "requirements.txt could not be installed" in failed.stderr
    assert "ran " not in failed.stdout
    assert repaired.returncode == 0


def test_the_exit_code_of_the_app_is_passed_on(checkout: Path):
    assert start(checkout, EXIT="7").returncode == 7


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, the test's own included")
def test_ctrl_c_is_quiet(checkout: Path):
    start(checkout)

    # A group of its own, as a terminal makes one: Ctrl-C reaches start.py and the app.
    command = [sys.executable, checkout / "start.py", "--wait"]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        # Whoever starts the tests in a shell's background has Ctrl-C ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert running.stdout is not None
    assert "ran" in running.stdout.readline()
    began = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    _, complaints = running.communicate(timeout=30)

    assert "start.py" not in complaints
    assert running.returncode == 130
    assert time.monotonic() - began < 5


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path):
    shutil.copy(ROOT / "start.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    # None in sys.modules is how Python itself marks a module that can't be imported.
    without = "import runpy, sys; sys.modules['ensurepip'] = None; runpy.run_path('start.py', run_name='__main__')"

    result = subprocess.run([sys.executable, "-c", without], cwd=tmp_path, capture_output=True, text=True)

    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_help_explains_both_commands(checkout: Path):
    result = start(checkout, "--help")

    assert "python start.py test" in result.stdout
    assert "ran " not in result.stdout


def runs(python: str) -> bool:
    environment = os.environ | PYENV
    return (
        bool(shutil.which(python))
        and not subprocess.run([python, "-c", ""], env=environment, capture_output=True).returncode
    )


def test_old_pythons_are_told_what_they_need(checkout: Path):
    old = [python for python in ("python2.7", "python3.6", "python3.8", "python3.10") if runs(python)]
    if not old:
        pytest.skip("no Python older than 3.11 on this machine")

    for python in old:
        result = start(checkout, python=python, **PYENV)

        assert result.returncode == 1
        assert "needs Python 3.11 or later" in result.stderr
        assert "SyntaxError" not in result.stderr


def test_start_uses_no_syntax_that_an_old_python_can_not_read():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))

    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, new)] == []
    assert not any(node.returns or node.args.kwonlyargs for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    assert not any(node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg))


def test_requirements_are_ascii():
    # pip reads them in the machine's own encoding, which is cp949 on a Korean Windows.
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert (ROOT / name).read_bytes().isascii()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without a word to it")
def test_whoever_ends_it_ends_the_app(checkout: Path):
    start(checkout)
    command = [sys.executable, checkout / "start.py", "--wait"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert "ran" in running.stdout.readline()

    running.terminate()
    _, complaints = running.communicate(timeout=30)

    # The pipe is closed only when the app, which holds it too, has ended.
    assert running.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in complaints
