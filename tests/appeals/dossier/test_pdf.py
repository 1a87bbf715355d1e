"""The sheets: what they say, that they are the same bytes, and that others can read them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from appeals.dossier import pdf
from appeals.dossier.inputs import LetterText
from appeals.dossier.pdf import DossierNotMade, MadePdf, make_pdf
from appeals.dossier.typesetting import FONTS
from appeals.rules.facts import AskFacts
from guides import children

from . import example
from .conftest import made
from .example import LONG_NAME, dossier_of, whole_case
from .reading_pdf import LETTER, bookmarks, in_one_line, left_of, pages, together


def test_every_sheet_is_there_in_order(finished: MadePdf) -> None:
    texts = pages(finished.content)

    assert len(texts) == 8
    for number, (text, words) in enumerate(
        zip(
            texts,
            (
                "Answer to the notice of 12 September 2018",
                "To Amazon, in answer to the notice",
                "Example Trading Co., Ltd., 20 September 2018",
                "Example ERP A Technology Co., Ltd.",
                "Eight monthly reports by email",
                "The service was free of charge, as shown in C-3-1.",
                "I confirm this is true and that I will follow the terms.",
                "Originals are in the package exactly as they were received.",
            ),
            strict=True,
        ),
        start=1,
    ):
        assert words in " ".join(text.split())
        assert f"Page {number} of 8" in text
        assert "Prepared with Keyright, independent of Amazon." in text


@pytest.mark.parametrize(
    "sentence",
    [
        "What the notice asks, and where it is answered",
        "How you learned about the third-party services",
        "one sheet for each service, from page 4",
        "A, B with exact months; C approximate",
        "A 2 months; B 3 months; C free of charge",
        "the owner’s confirmation is on page 7",
        "not provided: see page 7",
        "Not asked, also here: Proof that access ended, page 3 (A-7-1, B-7-1, C-7-1).",
        "Exhibits are listed from page 8.",
        "support@erp-a.example",
        "示例物流丙（深圳）有限公司",
        "2018-09-13: all access ended (access removed in Seller Central and the key replaced)",
        "In use: 2017-11 to 2018-06, 8 months.",
        "Asked of Tool B on 14 September 2018, 17 September 2018; not received by 20 September",
        "20 September 2018, 09:40 (UTC+8)",
        "A-5-2_payment_2018-07.pdf",
        "Withdrawn on 2018-09-15. The number is kept and not used again.",
        "sheet on page 5",
    ],
)
def test_it_says(finished: MadePdf, sentence: str) -> None:
    assert "".join(sentence.split()) in together(finished.content)


def test_every_letter_of_the_letter_is_there(finished: MadePdf) -> None:
    whole = together(finished.content)

    for section in example.LETTER:
        for paragraph in section.english.split("\n"):
            assert "".join(paragraph.split()) in whole


def test_the_copy_has_the_same_pages_with_chinese_beside(finished: MadePdf, copy: MadePdf) -> None:
    sent, beside = pages(finished.content), left_of(copy.content, LETTER[0] - 10)

    assert [page.split() for page in beside] == [page.split() for page in sent]
    whole = together(copy.content)
    for section in example.LETTER:
        for paragraph in section.chinese.split("\n"):
            assert "".join(paragraph.split()) in whole
    assert "中文对照，自留。" in whole
    assert "中文对照" not in together(finished.content)


def test_what_is_sent_is_in_english_alone(finished: MadePdf) -> None:
    chinese = set(re.findall(r"[\u4e00-\u9fff]", together(finished.content)))

    assert chinese == set("示例物流丙深圳有限公司")


def test_every_page_is_a_letter_sheet_and_the_copy_a_column_wider(
    finished: MadePdf, copy: MadePdf
) -> None:
    assert {page.get_size() for page in pdfium.PdfDocument(finished.content)} == {LETTER}
    [(width, height)] = {page.get_size() for page in pdfium.PdfDocument(copy.content)}
    assert height == LETTER[1]
    assert round((width - LETTER[0]) / 72 * 25.4) == 104


def test_an_unfinished_one_says_so_on_every_sheet(unfinished: MadePdf) -> None:
    first, *others = pages(unfinished.content)

    assert "UNFINISHED" in first
    assert "Not for sending. 3 things are still open:" in first
    assert all("UNFINISHED, NOT FOR SENDING" in page for page in others)


def test_a_finished_one_nowhere_says_unfinished(finished: MadePdf) -> None:
    assert "unfinished" not in together(finished.content).lower()


def test_bookmarks_lead_through_it(finished: MadePdf) -> None:
    titles = bookmarks(finished.content)

    assert titles[:3] == [
        "What the notice asks, and where it is answered",
        "Letter",
        "How you learned about the third-party services",
    ]
    assert [" ".join(title.split()) for title in titles if title.startswith("C ")] == [
        "C Logistics C 示例物流丙"
    ]
    assert titles[-1] == "Exhibits"


HOSTILE = '#import "x": * *b* $x$ @a <b> `c` = d #sys.inputs // e /* f */ \\ [g] {h} ~ -- ...'


def test_what_people_write_is_never_a_template() -> None:
    letter = (LetterText(1, f"{HOSTILE}\n= Heading\n#set page(width: 1cm)"),)
    provider = replace(example.PROVIDERS[0], name=HOSTILE, legal_name="#eval(1+1)", did=HOSTILE)
    facts = whole_case(
        providers=(provider, *example.PROVIDERS[1:]),
        company="*Ltd.*",
        asks=(AskFacts(8, "$a_b$", date(2018, 9, 14), "B"),),
    )

    content = make_pdf(dossier_of(facts, letter)).content

    whole = together(content)
    plain = "".join(HOSTILE.split())
    assert whole.count(plain) >= 4
    for text in ("=Heading", "#setpage(width:1cm)", "#eval(1+1)", "*Ltd.*", "$a_b$"):
        assert text in whole


def test_rare_and_missing_characters() -> None:
    provider = replace(example.PROVIDERS[0], name="𠮷野屋 龘䶮㐂", legal_name="שלום 한국\u202e")

    result = make_pdf(dossier_of(whole_case(providers=(provider, *example.PROVIDERS[1:]))))

    whole = together(result.content)
    assert "[U+20BB7]野屋龘䶮㐂" in whole
    assert "[U+202E]" in whole
    assert set(result.missing) == {"[U+20BB7]", "[U+D55C]", "[U+AD6D]", "[U+202E]"}


def test_nothing_is_missing_of_an_ordinary_one(finished: MadePdf, copy: MadePdf) -> None:
    assert finished.missing == copy.missing == ()


@pytest.fixture(scope="module")
def large() -> tuple[MadePdf, MadePdf]:
    dossier = dossier_of(example.large_case(services=8, exhibits=200))
    return make_pdf(dossier), make_pdf(dossier, with_chinese=True)


def test_long_names_break_and_stay_whole_when_copied(large: tuple[MadePdf, MadePdf]) -> None:
    whole = together(large[0].content)

    assert "".join(LONG_NAME.split()) in whole
    assert "averyveryverylongmailboxnamewithoutanybreaka@subdomain-of-a-long-host.example" in whole


def test_nothing_runs_off_the_sheet(large: tuple[MadePdf, MadePdf]) -> None:
    _inside(large[0].content)


def _inside(content: bytes) -> None:
    for page in pdfium.PdfDocument(content):
        for found in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = found.get_bounds()
            assert left > 60
            assert right < LETTER[0] - 50
            assert bottom > 30
            assert top < LETTER[1] - 30


def test_words_without_a_place_to_break_stay_in_their_column() -> None:
    wide = "W" * 20
    demands = tuple(replace(one, label=wide, wording="M" * 300) for one in example.DEMANDS)
    papers = tuple(
        replace(one, shown=(*one.shown[:2], ("amount", wide), ("currency", "")), payer=wide * 5)
        for one in example.EVIDENCE
    )
    providers = tuple(replace(one, name=wide * 10, web_site=wide * 10) for one in example.PROVIDERS)
    shown = tuple((name, wide * 3) for name, _value in whole_case().shown)
    facts = whole_case(demands=demands, evidence=papers, providers=providers, shown=shown)

    content = make_pdf(dossier_of(facts, ())).content

    _inside(content)
    assert together(content).count("W" * 20) > 20


def test_a_large_copy_has_the_same_pages_too(large: tuple[MadePdf, MadePdf]) -> None:
    sent, beside = pages(large[0].content), left_of(large[1].content, LETTER[0] - 10)

    assert len(sent) > 30
    assert [page.split() for page in beside] == [page.split() for page in sent]


def test_chinese_that_has_no_room_stands_after_the_last_page() -> None:
    long = "这一段中文写得很长，旁边放不下。" * 200
    letter = (LetterText(1, "Short.", long), *example.LETTER[1:])
    dossier = dossier_of(example.confirmed(whole_case()), letter)

    sent, beside = make_pdf(dossier).content, make_pdf(dossier, with_chinese=True).content

    whole = together(beside)
    assert whole.count("这一段中文写得很长，旁边放不下。") >= 198  # two stand across pages
    assert "旁边放不下的中文" in whole
    assert "接在最后一页之后" in whole
    count = len(pages(sent))
    assert len(pages(beside)) > count
    same = left_of(beside, LETTER[0] - 10)[:count]
    assert [page.split() for page in same] == [page.split() for page in pages(sent)]


def test_a_long_text_is_broken_over_pages_not_cut() -> None:
    paragraph = " ".join(f"word{number}" for number in range(1500))
    provider = replace(example.PROVIDERS[0], did=paragraph, found=paragraph)
    letter = (LetterText(1, paragraph), *example.LETTER[2:])

    content = make_pdf(
        dossier_of(whole_case(providers=(provider, *example.PROVIDERS[1:])), letter)
    ).content

    words = in_one_line(content)
    for number in (0, 700, 1499):
        assert len(re.findall(rf"\bword{number}\b", words)) == 3


@pytest.mark.parametrize("with_chinese", [False, True])
def test_the_same_facts_give_the_same_bytes(
    with_chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made("finished", with_chinese=with_chinese).content
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setattr(
        pdf, "TYPESET", ("env", "TZ=Pacific/Auckland", "SOURCE_DATE_EPOCH=1", *pdf.TYPESET)
    )

    again = make_pdf(example.finished(), with_chinese=with_chinese).content

    assert again == first


def test_fonts_of_the_machine_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font that bears the name of ours, where a system looks for fonts."""
    home = tmp_path / ".local" / "share" / "fonts"
    home.mkdir(parents=True)
    shutil.copy(FONTS / "NotoSansSC-Regular.ttf", home / "LibertinusSerif-Regular.ttf")
    monkeypatch.setattr(pdf, "TYPESET", ("env", f"HOME={tmp_path}", *pdf.TYPESET))

    assert make_pdf(example.finished()).content == made("finished").content


def test_every_font_is_ours_and_embedded(finished: MadePdf) -> None:
    names = set(re.findall(rb"/FontName ?/([A-Z]{6}\+[\w-]+)", finished.content))

    assert names
    assert all(b"Libertinus" in name or b"NotoSansSC" in name for name in names)
    embedded = len(re.findall(rb"/FontFile[23] \d+ 0 R", finished.content))
    assert embedded == len(re.findall(rb"/FontDescriptor\b(?! \d)", finished.content))


@pytest.mark.parametrize("name", ["finished", "unfinished"])
@pytest.mark.parametrize("with_chinese", [False, True])
def test_it_claims_the_standards_and_is_tagged(name: str, with_chinese: bool) -> None:
    content = made(name, with_chinese=with_chinese).content

    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"/MarkInfo" in content
    assert re.search(rb"/Lang ?\(en", content)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf, an independent checker, is not here")
@pytest.mark.parametrize("with_chinese", [False, True])
def test_an_independent_checker_finds_no_fault(with_chinese: bool, tmp_path: Path) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(made("finished", with_chinese=with_chinese).content)

    checked = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_references_of_the_file_lead_where_they_say(finished: MadePdf) -> None:
    """Every entry of the cross-reference table begins the object that it names."""
    content = finished.content
    start = int(content.rsplit(b"startxref", 1)[1].split()[0])
    assert content[start : start + 4] == b"xref"
    first, count = map(int, content[start:].split(b"\n", 2)[1].split())
    lines = content[start:].splitlines()[2 : 2 + count]
    assert len(lines) == count
    for number, line in enumerate(lines, start=first):
        offset, _generation, kind = line.split()
        if kind == b"n":
            assert content[int(offset) :].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        pytest.param({"SECONDS": 0.01}, "too-heavy", id="time"),
        pytest.param({"MEMORY": 1024}, "too-heavy", id="memory"),
        pytest.param({"TYPESET": ("false",)}, "failed", id="it fails"),
        pytest.param({"TYPESET": ("/nowhere",)}, "failed", id="it cannot start"),
    ],
)
def test_what_keeps_it_from_being_made(
    limits: dict[str, object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(pdf, name, value)

    with pytest.raises(DossierNotMade) as refused:
        make_pdf(example.finished())

    assert refused.value.code == code


def test_it_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.05)
    with children.turn(), children.turn(), pytest.raises(DossierNotMade, match="busy"):
        make_pdf(example.finished())


def test_the_child_knows_none_of_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    monkeypatch.setattr(pdf, "TYPESET", ("sh", "-c", 'test -z "$SECRET_KEY" && printf %%PDF'))

    assert make_pdf(example.finished()).content.startswith(b"%PDF")
    assert os.environ["SECRET_KEY"]


def test_the_child_that_sets_type_knows_no_django() -> None:
    """It starts in a fraction of a second, and has nothing that a template could reach."""
    asked = "import sys, appeals.dossier.typesetting; print('django' in sys.modules)"

    printed = subprocess.run(
        [sys.executable, "-c", asked], cwd=children.ROOT, capture_output=True, text=True, check=True
    )

    assert printed.stdout.strip() == "False"
