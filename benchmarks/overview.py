"""What the pages of a large case cost: 40 providers, 1,000 files, 5,000 lines of its timeline.

Measures them alone in a database, and again beside 20,000 other cases, on SQLite and on the
PostgreSQL that pip brings; benchmarks/served.py says what counts as the server's time. Fails
where the overview takes more than 16 queries or 250 ms.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.served import analyze, cost_of, on_both_databases, set_up  # noqa: E402

QUERIES, SECONDS = 16, 0.250
PROVIDERS, FILES, EVENTS = 40, 1000, 5000
OWN_CASES, OTHER_CASES = 20, 20_000
ROUNDS = 9
#: Rows that are made at a time.
BATCH = 1000
FIRST = datetime.date(2016, 3, 1)
LAST = datetime.date(2018, 8, 1)


def main() -> int:
    if sys.argv[1:] == ["measure"]:
        return measure()
    return on_both_databases(__file__)


def measure() -> int:
    set_up()
    owner = prepare()
    is_good = all(list(pages(owner, "alone")))
    started = time.perf_counter()
    others()
    analyze()
    took = time.perf_counter() - started
    beside = f"beside {OTHER_CASES:,} other cases (made in {took:.0f} s)"
    is_good = all(list(pages(owner, beside))) and is_good
    return 0 if is_good else 1


def prepare():
    """An owner with one large case, and smaller ones beside it."""
    from tests import factories

    owner = factories.make_user(email="large@example.com")
    large = factories.open_case(
        owner, store="Large", notice_text="\n".join(f"Line {n} of it" for n in range(1, 41))
    )
    fill(large)
    for number in range(OWN_CASES - 1):
        fill_small([factories.open_case(owner, store=f"Store {number}")], providers=4, files=20)
    return owner


def fill(case) -> None:
    """Every provider used for two and a half years, with a gap; a month in two with its proof."""
    from appeals.models import Event, Explanation, LetterSection, Provider, UsePeriod
    from appeals.rules.exhibits import letter

    providers = Provider.objects.bulk_create(
        Provider(
            case=case,
            letter=letter(number + 1),
            name=f"Provider {number + 1}",
            legal_name=f"Provider {number + 1} Limited",
            web_site="https://example.com" if number % 4 else "",
            email=f"help{number}@example.com",
            found="A chat group of sellers, in spring" if number % 5 else "",
            did="Listings, stock and orders",
            received="Monthly reports",
            method="keys" if number % 2 else "application",
            shared_secret="no",
            ended="access" if number % 3 else "",
            ended_on=datetime.date(2018, 9, 1) if number % 3 else None,
        )
        for number in range(PROVIDERS)
    )
    gap = datetime.date(2017, 2, 1), datetime.date(2017, 5, 1)
    UsePeriod.objects.bulk_create(
        UsePeriod(provider=one, first=first, last=last)
        for one in providers
        for first, last in ((FIRST, gap[0]), (gap[1], LAST))
    )
    case.letters_given = PROVIDERS
    case.save(update_fields=["letters_given"])
    demands = {one.rule: one for one in case.demands.all()}
    add_files(case, providers, demands, FILES)
    Explanation.objects.bulk_create(
        Explanation(case=case, provider=one, field="telephone", kind="not-known", sentence="Gone")
        for one in providers
    )
    LetterSection.objects.bulk_create(
        LetterSection(demand=one, language=language, text="What we write. " * 40)
        for one in case.demands.all()
        for language in ("en", "zh-hans")
    )
    Event.objects.bulk_create(
        [
            Event(
                case_code=case.code,
                kind=Event.Kind.PROVIDER_CHANGED,
                by_id=case.owner_id,
                details={"letter": "A", "provider": "Provider 1", "fields": ["found", "email"]},
            )
            for _ in range(EVENTS)
        ],
        batch_size=BATCH,
    )


def add_files(case, providers, demands, count: int) -> None:
    """As many files, spread over the providers: payments by month, and copies."""
    from appeals.models import Evidence, Proof

    months = [month for month in every_month() if month.month % 2]
    rows, proofs = [], []
    for number in range(count):
        provider = providers[number % len(providers)]
        turn = number // len(providers)
        rule = ("paid", "paid", "described", "paid", "learned", "ended")[turn % 6]
        demand = demands[rule]
        rows.append(
            Evidence(
                case=case,
                kind="payment" if rule == "paid" else "page",
                shows="A receipt" if rule == "paid" else "A page",
                amount="99.00",
                currency="CNY",
                payer="示例贸易有限公司" if number % 50 else "Somebody else",
                payees=[provider.name],
                stored_as=f"{case.pk:016x}{number:016x}",
                original_name=f"file-{number}.pdf",
                media_type="application/pdf",
                size=100_000,
                pages=1,
                sha256=f"{case.pk:032x}{number:032x}",
                uploaded_by_id=case.owner_id,
                exhibit_letter=provider.letter,
                exhibit_ordinal=demand.ordinal,
                exhibit_number=turn + 1,
            )
        )
        month = months[turn % len(months)] if rule == "paid" else None
        proofs.append((demand, provider, month))
    made = Evidence.objects.bulk_create(rows, batch_size=BATCH)
    Proof.objects.bulk_create(
        (
            Proof(evidence=row, demand=demand, provider=provider, month=month)
            for row, (demand, provider, month) in zip(made, proofs, strict=True)
        ),
        batch_size=BATCH,
    )


def every_month() -> Iterator[datetime.date]:
    month = FIRST
    while month <= LAST:
        yield month
        month = (month + datetime.timedelta(days=31)).replace(day=1)


def others() -> None:
    """Cases of other people, as many as a site of some years has."""
    from appeals.models import Case
    from guides.models import User

    people = User.objects.bulk_create(
        (User(email=f"seller{number}@example.com") for number in range(OTHER_CASES // 10)),
        batch_size=BATCH,
    )
    for start in range(0, OTHER_CASES, BATCH):
        numbers = range(start, min(start + BATCH, OTHER_CASES))
        cases = Case.objects.bulk_create(
            Case(
                owner=people[number % len(people)],
                store=f"Store {number}",
                notice_on=datetime.date(2018, 9, 12),
                has_no_deadline=True,
            )
            for number in numbers
        )
        demand_all(cases)
        fill_small(cases, providers=2, files=4)


def demand_all(cases) -> None:
    from appeals import presets
    from appeals.models import Demand

    Demand.objects.bulk_create(
        (
            Demand(
                case=case,
                ordinal=position,
                position=position,
                label=row.label,
                rule=row.rule,
                scope=row.scope,
                standing=row.standing,
                months=row.months,
            )
            for case in cases
            for position, row in enumerate(presets.PRESETS[presets.SEPTEMBER_2018], start=1)
        ),
        batch_size=BATCH,
    )


def fill_small(cases, *, providers: int, files: int) -> None:
    """A few providers and files in each."""
    from appeals.models import Demand, Event, Evidence, Proof, Provider, UsePeriod

    made = Provider.objects.bulk_create(
        (
            Provider(case=case, letter="ABCDEFGH"[number], name=f"Provider {number}", did="Orders")
            for case in cases
            for number in range(providers)
        ),
        batch_size=BATCH,
    )
    UsePeriod.objects.bulk_create(
        (UsePeriod(provider=one, first=FIRST, last=LAST) for one in made), batch_size=BATCH
    )
    described = dict(
        Demand.objects.filter(case__in=cases, rule="described").values_list("case_id", "pk")
    )
    rows = Evidence.objects.bulk_create(
        (
            Evidence(
                case=case,
                kind="page",
                stored_as=f"{case.pk:016x}{number:016x}",
                original_name="file.pdf",
                media_type="application/pdf",
                size=100_000,
                pages=1,
                sha256=f"{case.pk:032x}{number:032x}",
                exhibit_letter="A",
                exhibit_ordinal=3,
                exhibit_number=number + 1,
            )
            for case in cases
            for number in range(files)
        ),
        batch_size=BATCH,
    )
    first = {one.case_id: one for one in reversed(made)}
    Proof.objects.bulk_create(
        (
            Proof(evidence=row, demand_id=described[row.case_id], provider=first[row.case_id])
            for row in rows
        ),
        batch_size=BATCH,
    )
    Event.objects.bulk_create(
        (
            Event(case_code=case.code, kind=Event.Kind.CASE_CHANGED, by_id=case.owner_id)
            for case in cases
            for _ in range(3)
        ),
        batch_size=BATCH,
    )


def pages(owner, where: str) -> Iterator[bool]:
    """Each page measured; false where it is the overview and over its bounds."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import translation

    from appeals.models import Case

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    case = Case.objects.get(owner=owner, store="Large")
    print(f" {where}")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            overview = reverse("appeals:case-detail", args=[case.code])
            named = {
                name: reverse(f"appeals:{name}", args=[case.code])
                for name in ("evidence-list", "timeline", "notice", "dossier", "letter")
            }
            home = reverse("appeals:case-list")
            provider = reverse("appeals:provider-detail", args=[case.code, "A"])
        queries, seconds = line(client, f"overview ({language})", overview)
        yield queries <= QUERIES and seconds <= SECONDS
    for name, url in ({"case-list": home, "provider": provider} | named).items():
        line(client, name, url)


def line(client, name: str, url: str) -> tuple[int, float]:
    """Queries and seconds of a page, and a line about it."""
    cost = cost_of(client, url, ROUNDS)
    print(
        f"  {name:<20} {cost.queries:>3} queries {cost.seconds * 1000:7.0f} ms"
        f"  (by the clock {cost.by_the_clock * 1000:.0f}) {cost.size / 1024:7.0f} kB",
        flush=True,
    )
    return cost.queries, cost.seconds


if __name__ == "__main__":
    sys.exit(main())
