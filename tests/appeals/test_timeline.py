"""The timeline in words: every kind of event, in order, with links to what is still there."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from appeals import actions
from appeals.actions.explanations import About
from appeals.actions.periods import Span
from appeals.actions.refusals import Gone
from appeals.models import Case, Correction, Event, Evidence
from appeals.rules.facts import ProofFacts
from appeals.rules.months import Month
from appeals.timeline import OF_DEMANDS, SENTENCES, lines, span_text
from guides.models.lasting import Unchangeable
from tests import factories
from tests.appeals import rounds

MARCH, APRIL = Month(2018, 3), Month(2018, 4)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def case(owner):
    return factories.open_case(owner)


@pytest.fixture
def erp(case, owner):
    return actions.providers.add(case, by=owner, name="ERP A")


def told(case, reader=None):
    fresh = Case.objects.get(pk=case.pk)
    return lines(fresh, reader=reader or case.owner)


def latest(case):
    return told(case)[0]


def test_every_kind_of_event_has_a_sentence():
    assert set(SENTENCES) == set(Event.Kind)


def test_it_tells_what_happened_newest_first(case, erp):
    assert [line.sentence for line in told(case)] == [
        "added provider A, ERP A",
        "opened the case; the notice came on 2018-09-12",
    ]


def test_it_says_who(case, stranger):
    assert (latest(case).who, latest(case).is_mine) == ("You", True)
    assert told(case, stranger)[0].who == "Someone else"


def test_a_register(owner):
    factories.make_checklist()

    case = actions.cases.open_register(by=owner, store="UK")

    assert latest(case).sentence == "opened the register"


def test_particulars(case, owner):
    actions.cases.change(case, by=owner, version=1, company="New", seller_id="A1")

    assert latest(case).sentence == "changed the case: company, seller ID"


def test_the_notice(owner):
    case = factories.make_case(owner)
    actions.cases.record_notice(case, by=owner, version=1, notice_on=datetime.date(2018, 9, 12))
    assert latest(case).sentence == "copied in the notice of 2018-09-12"
    assert latest(case).url == f"/en/appeals/{case.code}/notice/"

    actions.cases.record_notice(case, by=owner, version=2, notice_text="Your account …")
    assert latest(case).sentence == "changed the notice: text of the notice"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"deadline_on": datetime.date(2018, 9, 28), "deadline_time": datetime.time(22, 59)},
            "set the deadline: 2018-09-28 22:59 Beijing time",
        ),
        ({}, "cleared the deadline"),
    ],
)
def test_the_deadline(case, owner, fields, sentence):
    actions.cases.set_deadline(case, by=owner, version=1, **fields)

    assert latest(case).sentence == sentence


def test_that_there_is_none(case, owner):
    actions.cases.set_deadline(case, by=owner, version=1)
    actions.cases.set_deadline(case, by=owner, version=2, has_no_deadline=True)

    assert latest(case).sentence == "marked that the notice gives no deadline"


def test_a_provider(case, owner, erp):
    actions.providers.change(erp, by=owner, version=1, found="a group", is_free=True)

    assert latest(case).sentence == "ERP A: changed how you learned of it, free of charge"
    assert latest(case).url == f"/en/appeals/{case.code}/providers/A/"
    assert latest(case).link == "See the provider"


def test_a_provider_that_is_gone_has_no_link(case, owner, erp):
    actions.providers.delete(erp, by=owner)

    assert [line.sentence for line in told(case)[:2]] == [
        "deleted provider A, ERP A",
        "added provider A, ERP A",
    ]
    assert [line.url for line in told(case)[:2]] == ["", ""]


def test_what_was_withdrawn_with_it(case, owner, erp):
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(3, "A")])

    actions.providers.delete(erp, by=owner)

    assert latest(case).sentence == "deleted provider A, ERP A; withdrawn with it: A-3-1"


def test_months_of_use(case, owner, erp):
    spring = Span(MARCH.first_day(), APRIL.first_day())
    actions.periods.add(erp, by=owner, span=Span(MARCH.first_day()))
    assert latest(case).sentence == "ERP A: added months of use 2018-03 onwards"

    erp.refresh_from_db()
    actions.periods.replace(erp, by=owner, version=erp.version, spans=[spring])
    assert latest(case).sentence == (
        "ERP A: months of use now 2018-03 to 2018-04 instead of 2018-03 onwards"
    )

    erp.refresh_from_db()
    actions.periods.replace(erp, by=owner, version=erp.version, spans=[])
    assert latest(case).sentence == "ERP A: took away months of use 2018-03 to 2018-04"


def test_a_file_filed_withdrawn_and_downloaded(case, owner, erp):
    evidence = factories.make_evidence(case)
    proofs = [ProofFacts(3, "A"), ProofFacts(5, "A", MARCH), ProofFacts(5, "A", APRIL)]
    actions.evidence.file(evidence, by=owner, version=1, kind="payment", proofs=proofs)
    actions.evidence.record_download(Evidence.objects.get(), by=owner)
    actions.evidence.withdraw(evidence, by=owner)

    assert [line.sentence for line in told(case)[:3]] == [
        "withdrew A-3-1",
        "downloaded A-3-1",
        "filed A-3-1 under item 3 of ERP A; item 5 of ERP A, for 2018-03, 2018-04",
    ]
    assert latest(case).url == f"/en/appeals/{case.code}/evidence/{evidence.code}/"
    assert latest(case).link == "See the file"


def test_a_file_that_is_filed_under_nothing_is_named_by_what_it_is(case, owner):
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, kind="chat", proofs=[])

    assert latest(case).sentence == "filed a file (Chat) under nothing for now"


def test_a_file_for_a_demand_of_the_case(case, owner):
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(6)])

    assert latest(case).sentence == "filed 0-6-1 under item 6"


def test_a_file_removed(case, owner):
    evidence = factories.make_evidence(case)
    actions.evidence.remove(evidence, by=owner)

    assert latest(case).sentence == "removed a file that was not filed yet (PDF)"
    assert latest(case).url == ""


@pytest.mark.parametrize(
    ("about", "subject"),
    [
        (About("A", field="found"), "ERP A (how you learned of it)"),
        (About("A", field="first_month"), "ERP A (first month of use)"),
        (About(field="deadline"), "deadline"),
        (About("A", demand=5), "item 5 of ERP A"),
    ],
)
def test_explanations(case, owner, erp, about, subject):
    actions.explanations.write(case, by=owner, about=about, kind="not-known", sentence="Lost.")
    assert latest(case).sentence == f"explained {subject}"

    actions.explanations.remove(case, by=owner, about=about)
    assert latest(case).sentence == f"took back the explanation of {subject}"


def test_an_explained_finding(case, owner, erp):
    actions.periods.add(erp, by=owner, span=Span(MARCH.first_day()))
    evidence = factories.make_evidence(case)
    actions.evidence.file(
        evidence,
        by=owner,
        version=1,
        kind="payment",
        payer="Wang",
        proofs=[ProofFacts(5, "A", MARCH)],
    )
    (found,) = Case.objects.get(pk=case.pk).assess().findings

    about = About(finding=found.key)
    actions.explanations.write(case, by=owner, about=about, kind="reason", sentence="The boss.")

    assert latest(case).sentence == "explained ERP A (A-5-1: say who paid)"


def test_askings(case, owner, erp):
    day = datetime.date(2018, 9, 20)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="support", on=day)
    actions.askings.take_back(case, by=owner, demand=2, provider="A")

    assert [line.sentence for line in told(case)[:2]] == [
        "took back that item 2 of ERP A was asked for",
        "noted that item 2 of ERP A was asked for on 2018-09-20",
    ]


def test_the_confirmation(case, owner):
    actions.confirmations.confirm(case, by=owner, digest=case.assess().digest, text="True.")

    assert latest(case).sentence == "confirmed the facts"


def test_it_never_quotes_what_somebody_wrote(case, owner, erp):
    secretive = "a sentence that nobody shall find here"
    actions.providers.change(erp, by=owner, version=1, found=secretive, ended_how=secretive)
    actions.explanations.write(
        case, by=owner, about=About("A", field="did"), kind="reason", sentence=secretive
    )
    day = datetime.date(2018, 9, 20)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom=secretive, on=day)
    evidence = factories.make_evidence(case, original_name=secretive)
    actions.evidence.file(
        evidence, by=owner, version=1, shows=secretive, payer=secretive, proofs=[]
    )

    details = Event.objects.filter(case_code=case.code).values_list("details", flat=True)

    assert secretive not in str(list(details))


def test_it_takes_two_queries_beside_the_case(case, owner, erp, django_assert_num_queries):
    """The events, and their corrections."""
    loaded = Case.objects.with_facts().get(pk=case.pk)

    with django_assert_num_queries(2):
        lines(loaded, reader=owner)


def changed(case, ordinal, **fields):
    demand = case.demands.get(ordinal=ordinal)
    actions.demands.change(demand, by=case.owner, version=demand.version, **fields)
    return latest(case)


def test_what_is_asked_follows_the_notice(case, owner):
    actions.cases.record_notice(case, by=owner, version=1, notice_text="One line")
    line = changed(case, 5, standing="left-out", line=1)
    assert line.sentence == "marked item 5, Proof of payment as not asked this time"
    assert line.url == f"/en/appeals/{case.code}/notice/#demand-5"
    assert changed(case, 5, standing="asked").sentence == "took item 5, Proof of payment back in"
    assert changed(case, 7, standing="asked").sentence == (
        "made item 7, Proof that access ended count: the notice asks for it"
    )
    assert changed(case, 7, standing="advised").sentence == (
        "made item 7, Proof that access ended our advice again, not counted"
    )
    assert changed(case, 5, label="4.", months=3).sentence == (
        "changed item 4, Proof of payment: number in the notice, months of proof"
    )


def test_what_the_notice_adds(case, owner):
    demand = actions.demands.add(case, by=owner, label="(8)", wording="Who?", scope="case")
    assert latest(case).sentence == "added item 8 in the words of the notice"
    actions.demands.place(demand, by=owner, before=1)
    assert latest(case).sentence == "moved item 8 to another place"
    actions.demands.remove(demand, by=owner)
    assert latest(case).sentence == "took item 8 away"
    assert latest(case).url == f"/en/appeals/{case.code}/notice/"


def test_every_way_to_change_a_demand_has_a_sentence_in_both_languages(case):
    for change in OF_DEMANDS:
        details = {"change": change, "demand": 5, "label": "5", "rule": "paid"}
        for language in ("en", "zh-hans"):
            with translation.override(language):
                assert "%" not in SENTENCES[Event.Kind.DEMAND_CHANGED](details)


def test_a_demand_of_an_earlier_version_is_named_by_its_number(case):
    assert SENTENCES[Event.Kind.DEMAND_CHANGED]({"label": "5"}) == "changed item 5"


def test_where_one_has_looked(case, owner):
    actions.places.look(case, by=owner, done=["mailbox", "chats"])
    assert latest(case).sentence == (
        "looked for forgotten providers here: The mailbox, Chat groups and contacts"
    )
    actions.places.look(case, by=owner, undone=["chats"])
    assert latest(case).sentence == (
        "took back that this was looked through: Chat groups and contacts"
    )


def test_a_correction_stands_under_what_it_corrects(case, owner, erp):
    (_added, opened) = told(case)
    before = list(Event.objects.values())

    for _twice in range(2):
        actions.corrections.correct(case, by=owner, event=opened.key, sentence="On the 11th.")

    assert [one.sentence for one in told(case)[1].corrections] == ["On the 11th."]
    assert told(case)[0].corrections == ()
    assert list(Event.objects.values()) == before
    with pytest.raises(Unchangeable):
        Correction.objects.get().delete()


def test_a_line_of_another_case_is_not_corrected(case, owner, stranger):
    theirs = factories.open_case(stranger)
    event = Event.objects.of_case(theirs).get()

    with pytest.raises(Gone):
        actions.corrections.correct(case, by=owner, event=event.pk, sentence="Mine.")


def test_corrections_go_with_their_case(owner):
    case = factories.make_case(owner)
    factories.open_case(owner)
    actions.cases.change(case, by=owner, version=1, company="New")
    event = Event.objects.of_case(case).get()
    actions.corrections.correct(case, by=owner, event=event.pk, sentence="Newer.")

    case.delete()

    assert not Correction.objects.exists()


def about(case, ordinal):
    demand = case.demands.get(ordinal=ordinal)
    events = Event.objects.of_case(case).about(demand)
    return [one.sentence for one in lines(case, reader=case.owner, events=events)]


def test_lines_about_one_item(case, owner, erp):
    actions.providers.change(erp, by=owner, version=1, found="a group")
    actions.providers.change(erp, by=owner, version=2, web_site="erp.example", did="labels")
    actions.periods.add(erp, by=owner, span=Span(MARCH.first_day()))
    evidence = factories.make_evidence(case)
    actions.evidence.file(evidence, by=owner, version=1, proofs=[ProofFacts(5, "A", MARCH)])
    day = datetime.date(2018, 9, 20)
    actions.askings.ask(case, by=owner, demand=2, provider="A", whom="them", on=day)
    actions.explanations.write(
        case, by=owner, about=About("A", field="received"), kind="not-known", sentence="Lost."
    )
    actions.confirmations.confirm(case, by=owner, digest=case.assess().digest, text="True.")

    assert about(case, 1) == ["ERP A: changed how you learned of it"]
    assert about(case, 2) == [
        "noted that item 2 of ERP A was asked for on 2018-09-20",
        "ERP A: changed web site, what it did",
    ]
    assert [one.split(" ")[0] for one in about(case, 3)] == ["explained", "ERP"]
    assert about(case, 4) == ["ERP A: added months of use 2018-03 onwards"]
    assert about(case, 5) == ["filed A-5-1 under item 5 of ERP A, for 2018-03"]
    assert about(case, 6) == ["confirmed the facts"]
    assert about(case, 7) == []


def test_a_file_is_filed_under_the_item_of_its_round(case, owner):
    rounds.confirmed(case)
    rounds.replied(rounds.sealed(case))
    new = {"label": "1.", "wording": "Who?", "scope": "case"}
    actions.demands.add(case, by=owner, round=2, line=2, **new)
    evidence = factories.make_evidence(case)
    proofs = [ProofFacts(8, None, None)]
    actions.evidence.file(evidence, by=owner, version=1, proofs=proofs)

    assert latest(case).sentence == "filed 0-8-1 under item 1 (round 2)"


def test_item_1_is_not_item_11(case, owner):
    details = {"change": "moved", "demand": 11, "label": "11", "rule": "answered"}
    Event.objects.create(case_code=case.code, kind="demand-changed", details=details)

    assert about(case, 1) == []


def test_one_month_of_use_is_no_range():
    assert span_text("2018-02/2018-02") == "2018-02"
