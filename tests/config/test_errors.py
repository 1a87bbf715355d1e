"""A report of an error carries nothing that a person typed."""

from __future__ import annotations

import sys
from typing import Any

import pytest
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
