"""Hostile texts are refused by their bound, or shown as text that runs nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

from .hostile import INPUTS

# Far beyond what all of them take together: it only keeps a hanging one from hanging the tests.
KILL_AFTER = 120

ATTRIBUTES = {
    "a": {"class", "href", "hreflang", "rel", "lang"},
    "div": {"class", "id"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"type", "name", "value", "form"},
    "li": {"id"},
    "ol": {"class", "start"},
    "span": {"class", "lang"},
    "td": {"data-label"},
    "th": {"scope"},
    **{tag: {"class"} for tag in ("details", "p", "ul")},
    **{
        tag: set()
        for tag in [
            "blockquote",
            "code",
            "figcaption",
            "label",
            "strong",
            "summary",
            "table",
            "tbody",
            "thead",
            "tr",
        ]
    },
}


class Checker(HTMLParser):
    """Collects whatever a browser could be made to run or to fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ATTRIBUTES:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.found.append(f"{tag} {name}")
            if name == "href" and not re.fullmatch(
                r"https://[a-z].*|/[a-z].*|#[a-z].*", value or ""
            ):
                self.found.append(f"href {value}")
            if name == "src" and not re.fullmatch(r"/pictures/[0-9a-f-]{36}/", value or ""):
                self.found.append(f"src {value}")
            if name == "id" and not re.fullmatch(r"(note|do)-[a-z0-9-]+", value or ""):
                self.found.append(f"id {value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What a process of its own made of all inputs: a pattern that hangs cannot be interrupted."""
    child = [sys.executable, "-m", "tests.guides.rendering.hostile"]
    done = subprocess.run(child, capture_output=True, text=True, timeout=KILL_AFTER, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (seconds, codes, html) for name, seconds, codes, html in lines}


def test_there_are_many_and_each_has_a_name() -> None:
    names = [name for name, _body, _wanted in INPUTS]

    assert len(names) == len(set(names)) >= 80


@pytest.mark.parametrize(
    ("name", "wanted"), [pytest.param(name, wanted, id=name) for name, _body, wanted in INPUTS]
)
def test_it_is_refused_or_runs_nothing(name: str, wanted: str, results: dict[str, Any]) -> None:
    seconds, codes, html = results[name]
    checker = Checker()
    checker.feed(html)

    if wanted:
        assert wanted in codes
    else:
        assert codes == []
        assert html
    assert checker.found == []
    assert seconds < KILL_AFTER / 4


def test_the_checker_finds_what_it_looks_for() -> None:
    checker = Checker()

    checker.feed(
        '<script>x</script><a href="//x.example" onclick="x">y</a><p id="location">z</p><!-- c -->'
    )

    assert checker.found == [
        "<script>", "href //x.example", "a onclick", "p id", "id location", "comment  c ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<script>x</script>", id="script"),
        pytest.param('<a href="javascript:x">y</a>', id="javascript"),
        pytest.param('<a href="//x.example">y</a>', id="another host without a scheme"),
        pytest.param('<a href="/\\x.example">y</a>', id="another host behind a backslash"),
        pytest.param('<a href="http://x.example">y</a>', id="no encryption"),
        pytest.param('<p id="location">y</p>', id="an id that is in the way"),
        pytest.param('<div id="location">y</div>', id="an id that is in the way, of a note"),
        pytest.param('<input type="password" name="x" form="y">', id="another field"),
        pytest.param('<a class="ref" style="x" target="y">z</a>', id="style and target"),
        pytest.param('<img src="https://x.example/x.png">', id="a picture of another host"),
        pytest.param('<img src="//x.example/x.png">', id="a picture without a scheme"),
        pytest.param('<img src="data:image/svg+xml,x">', id="a picture in its address"),
        pytest.param('<img src="/pictures/../admin/">', id="a picture from elsewhere on the site"),
        pytest.param('<img src="/pictures/x/" onerror="x" srcset="y">', id="a picture that runs"),
    ],
)
def test_the_last_gate_holds_alone(html: str) -> None:
    from guides.rendering.sanitizing import _cleaner

    checker = Checker()
    checker.feed(_cleaner.clean(html))

    assert checker.found == []
    assert "password" not in _cleaner.clean(html)
