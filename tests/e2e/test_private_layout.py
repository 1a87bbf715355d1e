"""Every template and state of a seller's pages, laid out for everyone in both languages."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone
from playwright.sync_api import Page

from appeals import actions
from appeals.models import Case, Demand, Event, Provider
from guides.models import Guide, Progress
from tests.example_case import Example, make_example

from .checks import faults_of_layout
from .conftest import Visit
from .states import State, in_both_languages, in_each_language, open_everything, send_empty


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


TABLE = {"name": "table.xlsx", "mimeType": "text/plain", "buffer": b"month,amount"}


def send_what_cannot_be_kept(page: Page) -> None:
    page.locator("[name=files]").set_input_files([TABLE])
    page.locator(".upload[data-state=refused]").wait_for()


def without_its_script(page: Page) -> None:
    page.route(re.compile(r"/upload[.\w]*\.js$"), lambda route: route.fulfill(body=""))
    page.reload()


def send_none_without_a_script(page: Page) -> None:
    without_its_script(page)
    send_empty(page)


def send_what_cannot_be_kept_without_a_script(page: Page) -> None:
    without_its_script(page)
    page.locator("[name=files]").set_input_files([TABLE])
    page.locator("main form button.button-primary").click()
    page.locator(".taken").wait_for()


def marked(example: Example) -> None:
    """The notice says more, a line of it left something out, and one added something long."""
    by = example.owner
    text = "Dear seller,\nplease provide:\n1. Providers\n2. Their licences\nNot how you found them."
    for case in (example.case, example.fresh):
        case.refresh_from_db()
        actions.cases.record_notice(case, by=by, version=case.version, notice_text=text)
        for ordinal, fields in (
            (2, {"line": 3, "label": "1.", "wording": "Providers"}),
            (1, {"line": 5, "standing": "left-out"}),
            (7, {"standing": "asked"}),
        ):
            demand = case.demands.get(ordinal=ordinal)
            actions.demands.change(demand, by=by, version=demand.version, **fields)
        for number, scope in enumerate(("case", "provider", "provider", "provider"), start=2):
            actions.demands.add(
                case,
                by=by,
                label=f"{number}.",
                wording="Their licences, with a translation of each into English " * 3,
                scope=scope,
                line=4,
            )


def corrected(example: Example) -> None:
    event = Event.objects.of_case(example.case).earliest("pk")
    actions.corrections.correct(
        example.case, by=example.owner, event=event.pk, sentence="通知是前一天收到的，当天没看到。"
    )


def choose_nothing(page: Page) -> None:
    page.locator("[name=asks]").select_option("")
    page.locator(".notice-form button").first.click()
    page.locator(".error-summary").wait_for()


def come_too_late_to_an_item(page: Page) -> None:
    demand = Demand.objects.get(case__code=page.url.split("/")[5], ordinal=5)
    actions.demands.change(demand, by=demand.case.owner, version=1, label="V.", wording="Paid?")
    page.locator("[name=label]").fill("5)")
    page.locator("main form .button-primary").first.click()
    page.locator(".versions").first.wait_for()


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
    "notice, marked": State("appeals/{case}/notice/", marked),
    "notice, a line": State("appeals/{case}/notice/lines/4/", marked),
    "notice, a line that is marked": State("appeals/{case}/notice/lines/3/?of=2", marked),
    "notice, a line, refused": State("appeals/{case}/notice/lines/1/", then=choose_nothing),
    "overview, more items": State("appeals/{case}/", marked, open_everything),
    "new item": State("appeals/{case}/demands/new/"),
    "new item, refused": State("appeals/{fresh}/demands/new/", then=send_empty),
    "item": State("appeals/{case}/demands/5/", marked),
    "item, added": State("appeals/{case}/demands/9/", marked),
    "item, two versions": State("appeals/{case}/demands/5/", then=come_too_late_to_an_item),
    "provider, more items": State("appeals/{case}/providers/B/", marked),
    "six places": State("appeals/{case}/providers/places/"),
    "copy, from which case": State("appeals/{fresh}/providers/copy/"),
    "copy": State("appeals/{fresh}/providers/copy/?from={case}"),
    "copy, refused": State("appeals/{fresh}/providers/copy/?from={case}", then=send_empty),
    "notice of a register": State("appeals/{register}/notice/"),
    "new provider": State("appeals/{case}/providers/new/"),
    "new provider, refused": State("appeals/{case}/providers/new/", then=send_empty),
    "provider, done": State("appeals/{case}/providers/A/", then=open_everything),
    "provider, doubtful": State("appeals/{case}/providers/B/", then=open_everything),
    "provider, free": State("appeals/{case}/providers/C/", then=open_everything),
    "provider, refused": State("appeals/{case}/providers/B/", then=swap_months),
    "provider, to delete": State("appeals/{case}/providers/A/delete/"),
    "a sentence": State("appeals/{case}/explanation/?provider=B&demand=5"),
    "a sentence, written": State("appeals/{case}/explanation/?provider=C&field=telephone"),
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
    "new file, refused": State("appeals/{case}/evidence/new/", consented, send_what_cannot_be_kept),
    "new file, none chosen": State("appeals/{case}/evidence/new/", then=send_none_without_a_script),
    "new file, refused without a script": State(
        "appeals/{case}/evidence/new/", consented, send_what_cannot_be_kept_without_a_script
    ),
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
    "timeline": State("appeals/{case}/timeline/", corrected),
    "timeline, of an item": State("appeals/{case}/timeline/?demand=5&about=files"),
    "timeline, nothing": State("appeals/{fresh}/timeline/?demand=7"),
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


@in_both_languages(CASES | ACCOUNT)
def test_a_private_page_is_laid_out_for_everyone(visit: Visit, state: State, language: str) -> None:
    example = make_example()
    state.before(example)
    page = visit(language, person=example.owner, scripts_may_fail=True)

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
