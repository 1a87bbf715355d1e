"""One record in two tabs: the second is answered 409 with both texts, and may then decide."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from appeals import actions, forms
from appeals.forms.base import Versioned
from appeals.forms.cases import CaseForm, DeadlineForm, NoticeForm
from appeals.forms.deletion import KeepingForm
from appeals.forms.demands import DemandForm
from appeals.forms.evidence import ParticularsForm
from appeals.forms.outcomes import OutcomeForm
from appeals.forms.providers import (
    AccessForm,
    ContactsForm,
    DescribedForm,
    FoundForm,
    FreeForm,
    PartFields,
)
from appeals.forms.statements import AskingForm, ExplanationForm
from appeals.forms.submissions import ReplyDeadlineForm, ReplyForm, SendingForm
from appeals.models import Case
from tests import factories
from tests.appeals import rounds
from tests.appeals.views.conftest import address, rows

pytestmark = pytest.mark.django_db

FIRST, SECOND = "what the first tab says", "what the second tab says"
NOTICE = {"notice_on": "2018-09-12", "time_zone": "Asia/Shanghai"}
SENT = {"sent_on": "2018-09-20", "sent_where": "Seller Central"}
REPLY = {
    "reply_answer": "more",
    "reply_on": "2018-09-25",
    "reply_time_zone": "Asia/Shanghai",
    "reply_text": "More, please.",
}

Place = Callable[[Case], str]


def page(name: str, *parts: object, query: str = "") -> Place:
    return lambda case: address(name, case, *parts) + query


def of_file(case: Case) -> str:
    return address("evidence-detail", case, factories.make_evidence(case).code)


def of_sending(case: Case) -> str:
    rounds.confirmed(case)
    rounds.sealed(case)
    return address("submission", case, 1)


def of_reply(case: Case) -> str:
    of_sending(case)
    return address("reply", case, 1) + "?edit=1"


def of_first_reply(case: Case) -> str:
    of_sending(case)
    return address("reply", case, 1)


def of_register(case: Case) -> str:
    register = actions.cases.open_register(by=case.owner, store="Store")
    return address("notice", register)


def of_reply_deadline(case: Case) -> str:
    of_sending(case)
    rounds.replied(case.submissions.get(), reply_has_no_deadline=False)
    return address("reply", case, 1)


def used(last: str) -> dict[str, Any]:
    return rows("periods_rows", {"first": "2018-03", "last": last})


#: Each form that carries a version: where it is, what it needs, the field in which two tabs
#: differ; and what they say there, where it is no text.
FORMS: dict[type[Versioned], tuple[Place, dict[str, Any], str, tuple[Any, Any]]] = {
    CaseForm: (page("case-edit"), {"store": "Store"}, "company", (FIRST, SECOND)),
    NoticeForm: (page("notice", query="?edit=1"), NOTICE, "notice_text", (FIRST, SECOND)),
    DeadlineForm: (
        page("notice"),
        {"time_zone": "Asia/Shanghai"},
        "deadline_on",
        ("2018-10-01", "2018-10-02"),
    ),
    DemandForm: (
        page("demand-detail", 1),
        {"label": "1", "standing": "asked"},
        "name",
        (FIRST, SECOND),
    ),
    FoundForm: (page("provider-detail", "A"), {"part": "found"}, "found", (FIRST, SECOND)),
    ContactsForm: (
        page("provider-detail", "A"),
        {"part": "contacts", "name": "ERP"} | rows("contacts_rows"),
        "legal_name",
        (FIRST, SECOND),
    ),
    DescribedForm: (page("provider-detail", "A"), {"part": "described"}, "did", (FIRST, SECOND)),
    PartFields: (
        page("provider-detail", "A"),
        {"part": "periods"},
        "",
        (
            used("2018-05"),
            used("2018-06"),
        ),
    ),
    FreeForm: (
        page("provider-detail", "A"),
        {"part": "free", "is_free": "on"},
        "free_sentence",
        (FIRST, SECOND),
    ),
    AccessForm: (page("provider-detail", "A"), {"part": "access"}, "ended_how", (FIRST, SECOND)),
    ParticularsForm: (of_file, {"kind": "page"}, "shows", (FIRST, SECOND)),
    ExplanationForm: (
        page("explanation", query="?provider=A&field=telephone"),
        {"kind": "not-known"},
        "sentence",
        (FIRST, SECOND),
    ),
    AskingForm: (
        page("asking", query="?provider=A&demand=5"),
        {"asked_on": "2018-09-13"},
        "whom",
        (FIRST, SECOND),
    ),
    KeepingForm: (page("case-keeping"), {}, "delete_files_after", ("180", "")),
    OutcomeForm: (page("outcome"), {"closed_as": "upheld"}, "lesson", (FIRST, SECOND)),
    SendingForm: (of_sending, SENT, "sent_where", (FIRST, SECOND)),
    ReplyDeadlineForm: (
        of_reply_deadline,
        {"reply_time_zone": "Asia/Shanghai"},
        "reply_deadline_on",
        ("2018-10-01", "2018-10-02"),
    ),
    ReplyForm: (of_reply, REPLY, "reply_text", (FIRST, SECOND)),
}

#: What is written down once, and is another form from then on.
FIRST_TIMES: dict[str, tuple[Place, dict[str, Any], str, tuple[Any, Any]]] = {
    "a notice": (of_register, NOTICE, "notice_text", (FIRST, SECOND)),
    "a reply": (of_first_reply, REPLY, "reply_text", (FIRST, SECOND)),
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def case(owner: Any) -> Case:
    case = factories.open_case(owner, has_no_deadline=False)
    actions.providers.add(case, by=owner, name="ERP")
    return case


@pytest.mark.parametrize(
    ("place", "needed", "field", "said"),
    [
        *(pytest.param(*of, id=form.__name__) for form, of in FORMS.items()),
        *(pytest.param(*of, id=f"{what} for the first time") for what, of in FIRST_TIMES.items()),
    ],
)
def test_the_second_tab_is_shown_both_and_decides(
    as_owner: Client,
    case: Case,
    place: Place,
    needed: dict[str, Any],
    field: str,
    said: tuple[Any, Any],
) -> None:
    first, second = said
    url = place(case)
    version = version_on(as_owner.get(url).content.decode(), field)

    def send(words: Any, version: str) -> Any:
        fields = {field: words} if field else words
        return as_owner.post(url, needed | fields | {"version": version})

    taken = send(first, version)
    late = send(second, version)

    assert taken.status_code == 302
    assert late.status_code == 409
    text = late.content.decode()
    assert (first if field else "2018-03 to 2018-05") in text
    assert (second if field else "2018-06") in text
    decided = send(second, version_on(text, field))
    assert decided.status_code == 302
    assert send(first, version).status_code == 409


def version_on(text: str, field: str) -> str:
    """Of the form with that field; every part of a provider carries the same."""
    shown = [one for one in re.findall(r"<form.*?</form>", text, re.S) if f'name="{field}"' in one]
    found = re.findall(r'<input[^>]*name="version"[^>]*value="(\d+)"', "".join(shown) or text)
    assert len(set(found)) == 1, found
    return str(found[0])


def test_no_form_that_carries_a_version_is_left_out() -> None:
    for module in pkgutil.iter_modules(forms.__path__):
        importlib.import_module(f"{forms.__name__}.{module.name}")

    def below(kind: type[Versioned]) -> set[type[Versioned]]:
        return {each for one in kind.__subclasses__() for each in ({one} | below(one))}

    assert below(Versioned) == FORMS.keys()
