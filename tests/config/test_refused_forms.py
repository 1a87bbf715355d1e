"""What happens to a text whose form could not be taken: it is shown, to be copied."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

TYPED = "在卖家群里看到推荐，<b>试用</b>后开通。"
HERE = {"Origin": "http://testserver"}


def shown(answer: Any) -> bool:
    return html.escape(TYPED) in answer.content.decode()


def test_a_token_of_before_the_sign_in_costs_no_text(owner: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    answer = client.post("/en/appeals/new/", {"notice_text": TYPED}, headers=HERE)

    assert answer.status_code == 403
    assert shown(answer)


def test_another_site_puts_no_words_on_our_page(owner: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)

    answer = client.post(
        "/en/appeals/new/", {"notice_text": TYPED}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert not shown(answer)


def test_a_session_that_ran_out_costs_no_text(anonymous: Client) -> None:
    answer = anonymous.post("/en/appeals/new/", {"notice_text": TYPED}, headers=HERE)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert shown(answer)
    assert 'href="/en/account/login/?next=/en/appeals/new/&amp;expired=1"' in page


def test_nor_on_a_page_of_a_case(anonymous: Client, owner: Any) -> None:
    case = factories.make_case(owner)

    answer = anonymous.post(f"/en/appeals/{case.code}/edit/", {"company": TYPED}, headers=HERE)

    assert answer.status_code == 404
    assert shown(answer)


def test_nor_where_the_provider_was_deleted_meanwhile(as_owner: Client, owner: Any) -> None:
    case = factories.make_case(owner)

    sent = {"part": "found", "found": TYPED, "found-made_from": "32d56ef8924d76ea"}
    answer = as_owner.post(f"/en/appeals/{case.code}/providers/B/", sent, headers=HERE)

    assert answer.status_code == 404
    assert shown(answer)
    assert "32d56ef8924d76ea" not in answer.content.decode(), "nobody typed that"


def test_passwords_are_shown_nowhere(anonymous: Client) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/en/account/login/", {"password": "a-long-password"}, headers=HERE)

    assert answer.status_code == 403
    assert "a-long-password" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param("x=" + "y" * 3_000_000, "application/x-www-form-urlencoded", id="too long"),
        pytest.param(
            "&".join(f"f{n}=1" for n in range(7_001)),
            "application/x-www-form-urlencoded",
            id="too many fields",
        ),
        pytest.param(
            "x=%00", "application/x-www-form-urlencoded; charset=utf-16", id="not readable"
        ),
        pytest.param("x", "multipart/form-data", id="no boundary"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(
    anonymous: Client, body: str, media_type: str
) -> None:
    # With the token a browser sends: only then is the form looked at.
    client = Client(enforce_csrf_checks=True)
    client.get("/zh-hans/account/login/")

    answer = client.post("/zh-hans/account/login/", body, content_type=media_type, headers=HERE)

    assert answer.status_code == 400
    assert '<html lang="zh-Hans">' in answer.content.decode()


def test_an_unknown_host_is_answered_too(anonymous: Client) -> None:
    answer = anonymous.get("/en/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
