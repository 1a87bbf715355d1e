"""The list of providers against the files."""

from dataclasses import replace

import pytest

from appeals.rules import assess
from appeals.rules.cells import State
from appeals.rules.facts import DemandFacts, OtherPayee, Rule, Scope, Standing
from appeals.rules.places import Page

from .build import (
    COMPANY,
    DESCRIBED,
    ENDED,
    NOW,
    PAID,
    PRESET,
    case,
    codes,
    complete_case,
    described,
    evidence,
    explained,
    finding_explained,
    paid,
    proof,
    provider,
)

NAMED, UNSHOWN = "named-not-listed", "listed-not-shown"
ANSWER = DemandFacts(8, 8, Rule.ANSWERED, Scope.PROVIDER, label="8", answer="Yes.")


def page(*, proves=DESCRIBED, letter="A", **changes):
    return evidence(9, "page", [proof(proves, letter)], **changes)


def shows(text):
    return {"shown": (("shows", text),)}


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        pytest.param(complete_case(page(payees=("Nobody", "X Ltd."))), ("Nobody", "X Ltd."), id="both"),
        pytest.param(complete_case(page(payees=("erp a",))), (), id="its provider"),
        pytest.param(complete_case(page(payees=("ERP A", "Nobody"))), (), id="one is enough"),
        pytest.param(complete_case(page(payees=(COMPANY,))), (), id="the store's company"),
        pytest.param(complete_case(page(payees=("",))), (), id="blank"),
        pytest.param(
            complete_case(
                page(payees=("Agent",)),
                providers=(provider(other_payees=(OtherPayee("Agent", "An agency."),)),),
            ),
            (),
            id="a payee with its sentence",
        ),
        pytest.param(
            complete_case(
                page(payees=("Agent",)),
                providers=(provider(other_payees=(OtherPayee("Agent", " "),)),),
            ),
            ("Agent",),
            id="a payee without one",
        ),
        pytest.param(
            complete_case(page(payees=("ERP B",)), providers=(provider(), provider("B"))),
            (),
            id="another provider of the list",
        ),
        pytest.param(complete_case(page(**shows("Page of a tool called Label Sea"))), ("Label Sea",), id="words"),
        pytest.param(complete_case(page(**shows("Page of a tool called ERP A"))), (), id="words, listed"),
        pytest.param(complete_case(page(**shows("Page of Label Sea"))), (), id="words that call nothing"),
        pytest.param(complete_case(page(payees=("Nobody",), is_withdrawn=True)), (), id="withdrawn"),
        pytest.param(
            complete_case(page(payees=("Nobody",)), demands=case(without=[DESCRIBED]).demands),
            (),
            id="not asked this time",
        ),
        pytest.param(
            complete_case(page(proves=8, payees=("Nobody",)), demands=(*PRESET, ANSWER)),
            (),
            id="an answer may be about anybody",
        ),
        pytest.param(complete_case(evidence(9, payees=("Nobody",))), (), id="not filed"),
    ],
)  # fmt: skip
def test_whom_a_file_names(facts, names):
    result = assess(facts, NOW)

    assert [one.written for one in result.open_findings] == ([names] if names else [])
    assert set(codes(result)) <= {NAMED}


def test_payees_of_a_payment_are_found_as_that():
    facts = complete_case(
        evidence(9, "invoice", [proof(DESCRIBED), proof(PAID, of="03")], payees=("Nobody",))
    )

    assert codes(assess(facts, NOW)) == ["payee-unknown"]


def test_it_stands_in_one_cell_and_stops_no_proof():
    many = evidence(9, "page", [proof(DESCRIBED), proof(ENDED)], payees=("Nobody",))
    facts = complete_case(many, evidence=(many,))

    result = assess(facts, NOW)

    [finding] = result.open_findings
    assert (finding.place.page, finding.place.field, finding.place.evidence) == (
        Page.EVIDENCE,
        "payees",
        9,
    )
    assert finding.demands == (DESCRIBED,)
    assert result.cell(DESCRIBED, "A").missing == ()
    assert result.cell(DESCRIBED, "A").state is State.NEEDS_A_LOOK


def test_words_about_a_file_are_corrected_there():
    [finding] = assess(complete_case(page(**shows("一个叫标签海的工具"))), NOW).open_findings

    assert finding.place.field == "shows"


def test_a_sentence_closes_it_until_it_names_another():
    facts = finding_explained(complete_case(page(payees=("Nobody",))), NAMED)
    first, second = facts.evidence

    again = replace(facts, evidence=(first, replace(second, payees=("Somebody",))))
    same = replace(facts, evidence=(first, replace(second, payees=("NOBODY.",))))

    assert codes(assess(facts, NOW)) == codes(assess(same, NOW)) == []
    assert codes(assess(again, NOW)) == [NAMED]


def free(*evidence, **changes):
    """A free service of which nothing can be shown, and all of that is explained."""
    facts = replace(complete_case(), providers=(provider(is_free=True),), evidence=evidence)
    facts = explained(explained(facts, DESCRIBED), PAID)
    return replace(facts, **changes)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param(free(), [UNSHOWN], id="all is only explained"),
        pytest.param(replace(free(), explanations=()), [], id="gaps say so themselves"),
        pytest.param(
            replace(free(), explanations=free().explanations[:1]), [], id="one gap says so itself"
        ),
        pytest.param(free(described()), [], id="a file is filed for it"),
        pytest.param(free(described("B")), [UNSHOWN], id="filed for another"),
        pytest.param(free(evidence(9, proofs=[proof(ENDED)])), [], id="filed under advice"),
        pytest.param(free(evidence(9)), [UNSHOWN], id="not filed yet"),
        pytest.param(free(evidence(9, payees=("ERP-A",))), [], id="a file names it"),
        pytest.param(free(replace(described(), is_withdrawn=True)), [UNSHOWN], id="withdrawn"),
        pytest.param(
            complete_case(evidence=(), demands=case(without=[DESCRIBED, PAID]).demands),
            [],
            id="nothing asked has to be shown",
        ),
        pytest.param(case(), [], id="no provider"),
        pytest.param(complete_case(paid(1, "03", "04")), [], id="shown"),
    ],
)
def test_a_provider_that_no_file_shows(facts, found):
    assert codes(assess(facts, NOW)) == found


def test_it_belongs_to_the_first_item_that_asks_for_files():
    result = assess(free(), NOW)

    [finding] = result.open_findings
    assert (finding.place.page, finding.place.provider, finding.demands) == (
        Page.PROVIDER,
        "A",
        (DESCRIBED,),
    )
    assert result.cell(DESCRIBED, "A").state is State.NEEDS_A_LOOK
    assert result.cell(PAID, "A").state is State.EXPLAINED
    assert result.next_step.finding == finding


def test_one_sentence_closes_it_until_more_has_to_be_shown():
    facts = finding_explained(free(), UNSHOWN)
    ended = tuple(
        replace(one, standing=Standing.ASKED) if one.ordinal == ENDED else one for one in PRESET
    )
    more = replace(facts, demands=ended)
    more = explained(more, ENDED)

    assert codes(assess(facts, NOW)) == []
    assert assess(facts, NOW).cell(DESCRIBED, "A").state is State.EXPLAINED
    assert codes(assess(more, NOW)) == [UNSHOWN]
