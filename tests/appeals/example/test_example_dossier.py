"""The dossier of the example: marked on every sheet, the same bytes, whole to whoever checks it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from appeals.dossier.pdf import DossierNotMade, make_pdf
from appeals.example import dossier as of_example
from appeals.example.dossier import MARK, example_dossier, example_pdf
from appeals.example.papers import PAPERS
from tests.appeals.dossier.reading_pdf import LETTER, left_of, pages

pytestmark = pytest.mark.django_db
PDF = "/en/appeals/example/dossier/pdf/"
PACKAGE = "/zh-hans/appeals/example/dossier/package/"


@pytest.mark.parametrize("with_chinese", [False, True])
def test_every_sheet_says_that_it_is_an_example(with_chinese: bool) -> None:
    content = example_pdf(with_chinese=with_chinese)

    # In the copy, too, the mark stands over the sheet itself and not over the Chinese.
    texts = left_of(content, LETTER[0])
    assert len(texts) == len(pages(content)) == 8
    for text in texts:
        for line in MARK:
            assert line in text


def test_no_other_dossier_has_the_mark() -> None:
    from tests.appeals.dossier import example

    made = example.finished()
    assert made.mark == ()
    assert not any("EXAMPLE 示例" in text for text in pages(make_pdf(made).content))


def test_it_is_the_same_bytes_whoever_asks() -> None:
    with translation.override("zh-hans"):
        chinese = make_pdf(example_dossier())
    with translation.override("en"):
        english = make_pdf(example_dossier())

    assert chinese.content == english.content == example_pdf()
    assert not english.missing


def test_it_is_made_once_however_many_ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(of_example, "_made", {})
    monkeypatch.setattr(
        of_example, "make_pdf", lambda *one, **how: made.append(how) or make_pdf(*one, **how)
    )

    for _again in range(3):
        for address in (PDF, f"{PDF}?copy=1", PACKAGE):
            assert client.get(address).status_code == 200

    assert len(made) == 2


def test_the_names_of_its_files_say_so(client: Client) -> None:
    names = {
        address: client.get(address)["Content-Disposition"]
        for address in (PDF, f"{PDF}?copy=1", PACKAGE)
    }

    assert names == {
        PDF: 'attachment; filename="example-dossier.pdf"',
        f"{PDF}?copy=1": 'attachment; filename="example-dossier-with-chinese.pdf"',
        PACKAGE: 'attachment; filename="example-dossier.zip"',
    }


def test_its_package_is_whole(client: Client) -> None:
    answer = client.get(PACKAGE)
    content = b"".join(answer.streaming_content)

    assert len(content) == int(answer["Content-Length"])
    assert not answer.cookies
    with zipfile.ZipFile(BytesIO(content)) as package:
        kept = {package.read(name) for name in package.namelist()}
    assert {paper.content() for paper in PAPERS} < kept
    assert example_pdf() in kept
    sent = {"package": SimpleUploadedFile("example-dossier.zip", content)}
    assert client.post("/en/verify/", sent).context["found"].verdict == "whole"


@pytest.mark.parametrize("code", ["busy", "failed"])
def test_where_it_is_not_made_its_page_says_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def refuse(*_one: object, **_how: object) -> None:
        raise DossierNotMade(code)

    monkeypatch.setattr(of_example, "_made", {})
    monkeypatch.setattr(of_example, "make_pdf", refuse)

    for address in (PDF, PACKAGE):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "5"
        assert 'role="alert"' in answer.content.decode()
