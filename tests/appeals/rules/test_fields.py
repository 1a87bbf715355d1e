"""What a provider is asked in words: one row, one reason."""

from dataclasses import replace

import pytest

from .build import (
    CELL,
    CONTACTS,
    DESCRIBED,
    LEARNED,
    USED,
    check_cell,
    complete_case,
    described,
    evidence,
    explained,
    explanation,
    not_known,
    of_provider,
    paid,
    period,
    proof,
    provider,
    row,
    used,
    with_providers,
)

LEARNED_ROWS = [
    *(
        row(
            f"a tick and a sentence, {order}",
            replace(of_provider(found=""), explanations=said),
            LEARNED,
            "explained",
        )
        for order, said in {
            "the tick first": (not_known("found", sentence=""), not_known("found")),
            "the sentence first": (not_known("found"), not_known("found", sentence="")),
        }.items()
    ),
    row("found in words", complete_case(), LEARNED, "ready"),
    row("found left blank", of_provider(found=" \n"), LEARNED, "not-started", "found"),
    row(
        "found not known, with a sentence",
        replace(of_provider(found=""), explanations=(not_known("found"),)),
        LEARNED,
        "explained",
    ),
    row(
        "found not known, without a sentence",
        replace(of_provider(found=""), explanations=(not_known("found", sentence=" "),)),
        LEARNED,
        "not-started",
        "sentence",
    ),
    row(
        "found not known, but of another provider",
        replace(of_provider(found=""), explanations=(not_known("found", "B"),)),
        LEARNED,
        "not-started",
        "found",
    ),
    row(
        "found explained and there",
        replace(of_provider(), explanations=(not_known("found"),)),
        LEARNED,
        "ready",
    ),
]

CONTACTS_ROWS = [
    row("an e-mail is enough to be reached", complete_case(), CONTACTS, "ready"),
    row(
        "a telephone is enough to be reached",
        of_provider(email="", telephone="400 000 0000"),
        CONTACTS,
        "ready",
    ),
    row("neither e-mail nor telephone", of_provider(email=""), CONTACTS, "started", "contact"),
    row("no web site", of_provider(web_site=""), CONTACTS, "started", "web-site"),
    row("no name", of_provider(name=""), CONTACTS, "started", "name"),
    row(
        "nothing of the contacts",
        of_provider(name="", web_site="", email=""),
        CONTACTS,
        "not-started",
        "name web-site contact",
    ),
    row(
        "nothing of the contacts, but a sentence about one",
        replace(of_provider(name="", web_site="", email=""), explanations=(not_known("web_site"),)),
        CONTACTS,
        "started",
        "name contact",
    ),
    row(
        "the telephone is explained and there is no e-mail",
        replace(of_provider(email=""), explanations=(not_known("telephone"),)),
        CONTACTS,
        "explained",
    ),
    row(
        "one of two missing fields explained",
        replace(of_provider(email="", web_site=""), explanations=(not_known("email"),)),
        CONTACTS,
        "started",
        "web-site",
    ),
    row(
        "one sentence about the whole demand",
        explained(of_provider(email="", web_site=""), CONTACTS),
        CONTACTS,
        "explained",
    ),
    row(
        "a sentence about the demand stands for fewer pieces",
        with_providers(explained(of_provider(email="", web_site=""), CONTACTS), provider(email="")),
        CONTACTS,
        "explained",
    ),
    row(
        "a sentence about the demand lapses when another piece is missing",
        with_providers(explained(of_provider(email=""), CONTACTS), provider(web_site="")),
        CONTACTS,
        "started",
        "web-site",
    ),
    row(
        "a sentence about the demand lapses when one piece more is missing",
        with_providers(explained(of_provider(email=""), CONTACTS), provider(email="", web_site="")),
        CONTACTS,
        "started",
        "web-site contact",
    ),
    row(
        "a lapsed sentence is still a start",
        with_providers(
            explained(of_provider(name="", email=""), CONTACTS),
            provider(name="", email="", web_site=""),
        ),
        CONTACTS,
        "started",
        "name web-site contact",
    ),
    row(
        "a demand ticked without a sentence lacks the sentence alone",
        explained(of_provider(email="", web_site=""), CONTACTS, sentence=""),
        CONTACTS,
        "started",
        "sentence",
    ),
    row(
        "ticked without a sentence where nothing is there is no start",
        explained(of_provider(name="", email="", web_site=""), CONTACTS, sentence=""),
        CONTACTS,
        "not-started",
        "sentence",
    ),
    row(
        "a sentence about the demand of another provider",
        explained(
            with_providers(of_provider(), provider(email=""), provider("B", email="")),
            CONTACTS,
            "B",
        ),
        CONTACTS,
        "started",
        "contact",
    ),
    row(
        "a sentence about another demand",
        explained(of_provider(email="", found=""), LEARNED),
        CONTACTS,
        "started",
        "contact",
    ),
]

DESCRIBED_ROWS = [
    row("words and one proof", complete_case(), DESCRIBED, "ready"),
    row("words without a proof", of_provider(), DESCRIBED, "started", "proof"),
    row(
        "a proof without words",
        of_provider(described(), did="", received=""),
        DESCRIBED,
        "started",
        "did received",
    ),
    row("what it did is missing", of_provider(described(), did=""), DESCRIBED, "started", "did"),
    row(
        "what was received is missing",
        of_provider(described(), received=""),
        DESCRIBED,
        "started",
        "received",
    ),
    row(
        "nothing of the description",
        of_provider(did="", received=""),
        DESCRIBED,
        "not-started",
        "did received proof",
    ),
    row(
        "a withdrawn proof",
        of_provider(replace(described(), is_withdrawn=True)),
        DESCRIBED,
        "started",
        "proof",
    ),
    row(
        "a proof of another provider",
        replace(of_provider(described("B")), providers=(provider(), provider("B"))),
        DESCRIBED,
        "started",
        "proof",
    ),
    row(
        "a refund describes as well as another file",
        of_provider(evidence(1, "refund", [proof(DESCRIBED)])),
        DESCRIBED,
        "ready",
    ),
    row(
        "a payer not on record is no matter here",
        of_provider(replace(described(), payer="Nobody")),
        DESCRIBED,
        "ready",
    ),
    row(
        "the missing proof is explained",
        explained(of_provider(), DESCRIBED),
        DESCRIBED,
        "explained",
    ),
    row(
        "field and proof explained apart",
        explained(replace(of_provider(did=""), explanations=(not_known("did"),)), DESCRIBED),
        DESCRIBED,
        "explained",
    ),
    row(
        "a proof is withdrawn after the field was explained",
        replace(of_provider(did=""), explanations=(not_known("did"),)),
        DESCRIBED,
        "started",
        "proof",
    ),
]

USED_ROWS = [
    row("one month of use", used(period("06", "06")), USED, "ready"),
    row("no period", used(), USED, "not-started", "period"),
    row(
        "an end before its start is no month",
        used(period("06", "05")),
        USED,
        "not-started",
        "period",
    ),
    row(
        "an approximate period with a sentence",
        used(period("03", "08", is_approximate=True, sentence="By the bills.")),
        USED,
        "explained",
    ),
    row(
        "an approximate period without a sentence",
        used(period("03", "08", is_approximate=True)),
        USED,
        "started",
        "approximate",
    ),
    row(
        "one of two periods is approximate",
        used(
            period("03", "04"), period("06", "08", 2, is_approximate=True, sentence="By the bills.")
        ),
        USED,
        "explained",
    ),
    row(
        "one of two approximate periods has no sentence",
        used(
            period("03", "04", is_approximate=True, sentence="By the bills."),
            period("06", "08", 2, is_approximate=True),
        ),
        USED,
        "started",
        "approximate",
    ),
    row(
        "a sentence without the mark changes nothing",
        used(period("03", "08", sentence="By the bills.")),
        USED,
        "ready",
    ),
    row(
        "first month not known and nothing proven",
        replace(used(), explanations=(not_known("first_month"),)),
        USED,
        "explained",
    ),
    row(
        "first month does not apply",
        replace(
            used(),
            explanations=(
                explanation("Never used.", "does-not-apply", provider="A", field="first_month"),
            ),
        ),
        USED,
        "explained",
    ),
    row(
        "first month not known without a sentence",
        replace(
            used(receipts=(paid(1, "05"),)), explanations=(not_known("first_month", sentence=""),)
        ),
        USED,
        "not-started",
        "sentence",
    ),
    row(
        "first month not known beside a period",
        replace(used(period("03", "08")), explanations=(not_known("first_month"),)),
        USED,
        "explained",
    ),
    row("the whole demand explained", explained(used(), USED), USED, "explained"),
]


@pytest.mark.parametrize(CELL, [*LEARNED_ROWS, *CONTACTS_ROWS, *DESCRIBED_ROWS, *USED_ROWS])
def test_words_and_months_of_use(facts, cell, state, missing, findings, shown):
    check_cell(facts, cell, state, missing, findings, shown)
