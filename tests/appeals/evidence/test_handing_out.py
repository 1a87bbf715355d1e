"""An original goes out byte for byte, as a download that nothing runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse

from appeals.evidence import storage
from appeals.evidence.handing_out import download_response
from appeals.evidence.keeping import kept
from appeals.models import Evidence
from tests import factories

from .files import paper, picture


def make_evidence(data: bytes, name: str) -> Evidence:
    upload = SimpleUploadedFile("a.pdf", data)
    with kept(upload) as file:
        fields: dict[str, Any] = file.as_fields() | {"original_name": name}
        return Evidence.objects.create(case=factories.make_case(), **fields)


@pytest.fixture
def download(request: pytest.FixtureRequest) -> Callable[[bytes, str], FileResponse]:
    """The answer for a file, closed after the test as a server does."""

    def answer(data: bytes, name: str) -> FileResponse:
        response = download_response(make_evidence(data, name))
        request.addfinalizer(response.close)
        return response

    return answer


@pytest.mark.django_db
def test_the_bytes_are_those_that_were_sent(download: Any) -> None:
    data = picture("JPEG") + b"what a camera\r\nappends\0"

    response = download(data, "a.jpg")

    assert response.streaming
    assert b"".join(response.streaming_content) == data
    assert response["Content-Length"] == str(len(data))


@pytest.mark.django_db
def test_no_browser_opens_it_as_a_page(download: Any) -> None:
    response = download(paper(), "page.html")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="page.html.pdf"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_chinese_name_arrives(download: Any) -> None:
    response = download(paper(), "付款 5月.pdf")

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E4%BB%98%E6%AC%BE%205%E6%9C%88.pdf"
    )


@pytest.mark.django_db
def test_a_name_cannot_add_a_header(download: Any) -> None:
    response = download(paper(), 'a"\r\nSet-Cookie: a=1\r\n\r\n<b>.pdf')

    assert response["Content-Disposition"] == ('attachment; filename="a_ Set-Cookie_ a=1 _b_.pdf"')
    assert "Set-Cookie" not in response.headers


@pytest.mark.django_db
def test_bytes_that_are_gone_are_not_an_empty_file() -> None:
    evidence = make_evidence(paper(), "a.pdf")
    storage.remove(evidence.stored_as)

    with pytest.raises(FileNotFoundError):
        download_response(evidence)
