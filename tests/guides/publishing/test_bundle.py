"""The bundled content in and out."""

from __future__ import annotations

import datetime
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guides.models import (
    Edition,
    EditorialEvent,
    Guide,
    Publication,
    Revision,
    Source,
    SourceChange,
)
from guides.publishing import bundle, digests_of, mark_checked, publish, save_draft, withdraw
from guides.publishing.files import BadFile, read_edition, write_edition
from guides.rendering import behind


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three bundled guides that link to nothing else, and the register, to be changed at will."""
    copy = tmp_path / "content"
    copy.mkdir()
    shutil.copy(bundle.BUNDLE / "sources.json", copy)
    (copy / "a-guide").mkdir()
    (copy / "a-guide" / "guide.json").write_text(
        '{"kind": "article", "position": 1, "standing": "current", "is_reported": false, '
        '"valid_from": null, "valid_to": null, "successor": null, "reference": "", '
        '"agreement": null, "checked_on": "2026-11-23", "review_by": "2027-02-21", '
        '"related": [], "source_language": "zh-hans", "method": null}'
    )
    write_text(copy, "zh-hans", "标题", "## 部分 {#part}\n\n一句话[@s31]。")
    write_text(copy, "en", "Title", "## Part {#part}\n\nOne sentence.[@s31]")
    return copy


def write_text(folder: Path, language: str, title: str, body: str) -> None:
    text = {"title": title, "card": title, "summary": title, "keywords": title, "body": body}
    (folder / "a-guide" / f"{language}.md").write_text(write_edition(text))


def edit(language: str, **changes: Any) -> Revision:
    edition = Edition.objects.get(guide__slug="a-guide", language=language)
    revision = save_draft(
        guide=edition.guide,
        language=language,
        by=None,
        text=edition.latest.text() | changes,
        made_from=edition.latest.number,
        note="Why",
    )
    publish([revision], by=None)
    return revision


@pytest.mark.django_db
def test_all_of_it_comes_out_as_the_same_bytes(tmp_path: Path) -> None:
    bundle.load()
    call_command("export_guides", str(tmp_path), stdout=io.StringIO())

    wanted = {
        path.relative_to(bundle.BUNDLE): path.read_bytes()
        for path in bundle.BUNDLE.rglob("*")
        if path.is_file()
    }
    found = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert found == wanted


@pytest.mark.django_db
def test_loading_again_costs_one_query(folder: Path, django_assert_num_queries: Any) -> None:
    bundle.load(folder)

    with django_assert_num_queries(1):
        report = bundle.load(folder)

    assert report == bundle.Loaded()


@pytest.mark.django_db
def test_the_release_publishes_without_a_person(folder: Path) -> None:
    bundle.load(folder)

    assert {one.published_by for one in Publication.objects.all()} == {None}
    assert Guide.objects.get(slug="a-guide").checked_by is None


@pytest.mark.django_db
def test_a_new_release_replaces_what_nobody_edited(folder: Path) -> None:
    bundle.load(folder)
    write_text(folder, "zh-hans", "新标题", "## 部分 {#part}\n\n一句话[@s31]。")

    report = bundle.load(folder)

    assert report.published == ["a-guide zh-hans"]
    assert Edition.objects.get(language="zh-hans").title == "新标题"


@pytest.mark.django_db
def test_an_edited_edition_is_left_alone_and_reported(folder: Path) -> None:
    bundle.load(folder)
    edit("zh-hans", title="我们的标题")
    write_text(folder, "zh-hans", "新标题", "## 部分 {#part}\n\n一句话[@s31]。")
    write_text(folder, "en", "New title", "## Part {#part}\n\nOne sentence.[@s31]")

    report = bundle.load(folder)

    assert report.left_alone == ["a-guide zh-hans"]
    assert report.published == ["a-guide en"]
    assert Edition.objects.get(language="zh-hans").title == "我们的标题"


@pytest.mark.django_db
def test_edited_facts_are_left_alone(folder: Path) -> None:
    bundle.load(folder)
    edition = Edition.objects.get(language="zh-hans")
    facts = edition.latest.facts | {"position": 9}
    revision = save_draft(
        guide=edition.guide, language="zh-hans", by=None, text=edition.latest.text(),
        facts=facts, made_from=1, note="Why",
    )  # fmt: skip
    publish([revision], by=None)
    path = folder / "a-guide" / "guide.json"
    path.write_text(path.read_text().replace('"position": 1', '"position": 3'))

    report = bundle.load(folder)

    assert "a-guide facts" in report.left_alone
    assert Guide.objects.get(slug="a-guide").position == 9


@pytest.mark.django_db
def test_being_checked_is_not_being_edited(folder: Path, editor: Any) -> None:
    bundle.load(folder)
    guide = Guide.objects.get(slug="a-guide")
    mark_checked(guide=guide, by=editor, on=datetime.date(2026, 12, 24))
    path = folder / "a-guide" / "guide.json"
    path.write_text(path.read_text().replace('"position": 1', '"position": 3'))

    report = bundle.load(folder)

    guide.refresh_from_db()
    assert report.left_alone == []
    assert guide.position == 3
    assert (guide.checked_on, guide.checked_by) == (datetime.date(2026, 12, 24), editor)


@pytest.mark.django_db
def test_a_new_text_keeps_the_check_that_was_made_here(folder: Path, editor: Any) -> None:
    bundle.load(folder)
    guide = Guide.objects.get(slug="a-guide")
    mark_checked(guide=guide, by=editor, on=datetime.date(2026, 12, 24))
    write_text(folder, "zh-hans", "新标题", "## 部分 {#part}\n\n一句话[@s31]。")

    bundle.load(folder)

    guide.refresh_from_db()
    assert (guide.checked_on, guide.checked_by) == (datetime.date(2026, 12, 24), editor)


@pytest.mark.django_db
def test_facts_wait_for_the_text_they_go_live_with(folder: Path) -> None:
    bundle.load(folder)
    edit("zh-hans", title="我们的标题")
    path = folder / "a-guide" / "guide.json"
    path.write_text(path.read_text().replace('"position": 1', '"position": 3'))

    reports = [bundle.load(folder), bundle.load(folder)]

    # The second load says it again: what was not loaded does not count as loaded.
    assert [one.left_alone for one in reports] == [["a-guide facts", "a-guide zh-hans"]] * 2
    assert Guide.objects.get(slug="a-guide").position == 1


@pytest.mark.django_db
def test_a_draft_of_facts_does_not_go_live_with_the_release(folder: Path, editor: Any) -> None:
    bundle.load(folder)
    edition = Edition.objects.get(language="zh-hans")
    save_draft(
        guide=edition.guide, language="zh-hans", by=editor, text=edition.latest.text(),
        facts=edition.latest.facts | {"position": 9}, made_from=1,
    )  # fmt: skip
    write_text(folder, "zh-hans", "新标题", "## 部分 {#part}\n\n一句话[@s31]。")

    report = bundle.load(folder)

    assert report.left_alone == ["a-guide zh-hans"]
    assert Guide.objects.get(slug="a-guide").position == 1


@pytest.mark.django_db
def test_what_was_withdrawn_here_stays_withdrawn(folder: Path, editor: Any) -> None:
    bundle.load(folder)
    withdraw(edition=Edition.objects.get(language="en"), by=editor, because="Wrong")
    write_text(folder, "en", "New title", "## Part {#part}\n\nOne sentence.[@s31]")

    report = bundle.load(folder)

    assert report.left_alone == ["a-guide en"]
    assert Edition.objects.get(language="en").live is None


@pytest.mark.django_db
def test_a_translation_is_measured_by_the_source_it_was_made_from(folder: Path) -> None:
    bundle.load(folder)
    ours = edit("zh-hans", title="我们的标题")
    write_text(folder, "en", "New title", "## Part {#part}\n\nOne sentence.[@s31]")

    bundle.load(folder)

    latest = Edition.objects.get(language="en").latest
    assert behind(latest.source_digests, digests_of(ours)) == 1  # the title


@pytest.mark.django_db
def test_an_edited_source_is_left_alone(folder: Path) -> None:
    bundle.load(folder)
    Source.objects.filter(key="s31").update(address="https://example.com/new")
    path = folder / "sources.json"
    path.write_text(path.read_text().replace('"official"', '"mirror"'))

    report = bundle.load(folder)

    assert "source s31" in report.left_alone
    assert Source.objects.get(key="s31").grade == "official"


@pytest.mark.django_db
def test_a_text_that_cannot_go_live_leaves_all_as_it_was(folder: Path) -> None:
    write_text(folder, "en", "Title", "## Part {#part}\n\nNo source at all.")

    with pytest.raises(Exception, match="a-guide en body 3"):
        call_command("load_guides", str(folder))

    assert not Guide.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_checking_sets_day_person_and_next_review(folder: Path, editor: Any) -> None:
    bundle.load(folder)
    guide = Guide.objects.get(slug="a-guide")

    mark_checked(guide=guide, by=editor, on=datetime.date(2026, 12, 1))

    guide.refresh_from_db()
    assert guide.review_by == datetime.date(2027, 3, 1)
    assert EditorialEvent.objects.first().kind == "checked"


@pytest.mark.django_db
def test_a_folder_or_file_that_is_wrong_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "a-guide" / "en.md").write_text("title: Title\n\nbody\n")

    with pytest.raises(CommandError, match=r"a-guide/en\.md: no card"):
        call_command("load_guides", str(folder))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_guides", str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("title: A\nbody", "no empty line", id="no body"),
        pytest.param("title: A\ncolour: b\n\nbody\n", "not a header line", id="unknown header"),
        pytest.param("title: A\n\nbody\n", "no card", id="header lines missing"),
    ],
)
def test_a_file_in_another_form_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        read_edition(text)


# --- Before it is done ---------------------------------------------------------------------


def planned(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_guides", str(folder), "--plan", stdout=out)
    return out.getvalue()


def rows() -> list[Any]:
    tables = (Guide, Edition, Revision, Publication, Source, EditorialEvent, SourceChange)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.django_db
def test_a_plan_says_what_loading_would_do_and_does_nothing(folder: Path) -> None:
    before = rows()
    assert "new a-guide zh-hans: 8 lines\n" in planned(folder)
    assert rows() == before

    bundle.load(folder)
    edit("en", title="Our title")
    write_text(folder, "zh-hans", "新标题", "## 部分 {#part}\n\n一句话[@s31]。\n\n又一句[@s31]。")
    write_text(folder, "en", "New title", "## Part {#part}\n\nOne sentence.[@s31]")
    before = rows()
    said = planned(folder)

    assert "changed a-guide zh-hans: 6 lines\n" in said
    assert "left alone, edited here: a-guide en\n" in said
    assert "unchanged: " in said
    assert rows() == before


@pytest.mark.django_db
def test_a_plan_gives_every_reason_against_it(folder: Path) -> None:
    write_text(folder, "zh-hans", "标题", "## 部分 {#part}\n\n没有来源。\n\n[[nowhere]][@s31]。")
    errors = io.StringIO()

    with pytest.raises(CommandError, match="Nothing of this"):
        call_command("load_guides", str(folder), "--plan", stderr=errors, stdout=io.StringIO())

    assert errors.getvalue().count("refused: a-guide zh-hans body") == 2
    assert not Guide.objects.exists()


@pytest.mark.django_db
def test_everything_wrong_in_the_files_is_named_at_once(folder: Path) -> None:
    (folder / "a-guide" / "en.md").write_bytes(b"\xff")
    (folder / "a-guide" / "fr.md").write_text("title: A\ncard: A\nsummary: A\n\nB\n")
    (folder / "a-guide" / "guide.json").write_text("{}")
    (folder / "sources.json").write_text('{"S 1": {}}')

    with pytest.raises(CommandError) as refused:
        call_command("load_guides", str(folder))

    for words in ("en.md: not UTF-8", "fr.md: this site has no such", "guide.json: no kind",
                  "sources.json: S 1: a key", "sources.json: S 1: needs title"):  # fmt: skip
        assert words in str(refused.value)
    assert not Guide.objects.exists()


@pytest.mark.django_db
def test_with_four_eyes_another_folder_only_proposes(folder: Path, settings: Any) -> None:
    settings.EDITORIAL_FOUR_EYES = True
    assert "would wait for a reviewer: a-guide en" in planned(folder)

    out = io.StringIO()
    call_command("load_guides", str(folder), stdout=out)

    assert "waiting for a reviewer, since four eyes are wanted: a-guide en" in out.getvalue()
    assert not Publication.objects.exists()
    assert not Source.objects.exists()
    assert set(Revision.objects.values_list("edition__language", flat=True)) == {"zh-hans", "en"}
    assert SourceChange.objects.filter(state="waiting", before__isnull=True).count() > 3
    again = bundle.load(folder)
    assert (again.published, again.proposed) == ([], [])


@pytest.mark.parametrize(
    "changes",
    [
        {"keywords": "", "when": "", "sort": ""},
        {"title": "  with spaces  ", "summary": "a: b", "card": ": "},
        {"body": ""}, {"body": "a\n\n\nb  \n\n"}, {"body": "\ntitle: not one\n"},
        {"body": "a\rb\u2028c\x85\t"}, {"sort": "shou quan", "when": "Whoever"},
    ],
)  # fmt: skip
def test_whatever_was_written_comes_back_as_it_was(changes: dict[str, str]) -> None:
    text = dict.fromkeys(Revision.TEXT_FIELDS, "x") | {"when": "", "sort": ""} | changes

    assert read_edition(write_edition(text)) == text


@pytest.mark.django_db
def test_what_was_edited_here_goes_out_and_comes_in_as_the_same_bytes(
    folder: Path, tmp_path: Path
) -> None:
    bundle.load(folder)
    edit("zh-hans", title=" 我们的 ", keywords="", body="## 部分 {#part}\n\n一句话[@s31]。  \n\n\n")
    edit("en", body="## Part {#part}\n\nOne sentence.[@s31]  \n\n\n")
    bundle.export(tmp_path / "a")
    bundle.load(tmp_path / "a")
    bundle.export(tmp_path / "b")

    for path in sorted((tmp_path / "a").rglob("*.*")):
        again = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert again.read_bytes() == path.read_bytes(), path
    windows = (tmp_path / "a" / "a-guide" / "en.md").read_bytes().replace(b"\n", b"\r\n")
    (tmp_path / "a" / "a-guide" / "en.md").write_bytes(b"\xef\xbb\xbf" + windows)
    assert bundle.read_guides(tmp_path / "a") == bundle.read_guides(tmp_path / "b")
