"""Nothing on the site lacks its Chinese, and what is compiled is what is written."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest

from config import messages

CATALOGUES = list(messages.catalogues())
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def test_every_language_but_english_has_a_catalogue() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["zh_Hans"]


def test_it_holds_every_string_of_code_and_templates(catalogue: polib.POFile) -> None:
    written = {messages.key(entry) for entry in catalogue if not entry.obsolete}

    assert written == set(messages.all_strings())


def test_nothing_is_missing_or_fuzzy(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue if not messages.is_translated(entry)] == []
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []


def test_a_translation_has_the_holes_of_its_sentence(catalogue: polib.POFile) -> None:
    """A plural's Chinese may do without the number that its singular leaves out."""
    for entry in catalogue:
        wanted = set(HOLES.findall(entry.msgid_plural or entry.msgid))
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(HOLES.findall(text)) == wanted, entry.msgid


def test_what_is_compiled_is_what_is_written(path: Path, catalogue: polib.POFile) -> None:
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(catalogue), "make messages"


def test_strings_are_marked_by_names_that_are_looked_for() -> None:
    """Under another name a function translates what no catalogue holds."""
    faults = [
        f"{path.name}: {name}"
        for path in messages.files()
        if path.suffix == ".py"
        for name in names_of_gettext(path)
        if name not in messages.KEYWORDS
    ]

    assert faults == []


def names_of_gettext(path: Path) -> list[str]:
    return [
        alias.asname or alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    ]


def test_no_string_stands_inside_a_formatted_one() -> None:
    """There the collector does not look, and the page would be English in every language."""
    faults = [
        f"{path.name}:{line}"
        for path in messages.files()
        if path.suffix == ".py"
        for line in lines_of_hidden_strings(path.read_text("utf-8"))
    ]

    assert faults == []
    assert lines_of_hidden_strings("a = 1\nf'<b>{escape(gettext(\"Hidden\"))}</b>'") == [2]


def lines_of_hidden_strings(source: str) -> list[int]:
    return [
        call.lineno
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in messages.KEYWORDS
    ]


def test_strings_are_found_in_every_form(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        '    {% translate "Plain" %}\n'
        '  {% translate "Save" context "button" as save %}\n'
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} day\n{% plural %}\n  {{ n }} days\n"
        '{% endblocktranslate %}{{ _("Filter")|upper }}'
    )

    assert set(messages.strings(template)) == {
        ("", "Plain", ""),
        ("button", "Save", ""),
        ("", "%(n)s day", "%(n)s days"),
        ("", "Filter", ""),
    }
