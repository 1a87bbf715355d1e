"""Long words may break; nothing is added to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.dossier.breaking import LONG_WORD, broken


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param("short words stay whole", ["short words stay whole"], id="short"),
        pytest.param(
            "mail averylongname@subdomain.example.com now",
            ["mail averylon", "gname@", "subdomai", "n.", "example.", "com now"],
            id="an address",
        ),
        pytest.param("x" * 24, ["x" * 8] * 3, id="no place of its own"),
        pytest.param(
            "示例国际供应链管理有限责任公司", ["示例国际供应链管理有限责任公司"], id="Chinese"
        ),
    ],
)
def test_a_long_word_breaks_where_a_reader_would(text: str, pieces: list[str]) -> None:
    assert broken(text) == pieces


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(broken(text)) == text


@given(st.text("abc@.-_/é", min_size=LONG_WORD, max_size=300))
def test_no_piece_is_too_long(text: str) -> None:
    assert all(len(piece) <= 8 for piece in broken(text))
