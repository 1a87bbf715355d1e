"""What is worth a look in a file, decided from plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from appeals.evidence.hints import Code, Seen, hints, types_listed
from appeals.rules.months import Month

PDF, PNG, JPEG, GIF = "application/pdf", "image/png", "image/jpeg", "image/gif"
USE = (Month(2018, 3), Month(2018, 4), Month(2018, 8))
LISTED = "Accepted file types: .pdf, .png, .jpeg and .gif"


def codes(**changes: Any) -> list[str]:
    fields: dict[str, Any] = {"media_type": JPEG, "width": 4000, "height": 3000}
    return [one.code.value for one in hints(Seen(**fields | changes))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"media_type": PNG, "width": 1170, "height": 2532}, True, id="a telephone"),
        pytest.param({"media_type": JPEG, "width": 1080, "height": 2340}, True, id="sent through a chat"),
        pytest.param({"media_type": JPEG, "width": 1080, "height": 9800}, True, id="a long one"),
        pytest.param({"media_type": JPEG, "width": 1920, "height": 1080}, True, id="a desktop"),
        pytest.param({"media_type": PNG, "width": 913, "height": 547}, True, id="a piece of a screen"),
        pytest.param({"media_type": GIF, "width": 1366, "height": 768}, True, id="an old laptop"),
        pytest.param({"media_type": JPEG, "width": 4000, "height": 3000}, False, id="a photo without notes"),
        pytest.param({"media_type": JPEG, "width": 1080, "height": 1440}, False, id="a photo of a screen's width"),
        pytest.param({"media_type": JPEG, "width": 1920, "height": 1080, "has_camera": True}, False, id="a camera of that size"),
        pytest.param({"media_type": PNG, "width": 1170, "height": 2532, "has_camera": True}, False, id="a photo saved as PNG"),
        pytest.param({"media_type": PDF, "width": 1280, "height": 720}, False, id="a slide as PDF"),
    ],
)  # fmt: skip
def test_a_payment_looks_like_a_screenshot(changes: dict[str, Any], expected: bool) -> None:
    assert ("screenshot" in codes(**changes, is_for_payment=True)) is expected


def test_a_screenshot_is_usual_where_nothing_was_paid() -> None:
    assert codes(media_type=PNG, width=1170, height=2532) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"width": 640, "height": 480}, True, id="a photo made smaller"),
        pytest.param({"width": 1000, "height": 599}, True, id="just too small"),
        pytest.param({"width": 1000, "height": 600}, False, id="just large enough"),
        pytest.param({"media_type": PNG, "width": 640, "height": 480}, False, id="a piece of a screen"),
        pytest.param({"media_type": PNG, "width": 640, "height": 480, "has_camera": True}, True, id="a photo as PNG"),
        pytest.param({"media_type": PNG, "width": 900, "height": 199}, True, id="a strip of a screen"),
        pytest.param({"media_type": GIF, "width": 90, "height": 90}, True, id="a stamp"),
        pytest.param({"media_type": PDF, "width": 200, "height": 100}, False, id="points are no pixels"),
        pytest.param({"width": 0, "height": 0}, False, id="kept before sizes were"),
    ],
)  # fmt: skip
def test_a_picture_is_too_small_to_read(changes: dict[str, Any], expected: bool) -> None:
    assert ("too-small" in codes(**changes)) is expected


def test_what_is_too_small_is_not_called_a_screenshot_as_well() -> None:
    assert codes(media_type=PNG, width=150, height=150, is_for_payment=True) == ["too-small"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2018, 2, 28), True, id="before"),
        pytest.param(date(2018, 3, 1), False, id="first day"),
        pytest.param(date(2018, 6, 1), False, id="in a gap between two periods"),
        pytest.param(date(2018, 8, 31), False, id="last day"),
        pytest.param(date(2018, 9, 1), True, id="after"),
        pytest.param(None, False, id="not given"),
    ],
)
def test_a_date_lies_outside_the_months_of_use(day: date | None, expected: bool) -> None:
    assert ("outside-period" in codes(about_on=day, months_of_use=USE)) is expected


def test_no_date_is_outside_where_no_month_of_use_is_known() -> None:
    assert codes(about_on=date(2001, 1, 1)) == []


@pytest.mark.parametrize(
    ("notice", "types"),
    [
        pytest.param(LISTED, {"pdf", "png", "jpeg", "gif"}, id="with dots"),
        pytest.param("Formats: PDF, JPG, PNG.", {"pdf", "jpg", "png"}, id="in capitals"),
        pytest.param("支持的格式：.pdf、.png、.jpg", {"pdf", "png", "jpg"}, id="in Chinese"),
        pytest.param("doc, docx or pdf", {"doc", "docx", "pdf"}, id="with types kept nowhere"),
        pytest.param("pdf or png\nor, for photos, jpg or jpeg", {"pdf", "png", "jpg", "jpeg"}, id="on two lines"),
        pytest.param("Send your documents as PDF.", set(), id="one alone is no list"),
        pytest.param("Send a PDF.\nNo GIF.", set(), id="two that stand apart"),
        pytest.param("See invoice.pdf and photo.png", set(), id="names of files"),
        pytest.param("", set(), id="no notice"),
    ],
)  # fmt: skip
def test_a_notice_lists_types(notice: str, types: set[str]) -> None:
    assert types_listed(notice) == types


@pytest.mark.parametrize(
    ("media_type", "expected"), [(PDF, []), (JPEG, []), (GIF, ["type-not-listed"])]
)
def test_a_type_that_is_not_listed(media_type: str, expected: list[str]) -> None:
    assert codes(media_type=media_type, notice_text="Use pdf, jpg or png") == expected


def test_private_numbers_come_first_with_their_page() -> None:
    seen = Seen(PDF, private={"identity": 2, "card": 1}, software="photoshop")

    found = [(one.code, dict(one.values)) for one in hints(seen)]

    assert found == [
        (Code.CARD, {"page": "1"}),
        (Code.IDENTITY, {"page": "2"}),
        (Code.EDITED, {"software": "photoshop"}),
    ]


def test_a_plain_receipt_has_none() -> None:
    assert (
        codes(media_type=PDF, width=595, height=842, is_for_payment=True, notice_text=LISTED) == []
    )
