"""What a search and a guide cost when there are many guides: 1,000 in two languages.

Each has 2,000 Chinese characters in each language, half of them hold the query, and the query has
four synonyms. Measured on SQLite and on the PostgreSQL that pip brings, with 100 guides and with
all; benchmarks/served.py says what counts as the server's time. Fails where a search takes more
than 6 queries or 40 ms, or a guide more than 4 queries or 1.1 times what it takes among 100.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.served import analyze, cost_of, on_both_databases, set_up  # noqa: E402

FEW, MANY, LENGTH = 100, 1000, 2000
SEARCH_QUERIES, SEARCH_SECONDS = 6, 0.040
GUIDE_QUERIES, GUIDE_TIMES = 4, 1.1
ROUNDS = 25
LANGUAGES = ("zh-hans", "en")
QUERY = "密钥"
SYNONYMS = "Secret Key, 私钥, 秘钥, 密匙"
SEARCHES = {
    "half of all, by a term": QUERY,
    "half of all, and more": "secret key 给了别人怎么办",
    "none": "大象与冰箱",
}


def main() -> int:
    if sys.argv[1:] == ["measure"]:
        return measure()
    return on_both_databases(__file__)


def measure() -> int:
    set_up()
    among = {}
    is_good = True
    texts = Texts()
    for start, stop in ((0, FEW), (FEW, MANY)):
        publish(range(start, stop), texts)
        analyze()
        print(f" {stop} guides in {len(LANGUAGES)} languages")
        queries, among[stop] = line("a guide", "/zh-hans/guides/guide-7/")
        is_good = is_good and queries <= GUIDE_QUERIES
        for name, query in SEARCHES.items():
            queries, seconds = line(f"search: {name}", f"/zh-hans/search/?q={query}")
            is_good = is_good and queries <= SEARCH_QUERIES and seconds <= SEARCH_SECONDS
    times = among[MANY] / among[FEW]
    print(f" a guide among {MANY} takes {times:.2f} times what it takes among {FEW}")
    return 0 if is_good and times <= GUIDE_TIMES else 1


class Texts:
    """Chinese characters by chance, the same in each run, without those of the query."""

    def __init__(self) -> None:
        self.chance = random.Random(1)
        named = set(QUERY + SYNONYMS)
        self.characters = [
            character for code in range(2500) if (character := chr(0x4E00 + code)) not in named
        ]

    def make(self, has_query: bool) -> str:
        characters = self.chance.choices(self.characters, k=LENGTH)
        for at in range(40, LENGTH, 40):
            characters[at] = "。" if at % 200 else "。\n"
        if has_query:
            at = self.chance.randrange(LENGTH - 60)
            characters[at : at + 2] = QUERY
        return "".join(characters)


def publish(numbers: range, texts: Texts) -> None:
    """Live guides without going through publishing, which would take minutes."""
    from django.utils import timezone

    from guides.models import Edition, Guide, Publication, Revision
    from guides.search import fold_edition

    rows = [Guide(slug=f"guide-{number}", kind="article") for number in numbers]
    if numbers.start == 0:
        rows.append(Guide(slug="term", kind="term"))
    for guide in Guide.objects.bulk_create(rows):
        for language in LANGUAGES:
            is_term = guide.kind == "term"
            plain = "说明。" if is_term else texts.make(has_query=guide.pk % 2 == 0)
            title = QUERY if is_term else f"标题 {guide.pk}"
            keywords = SYNONYMS if is_term else ""
            parts = [{"id": "a", "title": "", "html": f"<p>{plain}</p>", "tasks": [], "notes": []}]
            edition = Edition.objects.create(
                guide=guide,
                language=language,
                plain=plain,
                parts=parts,
                folded=fold_edition(
                    title=title, keywords=keywords, headings=[], summary="", text=plain
                ),
            )
            revision = Revision.objects.create(
                edition=edition, number=1, title=title, keywords=keywords, body=plain
            )
            edition.latest = revision
            edition.live = Publication.objects.create(
                edition=edition, revision=revision, published_at=timezone.now()
            )
            edition.save(update_fields=["latest", "live"])


def line(name: str, url: str) -> tuple[int, float]:
    """Queries and seconds of a page for a stranger, and a line about it."""
    from django.test import Client

    cost = cost_of(Client(SERVER_NAME="127.0.0.1"), url, ROUNDS)
    print(f"  {name:<32} {cost.queries:>2} queries {cost.seconds * 1000:7.1f} ms", flush=True)
    return cost.queries, cost.seconds


if __name__ == "__main__":
    sys.exit(main())
