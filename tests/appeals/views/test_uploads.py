"""What a script is answered that sends files one by one, and the pictures of files."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from appeals import actions
from appeals.evidence import accepting, handing_out, storage
from appeals.models import Case, Event, Evidence
from guides import children
from tests import factories
from tests.appeals.evidence.files import picture
from tests.conftest import signed_in

from .conftest import address, upload

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)>.png'


@pytest.fixture
def new(case: Case) -> str:
    return address("evidence-create", case)


@pytest.fixture
def kept(case: Case, owner: Any, consent: None) -> Evidence:
    return actions.evidence.add(case, by=owner, upload=upload())


def send(client: Client, url: str, file: Any, **fields: Any) -> tuple[Any, dict[str, Any]]:
    answer = client.post(url, {"files": file} | fields, headers={"accept": "application/json"})
    return answer, json.loads(answer.content)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_was_kept_is_told_with_what_is_worth_a_look_and_what_room_is_left(
    as_owner: Client, case: Case, new: str, consent: None
) -> None:
    screen = SimpleUploadedFile("screen.png", picture("PNG", (1170, 2532), "L"))
    query = "?demand=5&provider=A"
    actions.providers.add(case, by=case.owner, name="ERP 甲")

    answer, told = send(as_owner, new + query, screen)

    evidence = case.evidence.get()
    assert answer.status_code == 200
    assert told["state"] == "kept"
    assert told["name"] == "screen.png"
    assert f'href="{evidence.get_absolute_url()}?demand=5&amp;provider=A"' in told["words"]
    assert "This looks like a screenshot" in told["words"]
    assert "This case holds" in told["room"]
    assert storage.has_preview(evidence.stored_as)


def test_the_same_file_again_is_here_already_and_no_failure(
    as_owner: Client, new: str, kept: Evidence
) -> None:
    answer, told = send(as_owner, new, upload("another-name.png"))

    assert (answer.status_code, told["state"]) == (200, "same")
    assert "no need to upload it again" in told["words"]
    assert f"{kept.get_absolute_url()}#field-proofs" in told["words"]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Text files cannot be stored."), ("zh-hans", "存不了纯文字文件")],
)
def test_a_refusal_is_told_in_the_language_of_the_page(
    as_owner: Client, case: Case, consent: None, language: str, words: str
) -> None:
    with translation.override(language):
        url = reverse("appeals:evidence-create", args=[case.code])

    answer, told = send(as_owner, url, SimpleUploadedFile("notes.txt", b"only words"))

    assert (answer.status_code, told["state"]) == (422, "refused")
    assert words in told["words"]
    assert not case.evidence.exists()


def test_a_name_is_never_markup(as_owner: Client, case: Case, new: str, consent: None) -> None:
    for _twice in range(2):
        file = upload()
        file._name = HOSTILE
        _answer, told = send(as_owner, new, file)

    assert case.evidence.get().original_name == HOSTILE
    assert "<img" not in told["words"]
    assert "&lt;img src=x" in told["words"]


def test_a_name_like_a_secret_is_not_repeated(as_owner: Client, new: str, consent: None) -> None:
    secret = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0000000"

    answer, told = send(as_owner, new, upload(f"{secret}.png"))

    assert answer.status_code == 422
    assert secret not in answer.content.decode()
    assert told["name"] == "A file"
    assert 'href="/en/guides/exposed/?step=revoke"' in told["words"]


def test_without_consent_nothing_is_kept(as_owner: Client, case: Case, new: str) -> None:
    answer, told = send(as_owner, new, upload())

    assert (answer.status_code, told["state"]) == (422, "refused")
    assert "Tick this first" in told["words"]
    assert not case.evidence.exists()

    answer, told = send(as_owner, new, upload(), consent="on")
    assert told["state"] == "kept"


def test_a_request_without_a_file_says_so(as_owner: Client, new: str, consent: None) -> None:
    answer = as_owner.post(new, {}, headers={"accept": "application/json"})

    assert answer.status_code == 422
    assert "No file was chosen." in json.loads(answer.content)["words"]


def test_of_an_excerpt_only_the_type_is_told(
    as_owner: Client, case: Case, new: str, consent: None, settings: Any
) -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(64_000)

    _answer, told = send(as_owner, new, SimpleUploadedFile("IMG.heic", heic), excerpt="1")

    assert told["state"] == "refused"
    assert "HEIC files cannot be stored." in told["words"]
    assert files_below(settings.EVIDENCE_ROOT) == []


def test_an_excerpt_is_never_kept(
    as_owner: Client, case: Case, new: str, consent: None, settings: Any
) -> None:
    answer, told = send(as_owner, new, upload(), excerpt="1")

    assert (answer.status_code, told["state"]) == (422, "refused")
    assert not case.evidence.exists()
    assert files_below(settings.EVIDENCE_ROOT) == []


def test_an_excerpt_that_is_none_is_no_fault(
    as_owner: Client, case: Case, new: str, consent: None, settings: Any
) -> None:
    settings.EVIDENCE_FILE_LIMIT = 1000

    answer, _told = send(as_owner, new, SimpleUploadedFile("a", bytes(5000)), excerpt="1")

    assert answer.status_code == 422
    assert files_below(settings.EVIDENCE_ROOT) == []


def test_a_busy_time_is_not_the_file_s_fault(
    as_owner: Client, new: str, consent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.05)

    with children.turn(), children.turn():
        answer, told = send(as_owner, new, upload())

    assert (answer.status_code, told["state"]) == (503, "busy")
    assert answer["Retry-After"] == "5"
    assert send(as_owner, new, upload())[1]["state"] == "kept"


def test_a_fault_of_ours_is_told_as_such_and_not_sent_again_by_itself(
    as_owner: Client, new: str, consent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (sys.executable, "-c", "raise SystemExit(3)")
    monkeypatch.setattr(accepting.accept, "__kwdefaults__", {"seconds": 5.0, "command": broken})

    answer, told = send(as_owner, new, upload())

    assert (answer.status_code, told["state"]) == (503, "unavailable")
    assert "Retry-After" not in answer
    assert "Sorry, we could not check this file" in told["words"]


def test_what_is_not_a_case_of_theirs_is_not_there(new: str, case: Case) -> None:
    stranger = signed_in(factories.make_user(email="other@example.com"))

    for client in (stranger, Client()):
        answer = client.post(new, {"files": upload()}, headers={"accept": "application/json"})
        assert answer.status_code == 404
    assert not case.evidence.exists()


# --- Pictures


def picture_of(evidence: Evidence) -> str:
    return address("evidence-picture", evidence.case, evidence.code)


def test_the_page_of_a_file_shows_its_picture(as_owner: Client, kept: Evidence) -> None:
    page = as_owner.get(kept.get_absolute_url()).content.decode()

    assert f'<img src="{picture_of(kept)}" width="96" height="128" loading="lazy"' in page
    assert as_owner.get(picture_of(kept))["Content-Type"] == "image/jpeg"


def test_the_list_shows_pictures_of_what_is_not_filed_where_they_lie_ready(
    as_owner: Client, kept: Evidence
) -> None:
    files = address("evidence-list", kept.case)
    assert picture_of(kept) not in as_owner.get(files).content.decode()

    as_owner.get(kept.get_absolute_url())

    assert f'src="{picture_of(kept)}"' in as_owner.get(files).content.decode()


def test_a_picture_is_for_those_who_may_open_the_case(as_owner: Client, kept: Evidence) -> None:
    url = picture_of(kept)
    stranger = signed_in(factories.make_user(email="other@example.com"))

    assert stranger.get(url).status_code == 404
    assert Client().get(url).status_code == 404
    assert as_owner.post(url).status_code == 405
    answer = as_owner.get(url)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not Event.objects.filter(kind=Event.Kind.DOWNLOADED).exists()


def test_a_page_asks_for_no_picture_that_cannot_be_drawn(
    as_owner: Client, kept: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_out, "DRAW", (sys.executable, "-c", ""))

    page = as_owner.get(kept.get_absolute_url()).content.decode()

    assert "<img" not in page
    assert '<span class="file-type" aria-hidden="true">PNG</span>' in page
    assert as_owner.get(picture_of(kept)).status_code == 404


@pytest.mark.parametrize("is_filed_away", [False, True])
def test_bytes_that_are_gone_cost_no_page(
    as_owner: Client, kept: Evidence, is_filed_away: bool
) -> None:
    storage.remove(kept.stored_as)
    if is_filed_away:
        actions.evidence.withdraw(kept, by=kept.case.owner)

    answer = as_owner.get(kept.get_absolute_url())

    assert answer.status_code == 200
    assert "<img" not in answer.content.decode()
    assert as_owner.get(picture_of(kept)).status_code == 404


def test_a_busy_moment_costs_a_page_its_picture_this_once(
    as_owner: Client, kept: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_out, "PATIENCE", 0.05)
    with children.turn(), children.turn():
        page = as_owner.get(kept.get_absolute_url()).content.decode()

    assert "<img" not in page
    assert "<img" in as_owner.get(kept.get_absolute_url()).content.decode()


def test_what_took_too_long_is_tried_again_after_an_hour(
    as_owner: Client, kept: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(handing_out, "DRAW", (sys.executable, "-c", "import os; os.abort()"))
        assert "<img" not in as_owner.get(kept.get_absolute_url()).content.decode()
    assert "<img" not in as_owner.get(kept.get_absolute_url()).content.decode()

    then = time.time() - storage.TRY_AGAIN_AFTER - 60
    os.utime(storage.preview_of(kept.stored_as), (then, then))

    assert "<img" in as_owner.get(kept.get_absolute_url()).content.decode()


def test_a_full_disk_costs_no_page(
    as_owner: Client, kept: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_preview", refuse)

    assert as_owner.get(kept.get_absolute_url()).status_code == 200
    assert as_owner.get(picture_of(kept))["Content-Type"] == "image/jpeg"
