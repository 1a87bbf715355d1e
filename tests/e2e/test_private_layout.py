"""Every template and state of a seller's pages, laid out for everyone in both languages."""

from __future__ import annotations

import datetime

from django.utils import timezone
from playwright.sync_api import Page

from appeals import actions
from appeals.models import Case, Provider
from guides.models import Guide, Progress
from tests.example_case import Example, make_example

from .checks import faults_of_layout
from .conftest import Visit
from .states import State, in_each_language, open_everything, send_empty, states


def nobodys(example: Example) -> None:
    Case.objects.all().delete()


def steps_under_way(example: Example) -> None:
    guide = Guide.objects.get(slug="exposed")
    Progress.objects.tick(example.owner, guide, ["revoke", "stop-app"])


def almost_due(example: Example) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Case.objects.filter(pk=example.case.pk).update(deadline_on=tomorrow)


def confirmed(example: Example) -> None:
    digest = Case.objects.get(pk=example.case.pk).assess().digest
    actions.confirmations.confirm(
        example.case, by=example.owner, digest=digest, text=str(actions.confirmations.text())
    )


def consented(example: Example) -> None:
    actions.consents.give(by=example.owner, language="en")


def swap_months(page: Page) -> None:
    form = page.locator(".work-form:has(button[value=periods])")
    form.locator("[name=periods_rows-0-first]").fill("2018-08")
    form.locator("[name=periods_rows-0-last]").fill("2018-03")
    form.get_by_role("button").last.click()
    page.locator(".error-summary").wait_for()


def clear_store(page: Page) -> None:
    page.locator("[name=store]").fill("")
    page.locator("main form .button-primary").click()
    page.locator(".error-summary").wait_for()


def come_too_late(page: Page) -> None:
    """Somebody else saves while the form is open."""
    page.locator("[name=store]").fill("My name for it")
    page.locator("[name=company]").fill("My company")
    case = Case.objects.get(store="示例店 US")
    actions.cases.change(case, by=case.owner, version=case.version, store="Theirs", company="Co")
    page.locator("main form .button-primary").click()
    page.locator(".versions").first.wait_for()


def change_a_fact_meanwhile(page: Page) -> None:
    provider = Provider.objects.get(name="ERP 甲")
    actions.providers.change(
        provider, by=provider.case.owner, version=provider.version, found="Changed"
    )
    page.locator("[name=is_confirmed]").check()
    page.locator("main form .button-primary").click()
    page.locator(".error-summary").wait_for()


def send_what_cannot_be_kept(page: Page) -> None:
    table = {"name": "table.xlsx", "mimeType": "text/plain", "buffer": b"month,amount"}
    page.locator("[name=files]").set_input_files([table])
    page.locator("main form .button-primary").click()
    page.locator(".taken").wait_for()


CASES = {
    "home, next step": State(""),
    "home, steps under way": State("", steps_under_way),
    "cases": State("appeals/"),
    "no case": State("appeals/", nobodys),
    "new case": State("appeals/new/"),
    "new case, refused": State("appeals/new/", then=send_empty),
    "new register": State("appeals/new/register/"),
    "new register, refused": State("appeals/new/register/", then=send_empty),
    "overview": State("appeals/{case}/", then=open_everything),
    "overview, almost due": State("appeals/{case}/", almost_due),
    "overview, confirmed": State("appeals/{case}/", confirmed),
    "overview, begun": State("appeals/{fresh}/"),
    "register": State("appeals/{register}/", then=open_everything),
    "particulars": State("appeals/{case}/edit/"),
    "particulars, refused": State("appeals/{fresh}/edit/", then=clear_store),
    "particulars, two versions": State("appeals/{case}/edit/", then=come_too_late),
    "notice": State("appeals/{case}/notice/"),
    "notice, no text": State("appeals/{fresh}/notice/"),
    "notice, changed": State("appeals/{case}/notice/?edit=1"),
    "notice of a register": State("appeals/{register}/notice/"),
    "new provider": State("appeals/{case}/providers/new/"),
    "new provider, refused": State("appeals/{case}/providers/new/", then=send_empty),
    "provider, done": State("appeals/{case}/providers/A/", then=open_everything),
    "provider, doubtful": State("appeals/{case}/providers/B/", then=open_everything),
    "provider, free": State("appeals/{case}/providers/C/", then=open_everything),
    "provider, refused": State("appeals/{case}/providers/B/", then=swap_months),
    "provider, to delete": State("appeals/{case}/providers/A/delete/"),
    "a sentence": State("appeals/{case}/explanation/?provider=B&demand=5"),
    "a sentence, written": State("appeals/{case}/explanation/?provider=C&field=is_free"),
    "a sentence, refused": State(
        "appeals/{case}/explanation/?provider=B&demand=5", then=send_empty
    ),
    "asked": State("appeals/{case}/asking/?provider=B&demand=2"),
    "asked, refused": State("appeals/{case}/asking/?provider=B&demand=3", then=send_empty),
    "files": State("appeals/{case}/evidence/"),
    "files, none": State("appeals/{fresh}/evidence/"),
    "new file, before consent": State("appeals/{case}/evidence/new/?provider=B&demand=5"),
    "new file, for a month": State(
        "appeals/{case}/evidence/new/?provider=B&demand=5&month=2018-02", consented
    ),
    "new file, none chosen": State("appeals/{case}/evidence/new/", then=send_empty),
    "new file, refused": State("appeals/{case}/evidence/new/", consented, send_what_cannot_be_kept),
    "file": State("appeals/{case}/evidence/{payment}/", then=open_everything),
    "file, unfiled": State("appeals/{case}/evidence/{unfiled}/?provider=B&demand=5"),
    "file, refused": State("appeals/{case}/evidence/{unfiled}/", then=send_empty),
    "file, withdrawn": State("appeals/{case}/evidence/{withdrawn}/"),
    "file, to withdraw": State("appeals/{case}/evidence/{payment}/withdraw/"),
    "file, to remove": State("appeals/{case}/evidence/{unfiled}/remove/"),
    "confirmation": State("appeals/{case}/confirmation/"),
    "confirmation, refused": State("appeals/{case}/confirmation/", then=send_empty),
    "confirmation, facts changed": State(
        "appeals/{case}/confirmation/", then=change_a_fact_meanwhile
    ),
    "timeline": State("appeals/{case}/timeline/"),
}
ACCOUNT = {
    "account": State("account/"),
    "address": State("account/email/"),
    "password": State("account/password/change/"),
    "password, refused": State("account/password/change/", then=send_empty),
    "sign out": State("account/logout/"),
    "steps, signed in": State("guides/exposed/?step=revoke", steps_under_way),
    "clause, signed in": State("guides/clause-2-4/"),
}


def address(example: Example, path: str) -> str:
    rows = ("case", "fresh", "register", "payment", "unfiled", "withdrawn")
    return path.format(**{row: getattr(example, row).code for row in rows})


@in_each_language
@states(CASES | ACCOUNT)
def test_a_private_page_is_laid_out_for_everyone(visit: Visit, state: State, language: str) -> None:
    example = make_example()
    state.before(example)
    page = visit(language, person=example.owner)

    page.goto(f"/{language}/{address(example, state.path)}")
    state.then(page)

    faults = faults_of_layout(page, in_dark=language == "zh-hans")
    assert not faults, "\n".join(faults)


@in_each_language
def test_a_case_of_others_is_not_found_by_strangers(visit: Visit, language: str) -> None:
    example = make_example()
    page = visit(language)

    page.goto(f"/{language}/{address(example, 'appeals/{case}/')}")

    faults = faults_of_layout(page, in_dark=language == "zh-hans")
    assert not faults, "\n".join(faults)
    assert example.case.store not in page.content()
