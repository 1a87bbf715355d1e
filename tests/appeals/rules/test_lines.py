"""A notice line by line: numbers, words, guesses, and lines that move."""

from __future__ import annotations

import pytest

from appeals.rules.facts import Rule
from appeals.rules.lines import gives_deadline, guess, lines_of, moved, says_unasked

NOTICE = """Your account has been deactivated.

To review this, we need:
1. Each third-party service that had access, with its main contact.
2. What each service did, and copies of what it sent you.
"""


def one(text):
    (line,) = lines_of(text)
    return line


def test_lines_without_text_have_no_number():
    assert [(line.number, line.text[:8]) for line in lines_of(NOTICE)] == [
        (1, "Your acc"),
        (2, "To revie"),
        (3, "1. Each "),
        (4, "2. What "),
    ]
    assert lines_of(" \n\r\n ") == ()


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("4. Payment records", "4.", "Payment records"),
        ("(4) Payment", "(4)", "Payment"),
        ("4) Payment", "4)", "Payment"),
        ("4.2 Payment", "4.2", "Payment"),
        ("四、付款材料", "四、", "付款材料"),
        ("4、付款材料", "4、", "付款材料"),
        ("（2）付款材料", "（2）", "付款材料"),
        ("iv. Payment", "iv.", "Payment"),
        ("b) Payment", "b)", "Payment"),
        ("• Payment", "", "Payment"),
        ("- Payment", "", "Payment"),
        ("A service that had access", "", "A service that had access"),
        ("2018-09-12 was the day", "", "2018-09-12 was the day"),
        ("Payment records", "", "Payment records"),
        ("1.", "", "1."),
    ],
)
def test_a_number_is_told_from_the_words(text, label, words):
    assert (one(text).label, one(text).words) == (label, words)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("How you learned of the service", Rule.LEARNED),
        ("How you became aware of each service.", Rule.LEARNED),
        ("You do not need to explain how you found the services.", Rule.LEARNED),
        ("Each third-party service that had access, with its main contact.", Rule.CONTACTS),
        ("What each service did, and copies of what it sent you.", Rule.DESCRIBED),
        ("The months and years in which you used it.", Rule.USED),
        ("Payment records for no fewer than two months for each service.", Rule.PAID),
        ("Proof that each service no longer has access.", Rule.ENDED),
        ("Your confirmation that you will follow the terms.", Rule.CONFIRMED),
        ("每个服务至少两个月的付款材料", Rule.PAID),
        ("您是如何知道该服务的", Rule.LEARNED),
        ("Thank you for your message.", None),
    ],
)
def test_it_guesses_what_is_asked(text, rule):
    assert guess(one(text)) is rule


def test_it_sees_what_is_not_asked_and_when_it_is_due():
    assert says_unasked(one("You do not need to explain how you found the services."))
    assert not says_unasked(one("Explain how you found the services."))
    assert gives_deadline(one("Please submit this by November 27, 2026, 22:59 PST."))
    assert gives_deadline(one("请在 17 天内提交。"))
    assert not gives_deadline(one("Proof of payment by each service."))


def test_a_line_put_in_moves_the_ones_after_it():
    after = NOTICE.replace("To review", "Dear seller,\nTo review")

    assert moved(NOTICE, after) == {1: 1, 2: 3, 3: 4, 4: 5}


def test_a_corrected_line_keeps_its_place():
    assert moved(NOTICE, NOTICE.replace("main contact", "main contacts"))[3] == 3


def test_a_line_that_is_gone_has_none():
    assert moved(
        NOTICE,
        NOTICE.replace("1. Each third-party service that had access, with its main contact.\n", ""),
    ) == {
        1: 1,
        2: 2,
        4: 3,
    }
    assert moved("Thank you for this.", "Proof of payment") == {}
