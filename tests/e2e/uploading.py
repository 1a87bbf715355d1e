"""A seller who adds files, for the tests of what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import override
from playwright.sync_api import Locator, Page, Route, expect

from appeals.evidence.refusals import EvidenceRefused, message
from appeals.models import Case, Evidence
from tests.appeals.evidence.files import paper

from .conftest import Visit
from .words import say

Payload = dict[str, Any]
#: Where the form is sent to, and nothing else on the page.
SENT_TO = re.compile(r"/evidence/new/")


def pdf(name: str = "receipt.pdf", width: int = 10) -> Payload:
    """Another width is another file."""
    return payload(name, paper(content=b"0 0 %d 10 re f" % width))


def payload(name: str, data: bytes) -> Payload:
    return {"name": name, "mimeType": "", "buffer": data}


def how(kind: str, language: str) -> str:
    """How to hand in what is not kept as it is."""
    with override(language):
        return message(EvidenceRefused("type", type=kind))


class Seller:
    """Somebody with the page open on which files are added."""

    def __init__(
        self, visit: Visit, case: Case, language: str = "en", width: int = 1280, **changes: Any
    ) -> None:
        self.case, self.language = case, language
        changes = {"scripts_may_fail": True} | changes
        self.page: Page = visit(language, width, person=case.owner, **changes)
        self.open()

    def open(self) -> None:
        self.page.goto(f"/{self.language}/appeals/{self.case.code}/evidence/new/")

    def choose(self, *files: Payload) -> None:
        self.page.locator("[name=files]").set_input_files(list(files))

    def row(self, name: str) -> Locator:
        return self.page.locator(".upload").filter(has_text=name)

    def press(self, words: str, name: str) -> None:
        self.row(name).get_by_role("button", name=self.say(words)).press("Enter")

    def say(self, words: str, /, **values: Any) -> str:
        return say(self.language, words, **values)

    def then_it_is(self, state: str, name: str, words: str = "", **values: Any) -> None:
        expect(self.row(name)).to_have_attribute("data-state", state)
        if words:
            expect(self.row(name)).to_contain_text(self.say(words, **values))

    def then_it_counts(self, *sentences: str) -> None:
        expect(self.page.locator("form [role=status]")).to_have_text(" ".join(sentences))

    def names(self) -> list[str]:
        kept = Evidence.objects.filter(case=self.case).order_by("original_name")
        return list(kept.values_list("original_name", flat=True))

    def route(self, handle: Callable[[Route], None], times: int | None = None) -> None:
        """What becomes of files that are sent; the page itself comes as ever."""

        def sent(route: Route) -> None:
            if route.request.method == "POST":
                handle(route)
            else:
                route.fallback()

        self.page.route(SENT_TO, sent, times=times)

    def hold_what_is_sent(self) -> list[Route]:
        held: list[Route] = []
        self.route(held.append)
        return held

    def let_through(self) -> None:
        self.page.unroute(SENT_TO)
