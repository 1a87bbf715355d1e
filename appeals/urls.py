"""Addresses of cases, below /<language>/appeals/. All are private but the example's."""

import uuid

from django.urls import include, path, register_converter

from .models.case import EXAMPLE
from .views import (
    askings,
    cases,
    confirmations,
    deletion,
    demands,
    dossiers,
    evidence,
    example,
    explanations,
    letters,
    lines,
    notices,
    outcomes,
    places,
    providers,
    replies,
    submissions,
    timeline,
)


class Letter:
    """A provider's letter: A…Z, AA, AB…"""

    regex = "[A-Z]{1,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ExampleCode:
    """The code of the example, which no other address has."""

    regex = "example"

    def to_python(self, value: str) -> uuid.UUID:
        return EXAMPLE

    def to_url(self, value: uuid.UUID) -> str:
        if value != EXAMPLE:
            raise ValueError
        return "example"


register_converter(Letter, "letter")
register_converter(ExampleCode, "example")

app_name = "appeals"

# …/<code>/demands/
demand_urls = [
    path("new/", demands.demand_create, name="demand-create"),
    path("<int:ordinal>/", demands.demand_detail, name="demand-detail"),
    path("<int:ordinal>/ask/", demands.demand_ask, name="demand-ask"),
    path("<int:ordinal>/place/", demands.demand_place, name="demand-place"),
]

# …/<code>/providers/
provider_urls = [
    path("new/", providers.provider_create, name="provider-create"),
    path("places/", places.provider_places, name="provider-places"),
    path("copy/", places.provider_copy, name="provider-copy"),
    path("<letter:letter>/", providers.provider_detail, name="provider-detail"),
    path("<letter:letter>/delete/", providers.provider_delete, name="provider-delete"),
]

# …/<code>/evidence/
evidence_urls = [
    path("", evidence.evidence_list, name="evidence-list"),
    path("new/", evidence.evidence_create, name="evidence-create"),
    path("<uuid:evidence>/", evidence.evidence_detail, name="evidence-detail"),
    path("<uuid:evidence>/original/", evidence.evidence_download, name="evidence-download"),
    path("<uuid:evidence>/picture/", evidence.evidence_picture, name="evidence-picture"),
    path("<uuid:evidence>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("<uuid:evidence>/delete/", deletion.evidence_delete, name="evidence-delete"),
    path("<uuid:evidence>/remove/", evidence.evidence_remove, name="evidence-remove"),
]

# …/<code>/letter/
letter_urls = [
    path("", letters.letter, name="letter"),
    path("text/", letters.letter_text, name="letter-text"),
    path("<int:ordinal>/", letters.letter_section, name="letter-section"),
    path("<int:ordinal>/history/", letters.letter_history, name="letter-history"),
    path("<int:ordinal>/explanation/", letters.letter_explanation, name="letter-explanation"),
]

# …/<code>/dossier/
dossier_urls = [
    path("", dossiers.dossier, name="dossier"),
    path("pdf/", dossiers.dossier_pdf, name="dossier-pdf"),
    path("package/", dossiers.dossier_package, name="dossier-package"),
]

# …/<code>/submissions/
submission_urls = [
    path("<int:number>/", submissions.submission, name="submission"),
    path("<int:number>/pdf/", submissions.submission_pdf, name="submission-pdf"),
    path("<int:number>/package/", submissions.submission_package, name="submission-package"),
    path(
        "<int:number>/compare/<int:other>/",
        submissions.submission_compare,
        name="submission-compare",
    ),
    path("<int:number>/reply/", replies.reply, name="reply"),
    path("<int:number>/reply/lines/<int:line>/", lines.reply_line, name="reply-line"),
]

# …/<code>/
case_urls = [
    path("", cases.case_detail, name="case-detail"),
    path("edit/", cases.case_edit, name="case-edit"),
    path("delete/", deletion.case_delete, name="case-delete"),
    path("keeping/", deletion.case_keeping, name="case-keeping"),
    path("notice/", notices.notice, name="notice"),
    path("notice/lines/<int:number>/", lines.notice_line, name="notice-line"),
    path("demands/", include(demand_urls)),
    path("providers/", include(provider_urls)),
    path("evidence/", include(evidence_urls)),
    path("explanation/", explanations.explanation, name="explanation"),
    path("asking/", askings.asking, name="asking"),
    path("confirmation/", confirmations.confirmation, name="confirmation"),
    path("letter/", include(letter_urls)),
    path("dossier/", include(dossier_urls)),
    path("submissions/", include(submission_urls)),
    path("outcome/", outcomes.outcome, name="outcome"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline/<int:event>/", timeline.event_detail, name="event-detail"),
]

# …/example/, for everybody: what is read of a case has the same name here
example_urls = [
    path("", example.overview, name="case-detail"),
    path("notice/", example.notice, name="notice"),
    path("providers/<letter:letter>/", example.provider, name="provider-detail"),
    path("evidence/", example.evidence_list, name="evidence-list"),
    path("evidence/<uuid:evidence>/", example.evidence_detail, name="evidence-detail"),
    path("evidence/<uuid:evidence>/original/", example.original, name="evidence-download"),
    path("evidence/<uuid:evidence>/picture/", example.picture, name="evidence-picture"),
    path("letter/", example.letter, name="letter"),
    path("letter/text/", example.letter_text, name="letter-text"),
    path("dossier/", example.dossier, name="dossier"),
    path("dossier/pdf/", example.dossier_pdf, name="dossier-pdf"),
    path("dossier/package/", example.dossier_package, name="dossier-package"),
]

urlpatterns = [
    path("", cases.case_list, name="case-list"),
    path("new/", cases.case_create, name="case-create"),
    path("new/register/", cases.register_create, name="register-create"),
    path("<uuid:code>/", include(case_urls)),
    # Last, since addresses are made from the last on: the code of the example fits both.
    path("<example:code>/", include(example_urls)),
]
