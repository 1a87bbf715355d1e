"""What a bare machine is told when something is missing: one sentence each, no traceback."""

from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without browser, package manager or environment of the project."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(bootstrap, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(bootstrap, "playwrights_chromium", lambda: None)
    return tmp_path


def program(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))

    with pytest.raises(bootstrap.CannotPrepare, match=r"needs Python 3\.11 or newer"):
        bootstrap.check_python()


def test_a_python_without_venv_is_named(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without_ensurepip(name: str, *rest: Any, **named: Any) -> Any:
        if name == "ensurepip":
            raise ImportError(name)
        return known(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_ensurepip)

    with pytest.raises(bootstrap.CannotPrepare, match="python3-venv"):
        bootstrap.make_venv()


def test_the_browser_that_is_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium")
    monkeypatch.setenv("CHROMIUM", program(bare, "mine"))

    assert bootstrap.find_chromium() == str(bare / "mine")


def test_a_browser_that_is_named_and_not_there_is_said(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(bootstrap.CannotPrepare, match="/nowhere/chromium"):
        bootstrap.find_chromium()


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_usual_names_are_found(bare: Path, name: str) -> None:
    program(bare, name)

    assert bootstrap.find_chromium() == str(bare / name)


def test_without_a_browser_other_tests_run_first_and_then_it_says_so(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **named: Any) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap, "debians_chromium", lambda: None)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    monkeypatch.setenv("BROWSER", "1")

    with pytest.raises(bootstrap.CannotPrepare, match="BROWSER=0"):
        bootstrap.run_tests("pytest", [])

    assert ran[0][-2:] == ["-m", "not browser"]


def test_leaving_the_browser_out_is_a_choice(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        bootstrap.subprocess,
        "run",
        lambda command, **named: subprocess.CompletedProcess(command, 3),
    )
    monkeypatch.setenv("BROWSER", "0")

    assert bootstrap.run_tests("pytest", []) == 3


def test_what_is_installed_already_is_not_installed_again(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / ".venv").mkdir()
    stamp = bare / ".venv" / "installed-requirements.txt"
    stamp.write_text(bootstrap.digest(str(ROOT / "requirements.txt")))
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *_, **__: pytest.fail("it ran pip"))

    bootstrap.install("requirements.txt")


def test_it_can_be_read_by_an_old_python() -> None:
    """No syntax newer than Python 3.6, so that an old one says its sentence and not SyntaxError."""
    import ast

    source = (ROOT / "config" / "bootstrap.py").read_text()

    ast.parse(source, feature_version=(3, 6))


def test_a_machine_without_python_is_told() -> None:
    done = subprocess.run(
        ["make", "run", "PYTHON=no-such-python"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stdout
