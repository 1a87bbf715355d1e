"""Checking a package: for anybody, without a cookie, and nothing is kept."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from appeals.dossier import manifest
from appeals.dossier.verifying import NOT_OURS
from appeals.views import verify as views
from tests.appeals.dossier.packages import members, repacked, three, zipped

pytestmark = pytest.mark.django_db
MEMBER = "A-5-2_payment_2018-05.pdf"


@pytest.fixture(autouse=True)
def _nobody_before() -> Any:
    cache.clear()
    yield
    cache.clear()


def send(content: bytes, client: Client | None = None, **headers: str) -> Any:
    file = SimpleUploadedFile("any.zip", content)
    client = client or Client(enforce_csrf_checks=True)
    return client.post(reverse("verify"), {"package": file}, headers=headers)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def altered() -> bytes:
    inside = members(zipped(three()))
    inside[MEMBER] = inside[MEMBER][:-1] + b"!"
    return repacked(inside).getvalue()


def test_a_package_is_whole() -> None:
    answer = send(zipped(three()), **{"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 200
    assert "All 6 files are those that the manifest names." in text(answer)
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_of_an_altered_one_the_file_is_named_with_both_sums() -> None:
    answer = send(altered())

    [wrong] = answer.context["found"].changed
    assert wrong.name == MEMBER
    html = text(answer)
    assert "1 file is not what the manifest says." in html
    [row] = [one for one in answer.context["checked"].rows if one.is_wrong]
    for eights, whole in ((row.in_manifest, wrong.sha256), (row.in_file, wrong.found_sha256)):
        assert "".join(eight.digits for eight in eights) == whole
        for eight in eights:
            digits = f"<b>{eight.digits}</b>" if eight.differs else eight.digits
            assert digits in html
    assert any(eight.differs for eight in row.in_file)


def test_of_a_manifest_alone_nothing_is_said_of_its_files() -> None:
    answer = send(members(zipped(three()))[manifest.NAME])

    assert "so nothing is said of them" in text(answer)
    assert "Not looked at" in text(answer)


@pytest.mark.parametrize("content", [b"x", b"PK\3\4" + b"x" * 100, b"{}", b"%PDF-1.7"])
def test_anything_else_is_not_ours(content: bytes) -> None:
    assert "no package and no manifest of this site" in text(send(content))


def test_what_a_manifest_says_is_never_markup() -> None:
    inside = members(zipped(three()))
    content = inside[manifest.NAME].replace(b"Example Store US", b"<i>Store</i>")

    answer = send(content)

    assert b"<i>Store</i>" not in answer.content
    assert b"&lt;i&gt;Store" in answer.content


def test_nothing_stays(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    send(zipped(three()))
    send(altered())

    assert not list(tmp_path.iterdir())


def test_the_package_lies_in_a_file_without_a_name(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    seen: list[Any] = []

    def look(file: Any) -> Any:
        seen.append((file.read(), list(tmp_path.iterdir())))
        return NOT_OURS

    monkeypatch.setattr(views, "verify", look)

    content = zipped(three())
    send(content)

    assert seen == [(content, [])]


def test_beyond_the_limit_nothing_more_is_written(settings: Any) -> None:
    settings.EVIDENCE_CASE_LIMIT = 1000

    answer = send(zipped(three()))

    assert answer.status_code == 413
    assert "sha256sum" in text(answer)


def test_without_a_file_it_asks_for_one() -> None:
    answer = Client().post(reverse("verify"), {})

    assert answer.status_code == 422
    assert "Choose a ZIP or a MANIFEST.json first." in text(answer)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://x.y"}],
)
def test_what_another_site_sends_is_refused(headers: dict[str, str]) -> None:
    answer = send(zipped(three()), **headers)

    assert answer.status_code == 403
    assert "found" not in answer.context


def test_it_is_throttled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_OFTEN", 2)

    answers = [send(b"x") for _time in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "300"


def test_only_so_many_are_checked_at_once() -> None:
    others = [f"192.0.2.{number}" for number in range(views.MOST_AT_ONCE)]
    for address in others:
        assert views._room.take(address)
    try:
        answer = send(b"x")
    finally:
        for address in others:
            views._room.leave(address)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert send(b"x").status_code == 200


def test_one_address_cannot_keep_all_places() -> None:
    for _place in range(views.MOST_OF_ONE):
        assert views._room.take("127.0.0.1")
    try:
        mine = send(b"x")
        theirs = send(b"x", Client(REMOTE_ADDR="192.0.2.1"))
    finally:
        for _place in range(views.MOST_OF_ONE):
            views._room.leave("127.0.0.1")

    assert (mine.status_code, theirs.status_code) == (503, 200)


def test_signed_in_it_is_the_same(as_owner: Client) -> None:
    assert "All 6 files" in text(send(zipped(three()), as_owner))
