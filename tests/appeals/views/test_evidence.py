"""Files: kept at once, filed under what they prove, handed out, withdrawn, removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals import actions
from appeals.models import Case, Consent, Event, Evidence, Provider
from appeals.rules.facts import ProofFacts
from tests import factories
from tests.appeals.evidence.files import picture, with_segment, written

from .conftest import address, upload

pytestmark = pytest.mark.django_db

SECRET = "amzn.mws.4ea38b7b-f563-7709-4bae-87aea0000000"
CONSENT = "I agree: every file I upload is kept"
FOR_APRIL = "?provider=A&demand=5&month=2018-04"


@pytest.fixture
def new(case: Case, provider: Provider) -> str:
    return address("evidence-create", case)


@pytest.fixture
def kept(case: Case, provider: Provider, owner: Any, consent: None) -> Evidence:
    return actions.evidence.add(case, by=owner, upload=upload())


def say(client: Client, evidence: Evidence, query: str = "", **fields: Any) -> Any:
    evidence.refresh_from_db()
    sent = {"version": evidence.version, "kind": "payment"} | fields
    return client.post(address("evidence-detail", evidence.case, evidence.code) + query, sent)


def proofs(evidence: Evidence) -> set[tuple[int, str | None, str]]:
    return {
        (
            one.demand.ordinal,
            one.provider.letter if one.provider else None,
            f"{one.month:%Y-%m}" if one.month else "",
        )
        for one in evidence.proofs.select_related("demand", "provider")
    }


def test_the_first_upload_asks_for_consent_and_keeps_nothing_without(
    as_owner: Client, owner: Any, case: Case, new: str
) -> None:
    asked = as_owner.get(new).content.decode()
    refused = as_owner.post(new, {"files": upload()})

    assert CONSENT in asked
    assert refused.status_code == 422
    assert not case.evidence.exists()

    as_owner.post(new, {"files": upload(), "consent": "on"})

    assert case.evidence.count() == 1
    assert Consent.objects.get().user == owner
    assert CONSENT not in as_owner.get(new).content.decode()


def test_a_file_is_kept_at_once_and_then_asked_about(
    as_owner: Client, case: Case, new: str, consent: None
) -> None:
    answer = as_owner.post(new + FOR_APRIL, {"files": upload()})

    evidence = case.evidence.get()
    assert evidence.kind == ""
    assert answer.url == address("evidence-detail", case, evidence.code) + FOR_APRIL
    ticked = as_owner.get(answer.url).content.decode()
    assert 'value="5/A/2018-04" checked' in ticked
    assert ticked.count(" checked") == 1


def test_each_of_several_files_is_taken_for_itself(
    as_owner: Client, case: Case, new: str, consent: None
) -> None:
    text = SimpleUploadedFile("notes.txt", b"only words")
    named = upload(f"{SECRET}.png", size=41)

    answer = as_owner.post(new, {"files": [upload(), text, named]})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert case.evidence.count() == 1
    assert "Kept, exactly as it is." in page
    assert "Text files cannot be stored." in page
    assert "The name of this file seems to contain" in page
    assert '<a href="/en/guides/exposed/?step=revoke">revoke it first</a>' in page
    assert SECRET not in page


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param(written("May", f"The token was {SECRET}."), "Page 2 of this file", id="page"),
        pytest.param(
            with_segment(0xFE, SECRET.encode(), picture("JPEG")), "The notes inside", id="metadata"
        ),
    ],
)
def test_a_secret_inside_a_file_refuses_it_before_anything_is_kept(
    as_owner: Client, case: Case, new: str, consent: None, settings: Any, data: bytes, place: str
) -> None:
    answer = as_owner.post(new, {"files": SimpleUploadedFile("a.pdf", data)})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{place}" in page
    assert "an MWS authorization token" in page
    assert '<a href="/en/guides/exposed/?step=revoke">revoke it first</a>' in page
    assert SECRET not in page
    assert not case.evidence.exists()
    assert not Event.objects.filter(kind=Event.Kind.EVIDENCE_ADDED).exists()
    assert [path for path in settings.EVIDENCE_ROOT.rglob("*") if path.is_file()] == []


def test_the_same_file_again_leads_to_the_one_that_is_here(
    as_owner: Client, new: str, kept: Evidence
) -> None:
    answer = as_owner.post(new + FOR_APRIL, {"files": upload()})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no need to upload it again" in page
    assert str(kept.code) in page


def test_no_file_is_said_next_to_the_field(as_owner: Client, new: str, consent: None) -> None:
    answer = as_owner.post(new, {})

    assert answer.status_code == 422
    assert "No file was chosen." in answer.content.decode()


def test_one_file_proves_several_things(as_owner: Client, kept: Evidence, case: Case) -> None:
    actions.providers.add(case, by=case.owner, name="工具乙")
    sent = {
        "proofs": ["3/A", "5/A/2018-03", "5/B/2018-04"],
        "other_5_A": "2017-12，2018/9",
        "payees": "ERP 甲\n工具乙",
        "shows": "A statement",
    }

    answer = say(as_owner, kept, **sent)

    kept.refresh_from_db()
    assert answer.status_code == 302
    assert kept.exhibit == "A-3-1"
    assert kept.payees == ["ERP 甲", "工具乙"]
    assert proofs(kept) == {
        (3, "A", ""),
        (5, "A", "2018-03"),
        (5, "A", "2017-12"),
        (5, "A", "2018-09"),
        (5, "B", "2018-04"),
    }


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"private_note": SECRET}, "it was not saved; your text is still on the"),
        ({"kind": ""}, "Nothing is chosen yet. Choose one."),
        ({"about_on": "yesterday"}, "Write the date like 2018-05-03."),
        ({"other_5_A": "May"}, "Write each month like 2018-05"),
        ({"proofs": ["nonsense"]}, "One of these can no longer be chosen."),
    ],
)
def test_a_refused_field_costs_neither_the_file_nor_the_text(
    as_owner: Client, kept: Evidence, sent: dict[str, Any], message: str
) -> None:
    answer = say(as_owner, kept, **({"shows": "May, as typed"} | sent))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "May, as typed" in page
    kept.refresh_from_db()
    assert kept.shows == ""


def test_the_next_file_that_waits_comes_after_saving(
    as_owner: Client, owner: Any, case: Case, kept: Evidence
) -> None:
    second = actions.evidence.add(case, by=owner, upload=upload(size=50))

    answer = say(as_owner, kept, FOR_APRIL, proofs=["5/A/2018-04"])

    assert answer.url == address("evidence-detail", case, second.code) + FOR_APRIL
    answer = say(as_owner, second, FOR_APRIL, proofs=["5/A/2018-05"])
    assert answer.url == address("provider-detail", case, "A") + "#demand-5"


def test_a_correction_leads_to_no_other_file(
    as_owner: Client, owner: Any, case: Case, kept: Evidence
) -> None:
    say(as_owner, kept, FOR_APRIL, proofs=["5/A/2018-04"])
    actions.evidence.add(case, by=owner, upload=upload(size=50))
    kept.refresh_from_db()

    answer = say(as_owner, kept, about_on="2018-04-03", proofs=["5/A/2018-04"])

    assert answer.url == address("evidence-list", case)


def test_what_is_worth_a_look_stands_on_its_page(
    as_owner: Client, owner: Any, case: Case, new: str, consent: None
) -> None:
    paper = written("Card 4111 1111 1111 1111", info=b"/Creator(Canva)")
    answer = as_owner.post(new + FOR_APRIL, {"files": SimpleUploadedFile("a.pdf", paper)})

    page = as_owner.get(answer.url).content.decode()

    assert "A card number in full" in page
    assert "Its notes name Canva." in page
    assert "4111" not in page
    assert case.evidence.get().observed["private"] == {"card": 1}


def test_a_screenshot_is_said_to_be_weak_for_a_payment_alone(
    as_owner: Client, case: Case, owner: Any, provider: Provider, consent: None
) -> None:
    screen = SimpleUploadedFile("screen.png", picture("PNG", (1170, 2532), "L"))
    evidence = actions.evidence.add(case, by=owner, upload=screen)
    url = evidence.get_absolute_url()

    assert "This looks like a screenshot" in as_owner.get(url + FOR_APRIL).content.decode()
    assert (
        "This looks like a screenshot"
        not in as_owner.get(url + "?provider=A&demand=3").content.decode()
    )


def test_a_date_outside_the_months_of_use_is_worth_a_look_once(
    as_owner: Client, kept: Evidence
) -> None:
    say(as_owner, kept, proofs=["5/A/2018-04"], about_on="2018-09-03")
    page = as_owner.get(kept.get_absolute_url()).content.decode()
    assert "the months of use are" in page

    say(as_owner, kept, proofs=["5/A/2018-04"], about_on="2018-12-03")
    page = as_owner.get(kept.get_absolute_url()).content.decode()
    assert "the months of use are" not in page
    assert "after the notice of" in page

    say(as_owner, kept, proofs=["5/A/2017-12"], about_on="2017-12-03")
    page = as_owner.get(kept.get_absolute_url()).content.decode()
    assert "the months of use are" not in page
    assert "outside the period of use" in page


def test_a_type_that_the_notice_does_not_list_is_worth_a_look(
    as_owner: Client, case: Case, kept: Evidence
) -> None:
    Case.objects.filter(pk=case.pk).update(notice_text="File types: .pdf, .jpg")

    page = as_owner.get(kept.get_absolute_url()).content.decode()

    assert "A type that the notice does not list" in page
    assert "and this file is PNG" in page


def test_hints_stand_beside_the_other_files_that_were_sent(
    as_owner: Client, new: str, consent: None
) -> None:
    text = SimpleUploadedFile("notes.txt", b"only words")

    page = as_owner.post(new + FOR_APRIL, {"files": [upload(), text]}).content.decode()

    assert "Perhaps too small to read" in page


def test_it_says_how_much_room_is_left_and_when_there_is_none(
    as_owner: Client, case: Case, owner: Any, new: str, consent: None, settings: Any
) -> None:
    settings.EVIDENCE_CASE_LIMIT = 3 * 2**20
    settings.EVIDENCE_ACCOUNT_LIMIT = 2 * 2**20
    other = factories.open_case(owner)
    factories.make_evidence(other, size=2**20)
    factories.make_evidence(case, size=2**19)

    page = as_owner.get(new).content.decode().replace("\xa0", " ")
    assert "This case holds 512.0 KB of 3.0 MB, your account 1.5 MB of 2.0 MB" in page
    assert "there is room for 512.0 KB more" in page

    settings.EVIDENCE_ACCOUNT_LIMIT = 3 * 2**19
    page = as_owner.post(new, {"files": upload()}).content.decode().replace("\xa0", " ")
    assert "Your account holds 1.5 MB of 1.5 MB; this file needs" in page
    assert "there is room for 0 bytes more" in page


def test_its_findings_stand_on_its_page(as_owner: Client, kept: Evidence) -> None:
    say(as_owner, kept, proofs=["5/A/2018-03"], payer="Somebody else")

    page = as_owner.get(kept.get_absolute_url()).content.decode()

    assert "The payer is not the store&#x27;s company." in page


def test_a_stale_form_shows_both(as_owner: Client, kept: Evidence) -> None:
    say(as_owner, kept, shows="Theirs", proofs=["3/A"])

    answer = say(as_owner, kept, version=1, shows="Mine", proofs=["5/A/2018-03"])

    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()
    assert 'value="5/A/2018-03" checked' in answer.content.decode()
    assert "ERP 甲, 3 Description and copies" in answer.content.decode()


def test_a_tick_for_a_provider_that_is_gone_saves_nothing(as_owner: Client, kept: Evidence) -> None:
    answer = say(as_owner, kept, proofs=["3/Z"])

    assert answer.status_code == 422
    assert "A provider or an item was taken away meanwhile." in answer.content.decode()
    assert not kept.proofs.exists()


def test_the_original_comes_back_byte_for_byte(
    as_owner: Client, case: Case, kept: Evidence
) -> None:
    answer = as_owner.get(address("evidence-download", case, kept.code))

    assert b"".join(answer) == upload().read()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Event.objects.filter(kind=Event.Kind.DOWNLOADED).count() == 1


def test_a_download_waits_for_a_place_at_the_gate(
    as_owner: Client, case: Case, kept: Evidence
) -> None:
    class Full:
        def take(self) -> bool:
            return False

    url = address("evidence-download", case, kept.code)
    answer = as_owner.get(url, **{"keyright.gate": Full()})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert not Event.objects.filter(kind=Event.Kind.DOWNLOADED).exists()


def test_what_has_a_number_is_withdrawn_and_stays_listed(
    as_owner: Client, case: Case, kept: Evidence
) -> None:
    say(as_owner, kept, proofs=["3/A"])
    remove, withdraw = (
        address(f"evidence-{way}", case, kept.code) for way in ("remove", "withdraw")
    )

    assert as_owner.post(remove).url == withdraw
    assert "It no longer counts for:" in as_owner.get(withdraw).content.decode()
    as_owner.post(withdraw)

    kept.refresh_from_db()
    assert kept.is_withdrawn
    assert "A-3-1" in as_owner.get(address("evidence-list", case)).content.decode()
    page = as_owner.get(kept.get_absolute_url()).content.decode()
    assert "It proves nothing and keeps its number." in page


def test_what_was_never_filed_is_removed_for_good(
    as_owner: Client, case: Case, kept: Evidence
) -> None:
    url = address("evidence-remove", case, kept.code)

    assert "This cannot be undone." in as_owner.get(url).content.decode()
    as_owner.post(url)

    assert not case.evidence.exists()
    assert as_owner.get(kept.get_absolute_url()).status_code == 404


def test_the_list_tells_what_each_file_proves(
    as_owner: Client, owner: Any, case: Case, kept: Evidence
) -> None:
    actions.evidence.file(
        kept,
        by=owner,
        version=1,
        kind="invoice",
        proofs={ProofFacts(3, "A")},
    )

    page = as_owner.get(address("evidence-list", case)).content.decode()

    assert "ERP 甲, 3 Description and copies" in page


@pytest.mark.parametrize(
    "query",
    ["?provider=Z&demand=5", "?demand=5", "?provider=A&demand=6", "?demand=x", "?month=2018-04"],
)
def test_an_address_that_names_nothing_asks_for_files_all_the_same(
    as_owner: Client, new: str, query: str
) -> None:
    answer = as_owner.get(new + query)

    assert answer.status_code == 200
    assert answer.context["target"] is None
