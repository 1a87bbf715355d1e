"""Secrets are found and harmless texts pass: two tables, each row for a reason of its own."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from guides.credentials import Found, Kind, find

from .drawn import (
    BASE64,
    DASHES,
    LWA_ID,
    MWS,
    OTHER_SECRET,
    PASS,
    SECRET,
    drawn,
    split,
    wide,
)
from .harmless_papers import PAPERS
from .harmless_texts import HARMLESS as TEXTS
from .secret_texts import SECRETS

HARMLESS = [*TEXTS, *PAPERS]


@pytest.mark.parametrize(
    ("text", "kind"), [pytest.param(text, kind, id=reason) for reason, text, kind in SECRETS]
)
def test_it_finds_a_secret(text: str, kind: Kind) -> None:
    found = find(text)

    assert kind in {each.kind for each in found}


@pytest.mark.parametrize("text", [pytest.param(text, id=reason) for reason, text in HARMLESS])
def test_it_lets_a_harmless_text_pass(text: str) -> None:
    assert find(text) == ()


def test_the_tables_are_as_long_as_promised() -> None:
    assert len({reason for reason, _, _ in SECRETS}) == len(SECRETS) >= 80
    assert len({reason for reason, _ in HARMLESS}) == len(HARMLESS) >= 300


def test_every_kind_has_a_row() -> None:
    assert {kind for _, _, kind in SECRETS} == set(Kind)


def test_it_says_where_and_never_what() -> None:
    text = f"前面的话 {SECRET} 后面的话"

    (found,) = find(text)

    assert found == Found(Kind.AWS_SECRET_KEY, 5, 45)
    assert text[found.start : found.end] == SECRET
    assert SECRET not in repr(found)


def test_places_are_those_of_the_original_text() -> None:
    hidden = "\u200b".join(wide(SECRET))

    (found,) = find(f"密\u200b钥 {hidden}。")

    assert f"密\u200b钥 {hidden}。"[found.start : found.end] == hidden


def test_a_broken_secret_is_found_as_one_whole() -> None:
    text = f"key {split(SECRET, 10)} was sent"

    (found,) = find(text)

    assert text[found.start : found.end] == split(SECRET, 10)


def test_several_are_found_in_order_and_apart() -> None:
    text = f"密码：{PASS}\n{MWS}\n{'一段话。' * 100}{OTHER_SECRET}"

    found = find(text)

    assert [each.kind for each in found] == [Kind.PASSWORD, Kind.MWS_TOKEN, Kind.AWS_SECRET_KEY]
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_surer_kind_wins_over_the_label() -> None:
    found = find(f"令牌：{MWS}")

    assert [each.kind for each in found] == [Kind.MWS_TOKEN]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 10, 13, 20, 40])
def test_nearly_every_secret_key_is_found_however_it_is_broken(size: int) -> None:
    missed = sum(not find(split(drawn(40, BASE64, f"{size}-{each}"), size)) for each in range(300))

    assert missed <= 9


@pytest.mark.parametrize(
    "piece",
    ["a ", "密码：", "token ", "Atza|", "eyJ", "B0 ", "://a:", "password:a.b.", "password:a-", "-" * 5,
     f"{DASHES}BEGIN PRIVATE " + f"KEY{DASHES}", "a" * 39 + " ", f"{LWA_ID} ", f"{SECRET} ", "密码("],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        find(text)
        return time.process_time() - started

    small = max(min(seconds(10_000) for _ in range(2)), 0.002)
    large = min(seconds(80_000) for _ in range(2))

    assert large < 24 * small
