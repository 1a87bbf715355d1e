"""A wrong setting stops the start with one sentence, never with a traceback."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own; prints three of them when they can be used."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    code = (
        "from django.conf import settings as s;"
        "print(s.SITE_URL, s.SESSION_COOKIE_SECURE, s.ACCOUNT_EMAIL_VERIFICATION,"
        " s.EMAIL_BACKEND.rsplit('.')[-2], s.SECURE_HSTS_SECONDS)"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=known | {"VAR_DIR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"}
        | environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "keyright.example"),
        ("SITE_URL", "https://keyright.example/below"),
        ("SITE_URL", "ftp://127.0.0.1"),
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("CACHE_URL", "nonsense://"),
        ("EVIDENCE_FILE_LIMIT_MB", "many"),
        ("EVIDENCE_CASE_LIMIT_MB", "0"),
        ("PAGE_CACHE_MB", "-1"),
        ("PAGE_CACHE_MB", "much"),
        ("EDITORIAL_FOUR_EYES", "perhaps"),
        ("LINK_CHECKS", "sometimes"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("EMAIL_URL", "nonsense://host"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    done = start(tmp_path, **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: ")
    assert "Traceback" not in done.stderr


def test_a_public_site_needs_a_secret(tmp_path: Path) -> None:
    done = start(tmp_path, SITE_URL="https://keyright.example")

    assert done.returncode == 1
    assert done.stderr.startswith("SECRET_KEY: ")


def test_a_local_site_needs_nothing(tmp_path: Path) -> None:
    done = start(tmp_path)

    assert done.stdout.split() == ["http://127.0.0.1:8000", "False", "optional", "filebased", "0"]


def test_a_local_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    start(tmp_path)
    path = tmp_path / "var" / "secret-key"
    first = path.read_text()

    start(tmp_path)

    assert path.read_text() == first
    assert len(first) > 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_public_site_over_https_has_secure_cookies_and_confirms_addresses(tmp_path: Path) -> None:
    done = start(tmp_path, SITE_URL="https://keyright.example", SECRET_KEY="a" * 60)

    assert done.stdout.split() == [
        "https://keyright.example",
        "True",
        "mandatory",
        "dummy",
        "31536000",
    ]


def test_the_port_moves_a_local_site(tmp_path: Path) -> None:
    assert start(tmp_path, PORT="8123").stdout.startswith("http://127.0.0.1:8123 ")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = start(tmp_path, VAR_DIR=str(tmp_path / "file" / "var"))

    assert done.returncode == 1
    assert done.stderr.startswith("VAR_DIR: ")
