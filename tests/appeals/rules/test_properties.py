"""What holds for any case, however odd."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appeals.rules import assess
from appeals.rules.cells import State
from appeals.rules.facts import (
    AskFacts,
    ConfirmationFacts,
    DeadlineFacts,
    DemandFacts,
    Ended,
    EvidenceFacts,
    EvidenceKind,
    ExplanationFacts,
    ExplanationKind,
    LetterFacts,
    NoticeFacts,
    OtherPayee,
    Period,
    ProofFacts,
    ProviderFacts,
    Rule,
    Scope,
    Standing,
    SubmissionFacts,
)
from appeals.rules.findings import Code
from appeals.rules.months import Month
from appeals.rules.steps import StepKind

from .build import BEIJING, COMPANY, NOW, PRESET, case

# No clock: a busy machine is not a failure.
thorough = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])

# How far a cell is; what needs a look has a finding to show for it and is not compared.
RANK = {State.NOT_STARTED: 0, State.STARTED: 1, State.EXPLAINED: 2, State.READY: 3}

#: What another file, or its date or number, can put right.
MENDED_BY_A_FILE = {Code.CLAIMED_WITHOUT_PROOF, Code.LISTED_NOT_SHOWN, Code.LETTER_CONTRADICTS}

texts = st.sampled_from(["", " ", "Something."])
names = st.sampled_from(["", "ERP A", "ERP B", COMPANY, "Nobody"])
letters = st.sampled_from("AB")
months = st.builds(Month, st.just(2018), st.integers(2, 10))
days = st.dates(date(2018, 1, 1), date(2018, 12, 31))
moments = st.integers(-90, 1).map(lambda hours: NOW + timedelta(hours=hours))
MORE = (
    DemandFacts(8, 8, Rule.ANSWERED, Scope.CASE),
    DemandFacts(9, 9, Rule.ANSWERED, Scope.PROVIDER),
)

periods = st.builds(
    Period,
    id=st.integers(1, 9),
    first=months,
    last=st.none() | months,
    is_approximate=st.booleans(),
    sentence=texts,
)
proofs = st.builds(ProofFacts, st.integers(1, 9), st.none() | letters, st.none() | months)


@st.composite
def evidence(draw, id):
    return EvidenceFacts(
        id,
        draw(st.none() | st.sampled_from(EvidenceKind)),
        draw(moments),
        sha256=str(id),
        is_withdrawn=draw(st.sampled_from([False, False, False, True])),
        payer=draw(st.sampled_from(["", "", COMPANY, "Nobody"])),
        payees=draw(st.sampled_from([(), (), ("ERP A", "ERP B"), ("Nobody",)])),
        proofs=tuple(draw(st.lists(proofs, max_size=4))),
        shown=(
            ("shows", draw(st.sampled_from(["", "Page of a tool called Label Sea"]))),
            ("about_on", draw(st.sampled_from(["", "2018-02-28", "2018-05-03", "2018-09-13"]))),
        ),
    )


@st.composite
def providers(draw, letter):
    return ProviderFacts(
        letter,
        name=draw(names),
        other_payees=draw(st.sampled_from([(), (OtherPayee("Nobody", "An agency."),)])),
        web_site=draw(texts),
        email=draw(texts),
        telephone=draw(texts),
        found=draw(texts),
        did=draw(texts),
        received=draw(texts),
        periods=tuple(draw(st.lists(periods, max_size=3, unique_by=lambda one: one.id))),
        is_free=draw(st.sampled_from([False, False, True])),
        shared_secret=draw(st.none() | st.booleans()),
        ended=draw(st.none() | st.sampled_from(Ended)),
        ended_on=draw(st.none() | days),
    )


SAYINGS = (
    "I used ERP A from March to May 2018.",
    "ERP B ran since February 2018.",
    "Receipts of ERP A for May 2018.",
    "It was paid in June 2018.",
    "A tool called Label Sea, and one of Nobodys Ltd.",
    "See A-5-1, B-5-7 and 0-8-1.",
)


@st.composite
def letters_written(draw):
    """Sections of a letter with anything in them, on any demand."""
    ordinals = draw(st.lists(st.integers(1, 9), max_size=4, unique=True))
    sayings = st.lists(st.sampled_from(SAYINGS), max_size=3).map(" ".join)
    return tuple(LetterFacts(one, draw(sayings), draw(sayings)) for one in ordinals)


@st.composite
def explanations(draw, facts):
    """About anything, and about what is really missing or found in this case."""
    kind, sentence = draw(st.sampled_from(ExplanationKind)), draw(texts)
    result = assess(facts, NOW)
    fields = ["found", "first_month", "email", "is_free", "ended", "did"]
    about = [
        *({"provider": letter, "field": name} for letter in "AB" for name in fields),
        *(
            {"demand": cell.demand.ordinal, "provider": cell.provider, "kept": cell.kept}
            for demand in result.demands
            for cell in demand.cells
        ),
        *({"finding": one.key, "kept": one.kept} for one in result.findings),
    ]
    return ExplanationFacts(kind, sentence, **draw(st.sampled_from(about)))


@st.composite
def cases(draw):
    demands = tuple(
        replace(one, standing=draw(st.sampled_from([*Standing, Standing.ASKED, one.standing])))
        for one in (*PRESET, *MORE)
    )
    deadline = DeadlineFacts(draw(days), BEIJING)
    notice = draw(st.sampled_from([None, NoticeFacts(date(2018, 9, 12), deadline)]))
    facts = case(
        demands=demands,
        notice=notice,
        providers=tuple(draw(providers(one)) for one in draw(st.sampled_from(["", "A", "AB"]))),
        evidence=tuple(draw(evidence(id)) for id in range(draw(st.integers(0, 5)))),
        submissions=draw(st.sampled_from([(), (), (), (SubmissionFacts(1, NOW),)])),
        asks=draw(st.sampled_from([(), (AskFacts(2, "B", date(2018, 9, 18)),)])),
        letter=draw(letters_written()),
    )
    facts = replace(facts, explanations=tuple(draw(st.lists(explanations(facts), max_size=4))))
    if draw(st.booleans()):
        confirmation = ConfirmationFacts(1, assess(facts, NOW).digest, NOW)
        facts = replace(facts, confirmations=(confirmation,))
    return facts


@thorough
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(facts, random):
    def shuffled(values):
        return tuple(random.sample(values, len(values)))

    other = replace(
        facts,
        demands=shuffled(facts.demands),
        providers=shuffled(
            [replace(one, periods=shuffled(one.periods)) for one in facts.providers]
        ),
        evidence=shuffled(
            [
                replace(one, proofs=shuffled(one.proofs), payees=shuffled(one.payees))
                for one in facts.evidence
            ]
        ),
        explanations=shuffled(facts.explanations),
        letter=shuffled(facts.letter),
    )

    first, second = assess(facts, NOW), assess(other, NOW)

    assert first.digest == second.digest
    assert first.tally == second.tally
    assert [step.id for step in first.steps] == [step.id for step in second.steps]
    assert [one.key for one in first.findings] == [one.key for one in second.findings]
    assert [cell.state for one in first.demands for cell in one.cells] == [
        cell.state for one in second.demands for cell in one.cells
    ]


@thorough
@given(st.data())
def test_adding_evidence_never_lowers_a_state_unless_it_brings_a_finding(data):
    before_facts = data.draw(cases())
    added = data.draw(evidence("new"))
    after_facts = replace(before_facts, evidence=(*before_facts.evidence, added))

    before, after = assess(before_facts, NOW), assess(after_facts, NOW)

    known = {(one.key, one.kept) for one in before.open_findings}
    for demand in after.demands:
        for cell in demand.cells:
            was = before.cell(cell.demand.ordinal, cell.provider)
            if any((one.key, one.kept) not in known for one in cell.findings):
                continue
            if cell.state is State.NEEDS_A_LOOK:
                assert was.state is State.NEEDS_A_LOOK
            elif was.state is State.NEEDS_A_LOOK:
                assert {one.code for one in was.findings} <= MENDED_BY_A_FILE
            else:
                assert RANK[cell.state] >= RANK[was.state]


@thorough
@given(cases())
def test_the_next_step_is_never_about_something_ready(facts):
    result = assess(facts, NOW)

    assert len({step.id for step in result.steps}) == len(result.steps) >= 1
    for step in result.steps:
        if step.cell is not None:
            assert not step.cell.state.is_done
            assert step.cell.missing
        if step.finding is not None:
            assert step.finding.is_open
    ends = [step for step in result.steps if not step.can_be_skipped]
    assert all(step is result.steps[-1] for step in ends)
    if result.next_step.kind is StepKind.COMPLETE:
        assert result.tally.done == result.tally.of


@thorough
@given(cases())
def test_what_is_counted_agrees_with_what_is_shown(facts):
    result = assess(facts, NOW)

    asked = [one.state for one in result.demands if one.demand.standing is Standing.ASKED]
    assert result.tally.of == len(asked)
    assert result.tally.done == sum(state.is_done for state in asked)
    for demand in result.demands:
        assert (demand.state is None) == (demand.demand.standing is Standing.LEFT_OUT)
        assert (demand.state is State.NEEDS_A_LOOK) == bool(demand.all_findings)
        for cell in demand.cells:
            assert (cell.state is State.NEEDS_A_LOOK) == bool(cell.findings)
            assert not (cell.state.is_done and cell.missing)
            covered = [cover for cover in cell.cover if cover.proofs]
            if cell.months_shown is not None:
                assert len(covered) == cell.months_shown


@thorough
@given(cases())
def test_a_sentence_about_everything_missing_explains_all_but_the_confirmation(facts):
    facts = replace(facts, explanations=(), confirmations=())
    result = assess(facts, NOW)
    said = [
        ExplanationFacts(
            ExplanationKind.REASON,
            "It cannot be had.",
            demand=cell.demand.ordinal,
            provider=cell.provider,
            kept=cell.kept,
        )
        for demand in result.demands
        for cell in demand.cells
    ]

    after = assess(replace(facts, explanations=tuple(said)), NOW)

    for demand in after.demands:
        for cell in demand.cells:
            if cell.demand.rule is Rule.CONFIRMED:
                assert cell.state is State.NOT_STARTED or cell.findings
            else:
                assert cell.state.is_done or cell.state is State.NEEDS_A_LOOK


@thorough
@given(cases())
def test_every_finding_can_be_found_again_and_has_a_place(facts):
    result = assess(facts, NOW)

    assert len({one.key for one in result.findings}) == len(result.findings)
    for one in result.findings:
        assert len(one.key) <= 80 - 36  # ids are short here
        if one.is_open and one.demands:
            assert any(one in state.all_findings for state in result.demands)


@thorough
@given(cases())
def test_a_sentence_about_every_finding_closes_all_but_the_confirmation(facts):
    found = assess(facts, NOW).findings
    said = tuple(
        ExplanationFacts(ExplanationKind.REASON, "It is so.", finding=one.key, kept=one.kept)
        for one in found
        if one.code is not Code.CHANGED_SINCE_CONFIRMED
    )

    after = assess(replace(facts, explanations=(*facts.explanations, *said)), NOW)

    # What is closed may bring others to light, which were not there before.
    before = {(one.key, one.kept) for one in found}
    for one in after.open_findings:
        is_new = (one.key, one.kept) not in before
        assert is_new or one.code is Code.CHANGED_SINCE_CONFIRMED


@thorough
@given(cases(), st.sampled_from(range(1, 10)))
def test_what_is_left_out_raises_nothing(facts, ordinal):
    demands = tuple(
        replace(one, standing=Standing.LEFT_OUT) if one.ordinal == ordinal else one
        for one in facts.demands
    )

    result = assess(replace(facts, demands=demands), NOW)

    assert not [one for one in result.findings if ordinal in one.demands]


@thorough
@given(cases())
def test_what_is_withdrawn_raises_nothing(facts):
    withdrawn = tuple(replace(one, is_withdrawn=True) for one in facts.evidence)

    result = assess(replace(facts, evidence=withdrawn), NOW)

    assert not [one for one in result.findings if one.place.evidence is not None]
