"""Names as given are kept; names that are shown cannot mislead or break a header."""

from __future__ import annotations

import pytest

from appeals.evidence.names import kept_name, shown_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("付款回单 5月.pdf", "付款回单 5月.pdf", id="Chinese and a space"),
        pytest.param("C:\\Users\\wang\\a.pdf", "a.pdf", id="a folder of Windows"),
        pytest.param("../../etc/passwd", "passwd", id="a folder of Linux"),
        pytest.param("a\0b.pdf", "ab.pdf", id="a byte no database takes"),
        pytest.param("a\ud800.pdf", "a.pdf", id="half a character"),
        pytest.param("a\nb.pdf", "a\nb.pdf", id="a line end is text"),
        pytest.param("x" * 300 + ".pdf", "x" * 251 + ".pdf", id="too long keeps its ending"),
        pytest.param("x." + "y" * 300, "x." + "y" * 253, id="too long an ending is cut"),
        pytest.param("", "", id="none"),
        pytest.param(None, "", id="not given"),
    ],
)
def test_a_name_is_kept_as_given(given: str | None, kept: str) -> None:
    assert kept_name(given) == kept


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        pytest.param("付款回单 5月.pdf", "application/pdf", "付款回单 5月.pdf", id="Chinese"),
        pytest.param("ﬁ e\u0301.pdf", "application/pdf", "ﬁ é.pdf", id="accents put together"),
        pytest.param("a\r\nSet-Cookie: x=1.pdf", "application/pdf", "a Set-Cookie_ x=1.pdf", id="header"),
        pytest.param('a".pdf', "application/pdf", "a_.pdf", id="quotation mark"),
        pytest.param("a/b\\c.png", "image/png", "a_b_c.png", id="folders"),
        pytest.param("a\u202egnp.exe", "image/png", "agnp.exe.png", id="turned reading direction"),
        pytest.param("a\u200b\ufeffb.gif", "image/gif", "ab.gif", id="invisible"),
        pytest.param("paid.PDF", "application/pdf", "paid.PDF", id="ending in capitals"),
        pytest.param("photo.jpeg", "image/jpeg", "photo.jpeg", id="the longer ending"),
        pytest.param("photo.png", "image/jpeg", "photo.png.jpg", id="ending of another type"),
        pytest.param("report.exe", "application/pdf", "report.exe.pdf", id="ending of a program"),
        pytest.param("page.html", "image/png", "page.html.png", id="ending of a page"),
        pytest.param("receipt", "application/pdf", "receipt.pdf", id="no ending"),
        pytest.param("", "image/gif", "file.gif", id="no name"),
        pytest.param(".pdf", "application/pdf", "pdf.pdf", id="only an ending"),
        pytest.param(" .. ", "image/png", "file.png", id="dots and spaces"),
        pytest.param("\u202e", "image/png", "file.png", id="nothing visible"),
        pytest.param("长" * 300 + ".pdf", "application/pdf", "长" * 146 + ".pdf", id="too long"),
        pytest.param("a  \t b.pdf", "application/pdf", "a b.pdf", id="spaces in a row"),
    ],
)  # fmt: skip
def test_a_shown_name_is_harmless(name: str, media_type: str, shown: str) -> None:
    assert shown_name(name, media_type) == shown
