"""A site in a folder of its own, and what its processes say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .child import DIED

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Site:
    folder: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.appeals.faults.child", *words],
            env=environment | {"VAR_DIR": str(self.folder)},
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def ask(self, *words: str) -> dict[str, Any]:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def dies(self, *words: str) -> None:
        done = self.run(*words)
        assert done.returncode == DIED, f"{words} ended with {done.returncode}: {done.stderr}"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A seller, a case, and one file that was answered as kept."""
    folder = tmp_path_factory.mktemp("prepared")
    return folder, Site(folder).ask("prepare")


@pytest.fixture
def site(prepared: tuple[Path, dict[str, Any]], tmp_path: Path) -> Site:
    return Site(shutil.copytree(prepared[0], tmp_path / "site"))
