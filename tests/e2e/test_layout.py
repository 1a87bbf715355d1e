"""Every template and state of the reader's pages, laid out for everyone in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Page

from guides import checks
from guides.models import Edition, Guide
from guides.publishing import digests_of, publish, save_draft
from tests import factories
from tests.guides.views.publications import changed_since

from .checks import faults_of_layout
from .conftest import Visit
from .states import State, in_both_languages, leave_it, open_everything, send_empty


def only_in_the_other_language() -> None:
    Edition.objects.filter(guide__slug="clause-2-4", language="en").update(live=None)


def checked_by_an_editor() -> None:
    editor = factories.make_user(is_staff=True)
    Guide.objects.filter(slug="clause-2-7").update(checked_by=editor)


def open_a_term(page: Page) -> None:
    page.locator(".prose a.term").first.click()
    page.locator(".definition").wait_for()


def left_behind() -> None:
    """The Chinese page is made the translation, since variants are looked at in Chinese."""
    chinese, english = Edition.objects.filter(guide__slug="clause-2-4").order_by("-language")
    Guide.objects.filter(slug="clause-2-4").update(source_language="en")
    draft = {"guide": Guide.objects.get(slug="clause-2-4"), "by": None, "note": "Why"}
    source = english.latest
    facts = chinese.latest.facts | {"source_language": "en"}
    first = save_draft(
        **draft, language="en", text=source.text(), made_from=source.number, facts=facts
    )
    translation = save_draft(
        **draft,
        language="zh-hans",
        text=chinese.latest.text(),
        made_from=chinese.latest.number,
        source_digests=digests_of(first),
    )
    publish([first, translation], by=None)
    # Every paragraph, item, note, example and thing to do of it.
    body = source.body.replace(".[@", ", too.[@").replace("- [ ] ", "- [ ] Now: ")
    changed = save_draft(
        **draft, language="en", text=source.text() | {"body": body}, made_from=first.number
    )
    publish([changed], by=None)


def due_for_review() -> None:
    long_ago = datetime.date(2020, 1, 1)
    Guide.objects.update(checked_on=long_ago, review_by=long_ago)


def answered(digits: str, then: Callable[[Page], None] = leave_it) -> Callable[[Page], None]:
    """The self-check with these answers, by their places."""

    def go_on(page: Page) -> None:
        parts = Edition.objects.filter(guide__slug="self-check").first().parts
        page.goto(f"{page.url}?a={checks.stamp(parts)}-{digits}")
        then(page)

    return go_on


READING = {
    "home": State(""),
    "home, all due": State("", due_for_review),
    "all guides": State("guides/"),
    "all guides, all due": State("guides/", due_for_review),
    "article": State("guides/mws/"),
    "clause": State("guides/clause-2-4/"),
    "clause, all open": State("guides/clause-2-4/", then=open_everything),
    "clause, due": State("guides/clause-2-4/", due_for_review, open_everything),
    "clause, checked by an editor": State("guides/clause-2-7/", checked_by_an_editor),
    "history": State("guides/clause-2-4/history/", changed_since),
    "compare": State("guides/clause-2-4/compare/1/1/"),
    "compare, changed": State("guides/clause-2-4/compare/1/2/", changed_since, open_everything),
    "changes": State("changes/", changed_since, open_everything),
    "clause, behind": State("guides/clause-2-4/", left_behind, open_everything),
    "clause, in one language": State("guides/clause-2-4/", only_in_the_other_language),
    "method, fine": State("guides/method-oauth-application/"),
    "method, never": State("guides/method-credentials-handed-over/", then=open_everything),
    "requirement": State("guides/item-paid/", then=open_everything),
    "terms": State("terms/"),
    "term": State("guides/access-token/"),
    "term, one open": State("guides/access-token/", then=open_a_term),
    "feedback": State("guides/exposed/feedback/?part=revoke&useful=no"),
    "feedback, refused": State("guides/exposed/feedback/", then=send_empty),
    "feedback, sent": State("guides/exposed/feedback/?sent=1"),
    "steps, ahead": State("guides/authorize-today/"),
    "steps, first": State("guides/exposed/?step=revoke", then=open_everything),
    "steps, last": State("guides/authorize-today/?step=done"),
    "steps, all": State("guides/authorize-today/?all=1", then=open_everything),
    "steps, historic": State("guides/authorize-mws/", then=open_everything),
    "check": State("guides/self-check/", then=open_everything),
    "check, question": State("guides/self-check/", then=answered("32", open_everything)),
    "check, no answer": State("guides/self-check/?at=1"),
    "check, old link": State("guides/self-check/?a=0000-1"),
    "outcome": State("guides/self-check/", then=answered("3220422")),
    "outcome, nothing": State("guides/self-check/", then=answered("1000114")),
    "methods, today": State("methods/"),
    "methods, until 2024": State("methods/?era=mws"),
    "not found": State("nothing-here/"),
    "search": State("search/?q=secret+key"),
    "search, filtered": State("search/?q=MWS&kind=method&standing=historic"),
    "search, nothing": State("search/?q=大象冰箱"),
}
EXAMPLE = {
    "example": State("appeals/example/", then=open_everything),
    "example, notice": State("appeals/example/notice/"),
    "example, provider": State("appeals/example/providers/A/"),
    "example, provider explained": State("appeals/example/providers/C/"),
    "example, files": State("appeals/example/evidence/"),
    "example, file": State("appeals/example/evidence/00000000-0000-0000-0000-000000000004/"),
    "example, letter": State("appeals/example/letter/?checks=1", then=open_everything),
    "example, plain letter": State("appeals/example/letter/text/"),
    "example, dossier": State("appeals/example/dossier/"),
}
ACCOUNT = {
    "sign in": State("account/login/"),
    "sign in, refused": State("account/login/", then=send_empty),
    "sign in, ran out": State("account/login/?expired=1"),
    "sign up": State("account/signup/"),
    "sign up, refused": State("account/signup/", then=send_empty),
    "password forgotten": State("account/password/reset/"),
    "password forgotten, refused": State("account/password/reset/", then=send_empty),
    "mail was sent": State("account/password/reset/done/"),
    "link too old": State("account/password/reset/key/1-abc-def/"),
    "password was set": State("account/password/reset/key/done/"),
    "confirm by mail": State("account/confirm-email/"),
    "confirmation too old": State("account/confirm-email/abc/"),
    "account closed": State("account/inactive/"),
}


@in_both_languages(READING | EXAMPLE | ACCOUNT)
def test_a_public_page_is_laid_out_for_everyone(visit: Visit, state: State, language: str) -> None:
    state.before()
    page = visit(language)

    page.goto(f"/{language}/{state.path}")
    state.then(page)

    faults = faults_of_layout(page, in_dark=language == "zh-hans")
    assert not faults, "\n".join(faults)


def test_no_sheet_locks_the_orientation() -> None:
    sheets = list((settings.BASE_DIR / "static" / "css").glob("*.css"))

    assert sheets
    assert not [sheet.name for sheet in sheets if "orientation" in sheet.read_text("utf-8")]
