"""What is said of an error, to the reader and in the log: never what a person typed."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest
from django.test import Client
from django.views.debug import ExceptionReporter

TYPED = "what-somebody-typed"


@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_it_leaves_out_what_was_sent_and_what_was_made_of_it(rf: Any, form: str) -> None:
    request = rf.post("/en/appeals/new/", {"notice_text": TYPED})
    try:
        taken = request.POST["notice_text"]
        raise RuntimeError(len(taken))
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())

    report = getattr(reporter, form)()

    assert "notice_text" in report
    assert "RuntimeError" in report
    assert TYPED not in report


def test_the_reference_of_the_page_stands_in_the_log_with_what_happened(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: Any) -> None:
        raise RuntimeError("the very error")

    monkeypatch.setattr("guides.views.guide_page.live_editions", broken)
    response = Client(raise_request_exception=False).get("/en/guides/some-token/")

    (reference,) = re.findall(r"Ref ([0-9a-f]{8})", response.content.decode())
    (entry,) = (one for one in caplog.records if one.name == "keyright.errors")
    assert response.status_code == 500
    assert reference in entry.getMessage()
    assert entry.exc_info is not None
    assert str(entry.exc_info[1]) == "the very error"
    assert "guides:guide-detail" in entry.getMessage()
    assert "some-token" not in caplog.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_is_refused_is_not_logged(
    method: str, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    client = Client(enforce_csrf_checks=True)

    response = getattr(client, method)("/en/account/password/reset/key/1-some-token/")

    assert response.status_code == {"get": 200, "post": 403}[method]
    assert client.get("/en/some-token/").status_code == 404
    assert "some-token" not in caplog.text
