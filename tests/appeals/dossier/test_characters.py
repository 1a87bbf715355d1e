"""Characters that no font has are named, and what is said to be there is there."""

from __future__ import annotations

import pytest
import typst

from appeals.dossier.characters import Naming, fonts
from appeals.dossier.typesetting import FONTS


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        pytest.param("ERP A, 示例", "ERP A, 示例", (), id="both fonts"),
        pytest.param("龘䶮㐂", "龘䶮㐂", (), id="rare and there"),
        pytest.param("𠮷野", "[U+20BB7]野", ("[U+20BB7]",), id="rare and not there"),
        pytest.param("a\u202eb", "a[U+202E]b", ("[U+202E]",), id="turns the direction"),
        pytest.param("a\u200bb", "a[U+200B]b", ("[U+200B]",), id="no width"),
        pytest.param("a\u00adb", "a[U+00AD]b", ("[U+00AD]",), id="soft hyphen"),
        pytest.param("a\u0000b", "a[U+0000]b", ("[U+0000]",), id="nothing"),
        pytest.param("é", "é", (), id="a letter with its accent"),
        pytest.param("e\u0301", "e\u0301", (), id="a letter and an accent"),
        pytest.param("中\u0308", "中[U+0308]", ("[U+0308]",), id="an accent of another font"),
        pytest.param("“\u0301", "“[U+0301]", ("[U+0301]",), id="an accent on a quotation mark"),
        pytest.param("\u0301", "[U+0301]", ("[U+0301]",), id="an accent on nothing"),
        pytest.param(
            "ก\u0301", "[U+0E01][U+0301]", ("[U+0301]", "[U+0E01]"), id="an accent on what is named"
        ),
        pytest.param("😀😀", "[U+1F600][U+1F600]", ("[U+1F600]",), id="named once"),
        pytest.param("ع", "[U+0639]", ("[U+0639]",), id="Arabic"),
        pytest.param("\ue000", "[U+E000]", ("[U+E000]",), id="private use"),
    ],
)
def test_what_cannot_be_shown_is_named(text: str, printed: str, missing: tuple[str, ...]) -> None:
    naming = Naming()

    assert naming.printable(text) == printed
    assert naming.report() == missing


def set_in_type(text: str, style: str) -> None:
    """Raises TypstError where a character has no shape in any of our fonts."""
    source = (
        '#set document(title: "t")\n#set text(font: ("Libertinus Serif", "Noto Sans SC"), '
        f"fallback: false, size: 4pt, {style})\n= x\n#sys.inputs.text"
    )
    typst.compile(
        source.encode(),
        sys_inputs={"text": text},
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
        pdf_standards=["ua-1", "a-2a"],
    )


@pytest.mark.parametrize("style", ["weight: 400", "weight: 600", 'style: "italic"'])
def test_every_face_has_what_is_said_to_be_there(style: str) -> None:
    latin, chinese = fonts()
    naming = Naming()
    # Apart, or they would join; a mark stands on a letter of its own font.
    text = " ".join(
        f"a{each}" if naming.printable(each) != each and each in latin else each
        for each in sorted(latin | chinese)
        if naming.printable(each) == each or naming.printable(f"a{each}") == f"a{each}"
    )

    set_in_type(text, style)


@pytest.mark.parametrize("missing", "𠮷ع😀ก한")
def test_what_is_said_to_be_missing_is_missing(missing: str) -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        set_in_type(missing, "weight: 400")
