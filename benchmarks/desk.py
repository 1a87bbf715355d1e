"""What the desk costs when there is much of it: 500 guides in two languages, 20 revisions each.

Every revision has 2,000 Chinese characters, and something waits in every queue of the review
board. Measured on SQLite and on the PostgreSQL that pip brings, for a superuser and for somebody
with rights of a group; benchmarks/served.py says what counts as the server's time. Fails where the
list of guides or the board takes more than 15 queries or 300 ms.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.search_speed import Texts  # noqa: E402
from benchmarks.served import analyze, cost_of, on_both_databases, set_up  # noqa: E402

GUIDES, REVISIONS = 500, 20
QUERIES, SECONDS = 15, 0.300
ROUNDS = 9
LANGUAGES = ("zh-hans", "en")
PAGES = {
    "the board": "/admin/",
    "the board, mine": "/admin/?of=mine",
    "the board, in English": "/admin/?language=en",
    "what is due, all of it": "/admin/board/due/",
    "translations behind, all": "/admin/board/behind/",
    "what waits for review, all": "/admin/board/waiting/",
    "what readers say, all": "/admin/board/feedback/",
    "the list": "/admin/guides/guide/",
    "the list, second page": "/admin/guides/guide/?p=2",
    "the list, drafts": "/admin/guides/guide/?editions=draft",
    "the list, behind": "/admin/guides/guide/?editions=behind",
    "the list, a search": "/admin/guides/guide/?q=标题 7",
    "the list, by title": "/admin/guides/guide/?o=1",
}
#: These are bound by no number of the issue: a whole file of rows.
FREE = {"the file": "/admin/board/board.csv"}


def main() -> int:
    if sys.argv[1:] == ["measure"]:
        return measure()
    return on_both_databases(__file__)


def measure() -> int:
    set_up()
    people = make()
    analyze()
    is_good = True
    for who, client in people.items():
        print(f" {GUIDES} guides in {len(LANGUAGES)} languages, {REVISIONS} revisions, for {who}")
        for name, url in PAGES.items():
            queries, seconds = line(client, name, url)
            is_good = is_good and queries <= QUERIES and seconds <= SECONDS
        for name, url in FREE.items():
            line(client, name, url)
    return 0 if is_good else 1


def make() -> dict[str, Any]:
    """The guides and what waits, row by row and past publishing, which would take hours; and two
    who are signed in."""
    from django.contrib.auth.models import Group, Permission
    from django.test import Client

    from guides.models import Guide, User

    editor = User.objects.create_superuser("editor@example.com")
    member = User.objects.create_user("member@example.com", is_staff=True)
    group = Group.objects.create(name="All of it")
    group.permissions.set(Permission.objects.filter(content_type__app_label="guides"))
    member.groups.add(group)
    today = datetime.date.today()
    guides = Guide.objects.bulk_create(
        [
            Guide(
                slug=f"guide-{number}", kind="term" if number % 5 == 0 else "article",
                checked_on=today - datetime.timedelta(days=90), checked_by=(editor, None)[number % 2],
                review_by=today + datetime.timedelta(days=number % 60 - 20),
            )
            for number in range(GUIDES)
        ]
    )  # fmt: skip
    editions = write(guides, (editor, member))
    let_wait(editions, editor, today)
    clients = {"a superuser": Client(), "a member of a group": Client()}
    for client, person in zip(clients.values(), (editor, member), strict=True):
        client.defaults["SERVER_NAME"] = "127.0.0.1"
        client.force_login(person)
    return clients


def write(guides: list[Any], people: tuple[Any, Any]) -> list[Any]:
    """Every revision of every language; the last but one is live in each third edition."""
    from django.utils import timezone

    from guides.models import Edition, Publication, Revision

    texts = Texts()
    editions = Edition.objects.bulk_create(
        [Edition(guide=guide, language=language) for guide in guides for language in LANGUAGES]
    )
    for edition in editions:
        body = texts.make(has_query=False)
        revisions = Revision.objects.bulk_create(
            [
                Revision(
                    edition=edition, number=number, title=f"标题 {edition.guide_id}", note="改",
                    made_by=people[number % 2], body=f"{body[number:]}{body[:number]}",
                )
                for number in range(1, REVISIONS + 1)
            ]
        )  # fmt: skip
        edition.latest, edition.plain, edition.folded = revisions[-1], body, body
        edition.parts = [{"id": "a", "title": "一", "html": f"<p>{body}</p>"}]
    now = timezone.now()
    live = Publication.objects.bulk_create(
        [
            Publication(
                edition=edition, published_at=now,
                revision_id=edition.latest.pk - (1 if at % 3 == 0 else 0),
            )
            for at, edition in enumerate(editions)
        ]
    )  # fmt: skip
    for edition, publication in zip(editions, live, strict=True):
        edition.live = publication
    return editions


def let_wait(editions: list[Any], editor: Any, today: datetime.date) -> None:
    """Some of everything that the board shows."""
    from django.utils import timezone

    from guides.models import (
        Edition,
        EditorialEvent,
        Feedback,
        LinkCheck,
        Release,
        ReleaseItem,
        SearchMiss,
        Source,
    )

    now = timezone.now()
    for at, edition in enumerate(editions):
        if edition.language == "en" and at % 8 == 1:
            edition.behind = {"changes": at % 4 + 1, "since": today.isoformat()}
        if at % 9 == 0:
            edition.review_state, edition.submitted_by = "in-review", editor
            edition.submitted_at = now
        if edition.language == "en" and at % 20 == 19:
            edition.live = None
    columns = ["latest", "live", "plain", "folded", "parts", "behind", "review_state",
               "submitted_by", "submitted_at"]  # fmt: skip
    Edition.objects.bulk_update(editions, columns, batch_size=100)
    EditorialEvent.objects.bulk_create(
        EditorialEvent(kind="drafted", about=one.guide.slug, language=one.language, by=editor)
        for one in editions
        for _revision in range(REVISIONS)
    )
    Feedback.objects.bulk_create(
        Feedback(edition=editions[at % 300], part="a", was_useful=False, given_on=today,
                 sentence=f"找不到菜单 {at % 7}")
        for at in range(2_000)
    )  # fmt: skip
    SearchMiss.objects.bulk_create(
        SearchMiss(query=f"词 {at}", language="zh-hans", times=at % 9 + 1,
                   day=today - datetime.timedelta(days=back))
        for at in range(200)
        for back in range(30)
    )  # fmt: skip
    addresses = [f"https://example.com/{at}" for at in range(200)]
    Source.objects.bulk_create(
        Source(key=f"s{at}", titles={"zh-hans": f"来源 {at}"}, grade="official", address=address)
        for at, address in enumerate(addresses)
    )
    LinkCheck.objects.bulk_create(
        LinkCheck(address=address, answer=("gone", "refused", "fine")[at % 3], failures=2,
                  failing_since=None if at % 3 == 2 else now, checked_at=now)
        for at, address in enumerate(addresses)
    )  # fmt: skip
    for number in range(20):
        release = Release.objects.create(
            name=f"Release {number}", state="scheduled", publish_at=now, zone="Asia/Shanghai",
            made_by=editor, scheduled_by=editor,
        )  # fmt: skip
        ReleaseItem.objects.bulk_create(
            ReleaseItem(release=release, edition=one, revision=one.latest)
            for one in editions[number * 4 : number * 4 + 4]
        )


def line(client: Any, name: str, url: str) -> tuple[int, float]:
    """Queries and seconds of a page, and a line about it."""
    cost = cost_of(client, url, ROUNDS)
    print(f"  {name:<32} {cost.queries:>2} queries {cost.seconds * 1000:7.1f} ms", flush=True)
    return cost.queries, cost.seconds


if __name__ == "__main__":
    sys.exit(main())
