"""How a guide looks where it is forwarded, scanned, searched for or taken along as text."""

from __future__ import annotations

import datetime
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import segno
from django.test import Client
from django.utils.translation import override
from PIL import Image

from guides.models import AuthorizationMethod, Edition, Guide, Publication
from guides.publishing import bundle
from guides.sharing.cards import card
from guides.sharing.picture import HEIGHT, ICONS, WIDTH, broken, draw
from tests.factories import make_guide, make_live_edition

TODAY = datetime.date(2026, 11, 24)
pytestmark = pytest.mark.django_db


def edition(slug: str, language: str = "zh-hans") -> Edition:
    return Edition.objects.select_related("guide__method", "live__revision").get(
        guide__slug=slug, language=language
    )


@pytest.mark.usefixtures("bundled")
class TestPicture:
    @pytest.mark.parametrize(
        ("slug", "language", "word", "colour"),
        [
            ("method-credentials-handed-over", "zh-hans", "不要用", "never"),
            ("method-oauth-application", "en", "Fine", "fine"),
            ("method-mws-developer", "en", "Historic", "standing"),
            ("authorize-today", "en", "Current", "standing"),
            ("clause-2-4", "zh-hans", "历史，据报道", "standing"),
            ("rules-today", "zh-hans", "现行", "standing"),
        ],
    )
    def test_it_says_the_verdict_or_the_standing(
        self, slug: str, language: str, word: str, colour: str
    ) -> None:
        said = card(edition(slug, language), TODAY)

        assert (said.word, said.colour) == (word, colour)

    def test_it_says_when_the_guide_was_checked_and_against_what(self) -> None:
        said = card(edition("mws"), TODAY)
        assert (said.date, said.checked, said.is_overdue) == ("2026-11-23", "按存档核对", False)

        said = card(edition("mws"), datetime.date(2036, 1, 1))
        assert (said.checked, said.is_overdue) == ("该复核了", True)

    def test_it_is_drawn_with_the_colours_of_the_verdict(self) -> None:
        never = Image.open(io.BytesIO(draw(card(edition("method-credentials-handed-over"), TODAY))))
        fine = Image.open(io.BytesIO(draw(card(edition("method-oauth-application"), TODAY))))

        assert never.size == fine.size == (WIDTH, HEIGHT)
        assert colours(never) & {(163, 39, 27)}
        assert not colours(never) & {(27, 102, 64)}
        assert colours(fine) & {(27, 102, 64)}
        assert not colours(fine) & {(163, 39, 27)}

    def test_every_bundled_guide_has_one_in_both_languages(self) -> None:
        seen = set()
        for one in Edition.objects.live().select_related("guide__method", "live__revision"):
            made = draw(card(one, TODAY))
            assert made.startswith(b"\x89PNG")
            seen.add(made)

        assert len(seen) == Edition.objects.live().count()

    def test_many_ask_for_different_ones_at_once(self) -> None:
        cards = [card(one, TODAY) for one in Edition.objects.live().with_text()[:8]]
        draw.cache_clear()

        with ThreadPoolExecutor(len(cards)) as threads:
            at_once = list(threads.map(draw, cards))

        draw.cache_clear()
        assert at_once == [draw(one) for one in cards]

    def test_it_is_drawn_once_whatever_stands_behind_its_address(self, anonymous: Client) -> None:
        draw.cache_clear()

        for query in ("", "?x=1", "?x=2"):
            assert anonymous.get(f"/en/guides/mws/share.png{query}").status_code == 200

        assert draw.cache_info().misses == 1

    def test_the_page_names_it_and_others_may_show_it(self, anonymous: Client) -> None:
        page = anonymous.get("/zh-hans/guides/mws/").content.decode()
        address = re.search(r'og:image" content="https?://[^/"]+(/[^"]+)"', page)
        assert address

        picture = anonymous.get(address[1])

        assert picture.status_code == 200
        assert picture["Content-Type"] == "image/png"
        assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not picture.cookies

    def test_there_is_none_of_what_was_withdrawn(self, anonymous: Client) -> None:
        Edition.objects.filter(guide__slug="about").update(live=None)

        for name in ("share.png", "qr.png"):
            assert anonymous.get(f"/zh-hans/guides/about/{name}").status_code == 404
        assert anonymous.get("/zh-hans/guides/about.md").status_code == 404


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _count, colour in picture.convert("RGB").getcolors(1 << 20) or ()}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("直接给密钥，不是一种授权", ["直接给密钥，\n不是一种授权"]),
        ("一二，三四，五六七八", ["一二，三四，\n五六七八", "一二，\n三四，五六七八"]),
        ("没有标点", []),
        ("Rotate, then wait", ["Rotate,\nthen wait"]),
        ("句末有。", []),
    ],
)
def test_a_title_breaks_after_its_marks_the_most_even_first(title: str, lines: list[str]) -> None:
    assert broken(title) == lines


@pytest.mark.usefixtures("bundled")
class TestTakenAlong:
    def test_the_code_holds_the_lasting_address(self, anonymous: Client, settings: Any) -> None:
        answer = anonymous.get("/en/guides/mws/qr.png")
        expected = io.BytesIO()
        address = f"{settings.SITE_URL}/en/guides/mws/"
        segno.make(address, error="m", micro=False).save(expected, kind="png", scale=6, border=4)

        assert answer["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).tobytes() == (
            Image.open(io.BytesIO(expected.getvalue())).tobytes()
        )

    def test_the_text_is_the_live_one_and_says_what_it_cites(self, anonymous: Client) -> None:
        answer = anonymous.get("/en/guides/clause-2-4.md")

        assert answer["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Robots-Tag"] == "noindex"
        text, _gap, sources = answer.content.decode().rpartition("\n\n")
        assert text + "\n" == (bundle.BUNDLE / "clause-2-4" / "en.md").read_text("utf-8")
        named = re.findall(r"^\[@([\w-]+)\]: .+", sources, re.MULTILINE)
        assert set(named) == set(re.findall(r"(?<!\[)\[@([\w-]+)", text)) - {"own", "site"}

    def test_the_text_is_not_given_in_another_language(self, anonymous: Client) -> None:
        Edition.objects.filter(guide__slug="clause-2-4", language="en").update(live=None)

        assert anonymous.get("/en/guides/clause-2-4.md").status_code == 404
        assert b"clause-2-4.md" not in anonymous.get("/en/guides/clause-2-4/").content
        assert b"clause-2-4.md" in anonymous.get("/zh-hans/guides/clause-2-4/").content

    def test_an_article_is_described_for_machines(self, anonymous: Client) -> None:
        words = described(anonymous.get("/zh-hans/guides/rules-today/").content.decode())

        assert words["@type"] == "Article"
        assert words["headline"] == edition("rules-today").title
        assert words["inLanguage"] == "zh-Hans"
        assert words["url"].endswith("/zh-hans/guides/rules-today/")
        assert words["dateModified"] >= "2026-11-23"

    def test_a_day_is_that_of_the_site(self, anonymous: Client, settings: Any) -> None:
        settings.TIME_ZONE = "Asia/Shanghai"
        late = datetime.datetime(2036, 11, 24, 20, tzinfo=datetime.UTC)
        Publication.objects.filter(edition=edition("rules-today")).update(published_at=late)

        words = described(anonymous.get("/zh-hans/guides/rules-today/").content.decode())

        assert words["dateModified"] == "2036-11-25"

    def test_a_term_is_described_by_its_names(self, anonymous: Client) -> None:
        make_live_edition(make_guide("odd", kind="term"), title="甲", keywords="乙，丙, 丁、乙")

        words = described(anonymous.get("/zh-hans/guides/odd/").content.decode())

        assert (words["@type"], words["name"]) == ("DefinedTerm", "甲")
        assert words["alternateName"] == ["乙", "丙", "丁"]

    def test_no_text_ends_the_element_it_stands_in(self, anonymous: Client) -> None:
        make_live_edition(make_guide("odd"), summary="</script><script>alert(1)")

        page = anonymous.get("/zh-hans/guides/odd/").content.decode()

        assert "<script>alert" not in page
        assert described(page)["description"] == "</script><script>alert(1)"

    def test_a_page_in_the_other_language_describes_the_text_it_shows(
        self, anonymous: Client
    ) -> None:
        Edition.objects.filter(guide__slug="mws", language="en").update(live=None)

        page = anonymous.get("/en/guides/mws/").content.decode()

        assert described(page)["inLanguage"] == "zh-Hans"
        assert '<meta property="og:locale" content="zh_CN">' in page


def described(page: str) -> dict[str, str]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("kind", Guide.Kind)
def test_every_kind_has_a_name_in_chinese(kind: Guide.Kind) -> None:
    with override("zh-hans"):
        assert not Guide(kind=kind).kind_name.isascii()


def test_every_verdict_has_a_drawing() -> None:
    assert set(AuthorizationMethod.Verdict) <= set(ICONS)
