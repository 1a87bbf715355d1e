"""The dossier downloaded, and its package checked by whoever receives it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from appeals import actions
from appeals.models import Case
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from tests import factories
from tests.appeals.dossier.packages import members, repacked
from tests.appeals.evidence.files import picture

from .checks import faults_of_layout, found_by_axe
from .conftest import Visit
from .states import in_each_language

MEMBER = "A-5-1_payment_2018-05.png"
WHOLE = {"en": "Whole", "zh-hans": "完整"}
CHANGED = {"en": "Changed", "zh-hans": "改过"}


@pytest.fixture
def case(site: str) -> Case:
    """Begun, with one exhibit whose bytes are there."""
    case = factories.open_case()
    owner = case.owner
    actions.consents.give(by=owner, language="en")
    actions.providers.add(case, by=owner, name="ERP 甲")
    upload = SimpleUploadedFile("receipt.png", picture("PNG", (40, 30)), "image/png")
    row = actions.evidence.add(case, by=owner, upload=upload)
    actions.evidence.file(
        row,
        by=owner,
        version=row.version,
        kind="payment",
        proofs=[ProofFacts(5, "A", Month(2018, 5))],
    )
    return case


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=name).click()
    return Path(found.value.path()).read_bytes()


def check(page: Page, language: str, content: bytes, name: str = "package.zip") -> None:
    page.goto(f"/{language}/verify/")
    field = page.locator("[name=package]")
    field.set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    page.locator("main form button[type=submit]").click()


def package_of(visit: Visit, case: Case) -> bytes:
    seller = visit("en", person=case.owner)
    seller.goto(f"/en/appeals/{case.code}/dossier/")
    assert download(seller, "Download PDF").startswith(b"%PDF-1.7")
    return download(seller, "Download ZIP")


@in_each_language
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_package_as_it_was_made_is_whole(
    visit: Visit, case: Case, language: str, scripts: bool
) -> None:
    content = package_of(visit, case)
    receiver = visit(language, java_script_enabled=scripts)

    check(receiver, language, content)

    result = receiver.locator(".verify-word")
    expect(result).to_have_text(WHOLE[language])
    assert receiver.context.cookies() == []
    expect(receiver.locator(".verify-files tbody tr")).to_have_count(4)
    expect(receiver.locator(".verify-files .is-bad")).to_have_count(0)


@in_each_language
def test_of_an_altered_package_the_file_is_named(visit: Visit, case: Case, language: str) -> None:
    inside = members(package_of(visit, case))
    changed = bytearray(inside[MEMBER])
    changed[-20] ^= 1
    receiver = visit(language)

    check(receiver, language, repacked(inside | {MEMBER: bytes(changed)}).getvalue())

    expect(receiver.locator(".verify-word")).to_have_text(CHANGED[language])
    wrong = receiver.locator(".verify-files tr.is-bad")
    expect(wrong).to_have_count(1)
    expect(wrong.locator("th")).to_contain_text(MEMBER)
    expect(wrong.locator("b").first).to_be_visible()  # the group that differs
    assert not faults_of_layout(receiver)


def test_a_manifest_alone_is_enough(visit: Visit, case: Case) -> None:
    manifest = members(package_of(visit, case))["MANIFEST.json"]
    receiver = visit("en")

    check(receiver, "en", manifest, "MANIFEST.json")

    expect(receiver.get_by_text("nothing is said of them")).to_be_visible()


def test_something_else_is_not_ours(visit: Visit, site: Any) -> None:
    receiver = visit("zh-hans")

    check(receiver, "zh-hans", io.BytesIO(b"PK\3\4 something").getvalue())

    expect(receiver.locator(".verify-word")).to_have_text("不是这里的")
    assert not found_by_axe(receiver)


def test_by_keyboard_alone(visit: Visit, case: Case) -> None:
    content = package_of(visit, case)
    receiver = visit("en")
    receiver.goto("/en/verify/")
    field = receiver.locator("[name=package]")
    field.set_input_files({"name": "package.zip", "mimeType": "application/zip", "buffer": content})

    field.focus()
    receiver.keyboard.press("Tab")
    receiver.keyboard.press("Enter")

    expect(receiver.locator(".verify-word")).to_have_text("Whole")
