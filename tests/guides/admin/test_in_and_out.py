"""All texts as one file: out as the same bytes, in as drafts that were shown before."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guides.models import (
    Edition,
    EditorialEvent,
    Guide,
    Publication,
    Revision,
    Source,
    SourceChange,
    User,
)
from guides.publishing import archive
from guides.publishing.facts import METHOD
from guides.publishing.files import BadFile
from tests.conftest import signed_in
from tests.guides.publishing.conftest import draft

from .conftest import staff
from .test_source_changes import of_role

PAGE = "/admin/guides/guide/in-and-out/"
TAKE = f"{PAGE}take/"


def taken(client: Client) -> bytes:
    answer = client.post(TAKE)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def texts(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        return {name: found.read(name) for name in found.namelist()}


def zipped(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


def send(client: Client, packed: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("guides.zip", packed)})


def confirm(client: Client, shown: Any) -> Any:
    plan = shown.context
    sent = {"confirm": plan["kept"], "digest": plan["plan"].digest}
    return client.post(PAGE, sent, follow=True)


def rows() -> list[Any]:
    tables = (Guide, Edition, Revision, Publication, Source, SourceChange, EditorialEvent)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.fixture
def changed(guide: Guide, as_editor: Client) -> dict[str, Any]:
    """What was taken out, with a line more in Chinese, another publisher, and a new guide."""
    files: dict[str, Any] = dict(texts(taken(as_editor)))
    files["a-guide/zh-hans.md"] += "\n又一句[@s1]。\n".encode()
    sources = json.loads(files["sources.json"])
    sources["s1"]["publisher"] = "Amazon"
    files["sources.json"] = json.dumps(sources)
    for name in ("guide.json", "zh-hans.md"):
        files[f"new/{name}"] = files[f"a-guide/{name}"]
    return files


def test_it_goes_out_as_the_same_bytes_and_nothing_is_left_to_bring_in(
    guide: Guide, as_editor: Client
) -> None:
    assert PAGE in as_editor.get("/admin/guides/guide/").content.decode()
    packed = taken(as_editor)

    assert packed == taken(as_editor)
    assert set(texts(packed)) == {
        "a-guide/en.md", "a-guide/guide.json", "a-guide/zh-hans.md", "sources.json",
    }  # fmt: skip
    assert EditorialEvent.objects.filter(kind="exported").count() == 2
    shown = send(as_editor, packed).content.decode()
    assert "4 texts and sources" not in shown
    assert "3 texts and sources are here just so already." in shown
    assert "Bring it in" not in shown


def test_a_plan_is_shown_and_nothing_is_done(changed: dict[str, Any], as_editor: Client) -> None:
    before = rows()

    page = send(as_editor, zipped(changed)).content.decode()

    assert rows() == before
    for words in ("a-guide</a> (简体中文)", "2 lines", "new</span> (简体中文)", "s1</span>"):
        assert words in page


def test_what_was_shown_is_done_as_drafts(
    changed: dict[str, Any], as_editor: Client, editor: User, guide: Guide
) -> None:
    live = list(Publication.objects.values())

    done = confirm(as_editor, send(as_editor, zipped(changed)))

    assert "2 texts are drafts of yours now." in done.content.decode()
    assert list(Publication.objects.values()) == live
    revision = guide.editions.get(language="zh-hans").latest
    assert (revision.number, revision.made_by) == (2, editor)
    assert revision.body.endswith("又一句[@s1]。")
    assert guide.editions.get(language="en").latest.number == 1
    assert Guide.objects.get(slug="new").editions.get().latest.facts["kind"] == "article"
    assert Source.objects.get().publisher == "Amazon"
    event = EditorialEvent.objects.get(kind="imported")
    assert (event.about, event.by, event.details) == ("guides.zip", editor, {"guides": 2})


def test_a_writer_only_proposes_what_the_register_is_to_say(changed: dict[str, Any]) -> None:
    client = signed_in(of_role("writer"))

    confirm(client, send(client, zipped(changed)))

    assert Source.objects.get().publisher == ""
    assert SourceChange.objects.get().state == "waiting"
    assert Guide.objects.filter(slug="new").exists()


def test_what_has_changed_since_is_shown_again(
    changed: dict[str, Any], as_editor: Client, guide: Guide
) -> None:
    shown = send(as_editor, zipped(changed))
    draft(guide, "zh-hans", title="Meanwhile")
    before = rows()

    answer = confirm(as_editor, shown)

    assert answer.status_code == 409
    assert "Something here has changed since." in answer.content.decode()
    assert "goes over draft 2" in answer.content.decode()
    assert rows() == before
    assert confirm(as_editor, answer).status_code == 200
    assert guide.editions.get(language="zh-hans").latest.number == 3


def test_a_file_that_is_kept_no_more_is_asked_for_again(changed: Any, as_editor: Client) -> None:
    answer = as_editor.post(PAGE, {"confirm": "0" * 64, "digest": ""})

    assert answer.status_code == 409
    assert "Send it again" in answer.content.decode()


def test_all_that_stands_in_the_way_is_told_and_nothing_is_done(
    changed: dict[str, Any], as_editor: Client, guide: Guide
) -> None:
    secret = "AKIA" + "IOSFODNN7EXAMPLE" + " " + "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
    changed["new/zh-hans.md"] += f"\n{secret}\n".encode()
    changed["a-guide/guide.json"] = changed["a-guide/guide.json"].replace(b"article", b"term")
    before = rows()

    answer = send(as_editor, zipped(changed))

    assert answer.status_code == 422
    assert "new/zh-hans.md, body: this looks like a secret key." in answer.content.decode()
    assert "a-guide: here this is another kind" in answer.content.decode()
    # What is refused is kept nowhere.
    assert confirm(as_editor, answer).status_code == 409
    assert rows() == before

    changed["new/guide.json"] = "{"
    changed["a-guide/en.md"] = b"\xff"
    answer = send(as_editor, zipped(changed))
    assert answer.status_code == 422
    assert "new/guide.json: not an object of JSON" in answer.content.decode()
    assert "a-guide/en.md: not UTF-8" in answer.content.decode()


def test_no_secret_comes_in_with_facts_or_sources(
    changed: dict[str, Any], as_editor: Client
) -> None:
    secret = "AKIA" + "IOSFODNN7EXAMPLE" + " " + "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
    sources = json.loads(changed["sources.json"])
    sources["s1"]["title"] = {"en": secret}
    changed["sources.json"] = json.dumps(sources)
    facts = json.loads(changed["new/guide.json"])
    changed["new/guide.json"] = json.dumps(facts | {"agreement": {"en": secret}})
    before = rows()

    answer = send(as_editor, zipped(changed))

    assert answer.status_code == 422
    for words in ("sources.json, s1: this looks", "new/guide.json, agreement: this looks"):
        assert words in answer.content.decode()
    assert confirm(as_editor, answer).status_code == 409
    assert rows() == before


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("source_language", []), ("agreement", {"en": "\ud800"}),
        ("method", {name: [] for name in METHOD}), ("method", dict.fromkeys(METHOD, 10**30)),
    ],
)  # fmt: skip
def test_facts_that_no_row_could_hold_are_refused(
    changed: dict[str, Any], as_editor: Client, fact: str, value: Any
) -> None:
    facts = json.loads(changed["new/guide.json"])
    changed["new/guide.json"] = json.dumps(facts | {fact: value})

    assert send(as_editor, zipped(changed)).status_code == 422


def test_a_renamed_guide_is_found_by_its_old_address(
    changed: dict[str, Any], as_editor: Client, editor: User, guide: Guide
) -> None:
    from guides.publishing.renaming import rename

    rename(guide=guide, to="moved", by=editor)
    confirm(as_editor, send(as_editor, zipped(changed)))

    assert set(Guide.objects.values_list("slug", flat=True)) == {"moved", "new"}
    assert guide.editions.get(language="zh-hans").latest.number == 2


# --- Hostile files -------------------------------------------------------------------------


def entry(name: str, mode: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    packed = zipped({"a/guide.json": "{}", "b/guide.json": "[]"})
    return packed.replace(b"b/guide.json", b"a/guide.json")


def packed_otherwise() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a/guide.json", "{}" * 999)
    packed = bytearray(out.getvalue())
    packed[60] ^= 0xFF
    return bytes(packed)


def locked() -> bytes:
    packed = bytearray(zipped({"a/guide.json": "{}"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


@pytest.mark.parametrize(
    "packed",
    [
        b"", b"PK\x03\x04 no", zipped({}), zipped({"readme.txt": "a"}), zipped({"../a/en.md": ""}),
        zipped({"/a/en.md": ""}), zipped({"a/../b/en.md": ""}), zipped({"a\\en.md": ""}),
        zipped({"a/b/c/en.md": "", "x": ""}), entry("a/guide.json", stat.S_IFLNK | 0o777),
        twice(), locked(), packed_otherwise(), zipped({"a/zh-hans.md": b"\0" * (archive.MOST_OF_ONE + 1)}),
        zipped({f"a{number}/en.md": b"\0" * 399_000 for number in range(52)}),
        zipped({f"a{number}/en.md": b"" for number in range(archive.MOST_ENTRIES + 1)}),
        zipped({"a/guide.json": "{}"})[:-30],
    ],
    # Not the bytes: a ZIP holds the time it was made at, and every process collects for itself.
    ids=lambda _packed: "packed",
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused(packed: bytes) -> None:
    with pytest.raises(BadFile):
        archive.unpack(io.BytesIO(packed))


def test_a_folder_around_it_and_what_systems_add_are_passed_over() -> None:
    files: dict[str, bytes | str] = {
        "keyright/a/guide.json": "{}", "keyright/sources.json": "{}", "keyright/.DS_Store": "x",
        "__MACOSX/keyright/._a": "x",
    }  # fmt: skip

    assert archive.unpack(io.BytesIO(zipped(files))) == {
        "a/guide.json": b"{}", "sources.json": b"{}",
    }  # fmt: skip


def test_who_may_only_read_brings_nothing_in(changed: dict[str, Any], owner: User) -> None:
    reader = staff("view_guide")
    packed = zipped(changed)
    before = rows()

    assert send(reader, packed).status_code == 403
    assert reader.post(PAGE, {"confirm": "x"}).status_code == 403
    assert 'type="file"' not in reader.get(PAGE).content.decode()
    for client, status in ((staff("view_source"), 403), (signed_in(owner), 302)):
        assert client.get(PAGE).status_code == status
        assert client.post(TAKE).status_code == status
    assert reader.get(TAKE).status_code == 405
    assert rows() == before
    changer = staff("view_guide", "change_guide")
    words = send(changer, packed).content.decode()
    assert "new: you may not begin guides." in words
    assert "s1: you may not change sources." in words
