"""The letter's pages: sections, records, checks, saving, history, plain text."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from appeals import actions
from appeals.letter.checks import Check, Code
from appeals.models import Case, Explanation, LetterRevision, LetterSection, Provider

from .conftest import address

pytestmark = pytest.mark.django_db
# Looks like a secret key, and opens nothing.
KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
JSON = {"headers": {"accept": "application/json"}}


def sent(english: str = "", chinese: str = "", **versions: int) -> dict[str, Any]:
    known = {"english_version": 0, "chinese_version": 0} | versions
    return {"english": english, "chinese": chinese} | known


def write(case: Case, demand: int, english: str, chinese: str = "") -> None:
    actions.letters.save(
        case,
        by=case.owner,
        demand=demand,
        texts={"en": english, "zh-hans": chinese},
        versions=versions(case, demand),
    )


def versions(case: Case, demand: int) -> dict[str, int]:
    there = LetterSection.objects.filter(demand__case=case, demand__ordinal=demand)
    return {"en": 0, "zh-hans": 0} | {one.language: one.version for one in there}


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


class TestPage:
    def test_it_has_a_section_for_each_thing_asked_in_the_notice_s_order(
        self, as_owner: Client, case: Case
    ) -> None:
        case.demands.filter(ordinal=5).update(position=0, label="1.")
        case.demands.filter(ordinal=3).update(standing="left-out", line=1)

        answer = as_owner.get(address("letter", case))

        assert [one.ordinal for one in answer.context["page"].sections] == [5, 1, 2, 4, 6]

    def test_it_shows_what_is_written_with_the_records_shaded(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        write(case, 4, "I used ERP 甲 from March to August 2018.\n\nThen I <stopped>.", "用过。")

        html = as_owner.get(address("letter", case)).content.decode()

        assert '<span class="record">ERP 甲</span> from' in html
        assert '<span class="record">March to August 2018</span>' in html
        assert "Then I &lt;stopped&gt;." in html
        assert "<p>用过。</p>" in html

    def test_its_tables_are_those_of_the_records(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        html = page(as_owner, address("letter", case))

        assert "2018-03 to 2018-08" in html
        assert "help@example.com" in html
        assert f'href="{address("provider-detail", case, "A")}#demand-4"' in html
        assert '<th scope="col">Page</th>' not in html

    def test_a_record_in_chinese_is_sent_in_english_words(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        html = page(as_owner, address("letter", case).replace("/en/", "/zh-hans/"))

        assert "Months of use" in html
        assert "4. Months and years in which each service was used" in html

    def test_one_section_is_open_for_writing(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "Words.")

        answer = as_owner.get(address("letter", case) + "?section=3")

        html = answer.content.decode()
        assert html.count("data-autosave") == 1
        assert html.count("<textarea") == 2
        assert 'name="english_version" value="1"' in html
        assert 'name="chinese_version" value="0"' in html
        assert f'action="{address("letter-section", case, 3)}"' in html

    @pytest.mark.parametrize("section", ["", "99", "7", "x", "²", "9" * 5000])
    def test_no_section_is_opened_for_nonsense(
        self, as_owner: Client, case: Case, section: str
    ) -> None:
        assert "<textarea" not in page(as_owner, address("letter", case) + f"?section={section}")

    def test_it_counts_what_is_written(self, as_owner: Client, case: Case) -> None:
        write(case, 1, "I was told.")

        assert "1 of 5 sections written" in page(as_owner, address("letter", case))
        assert "1 of 5 sections written" in page(as_owner, case.get_absolute_url())

    def test_the_overview_says_when_nothing_is_written(self, as_owner: Client, case: Case) -> None:
        assert "Nothing written yet" in page(as_owner, case.get_absolute_url())

    def test_it_costs_no_query_more_than_the_overview(
        self,
        as_owner: Client,
        case: Case,
        provider: Provider,
        django_assert_max_num_queries: Any,
    ) -> None:
        for ordinal in range(1, 7):
            write(case, ordinal, "Words.", "字。")
        as_owner.get(case.get_absolute_url())

        with django_assert_max_num_queries(12):
            as_owner.get(address("letter", case) + "?checks=1&section=3")


class TestChecks:
    def test_they_run_on_request(self, as_owner: Client, case: Case, provider: Provider) -> None:
        write(case, 6, "It will never happen again.")

        assert "is an empty vow" not in page(as_owner, address("letter", case))
        html = page(as_owner, address("letter", case) + "?checks=1")
        assert "“never happen again” is an empty vow" in html
        assert "This section is not written yet" in html
        assert "No words of blame" in html
        assert "6 things to look at" in html

    def test_each_leads_to_where_it_is_mended(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        write(case, 3, "They kept our stock in step.")

        answer = as_owner.get(address("letter", case) + "?checks=1")

        (one,) = answer.context["page"].sections[2].checks
        assert one.title == "This section does not mention ERP 甲"
        html = unescape(answer.content.decode())
        assert f'{address("letter", case)}?section=3&checks=1#section-3"' in html
        assert f'{address("provider-detail", case, "A")}"' in html
        assert address("letter-explanation", case, 3) in html

    def test_a_sentence_settles_one(self, as_owner: Client, case: Case, provider: Provider) -> None:
        write(case, 3, "They kept our stock in step.")
        key = Check(Code.NOT_MENTIONED, 3, "A").key
        url = f"{address('letter-explanation', case, 3)}?check={key}"

        assert "does not mention ERP 甲" in page(as_owner, url)
        fields = {"kind": "reason", "version": 0}
        assert as_owner.post(url, fields | {"sentence": ""}).status_code == 422
        answer = as_owner.post(url, fields | {"sentence": "It is the only one."}, follow=True)

        html = answer.content.decode()
        assert "It is the only one." in html
        assert not answer.context["page"].sections[2].checks
        stale = as_owner.post(url, fields | {"sentence": "Another."})
        assert stale.status_code == 409
        as_owner.post(url, {"take_back": "1"})
        assert not Explanation.objects.exists()

    def test_what_the_rules_found_stands_there_unasked_and_once(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        write(case, 4, "I used ERP 甲 since May 2018.")

        for query in ("", "?checks=1"):
            answer = as_owner.get(address("letter", case) + query)
            (one,) = answer.context["page"].sections[3].checks
            html = unescape(answer.content.decode())
            assert one.title == "Check the letter: months of use, ERP 甲"
            assert strip_tags(html).count("says 2018-05 onwards; the") == 1
            assert "Not run yet" not in html
            assert "Months are those of the records" not in html
            assert f'{address("letter", case)}?section=4#section-4"' in html
            assert f'{address("provider-detail", case, "A")}#field-periods"' in html

    def test_what_the_rules_found_is_explained_there_and_shown_as_such(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        write(case, 4, "I used ERP 甲 since May 2018.")
        (finding,) = case.assess().open_findings
        url = f"{address('explanation', case)}?finding={finding.key}"

        assert "the records say 2018-03 to 2018-08" in strip_tags(page(as_owner, url))
        fields = {"kind": "reason", "version": 0, "sentence": "The trial was in March."}
        answer = as_owner.post(url, fields, follow=True)

        section = answer.context["page"].sections[3]
        assert (section.checks, [one.sentence for one in section.explained]) == (
            (),
            ["The trial was in March."],
        )
        assert section.word == "Written"
        way = section.explained[0].ways[-1].url
        assert f'href="{way}">Change the sentence' in unescape(answer.content.decode())

    def test_what_is_not_pointed_at_cannot_be_explained(self, as_owner: Client, case: Case) -> None:
        url = address("letter-explanation", case, 4) + "?check=letter/vow/4/0/x"

        answer = as_owner.get(url, follow=True)

        assert "There is nothing to explain there any more." in answer.content.decode()

    def test_it_is_no_fact_to_be_confirmed(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        actions.letters.explain(
            case, by=case.owner, demand=4, check="letter/x/4/A/1", sentence="A trial."
        )

        assert "A trial." not in page(as_owner, address("confirmation", case))


class TestSaving:
    def test_a_section_is_saved_and_its_checks_are_shown(
        self, as_owner: Client, case: Case
    ) -> None:
        answer = as_owner.post(address("letter-section", case, 3), sent("It did.", "它做了。"))

        assert answer.url == address("letter", case) + "?checks=1#section-3"
        assert [one.text for one in LetterSection.objects.all()] == ["It did.", "它做了。"]
        assert LetterRevision.objects.first().way == "hand"

    def test_a_script_is_told_in_words_with_the_new_versions(
        self, as_owner: Client, case: Case
    ) -> None:
        answer = as_owner.post(address("letter-section", case, 3), sent("It did."), **JSON)

        now = timezone.localtime(LetterSection.objects.get().changed_at)
        assert answer.json() == {
            "words": f"Saved {now:%H:%M}",
            "versions": {"english_version": 1, "chinese_version": 0},
        }
        assert LetterRevision.objects.get().way == "itself"

    @pytest.mark.parametrize("field", ["english", "chinese"])
    def test_a_secret_is_refused_and_stays_on_the_page_alone(
        self, as_owner: Client, case: Case, field: str
    ) -> None:
        url = address("letter-section", case, 3)
        fields = sent() | {field: f"Secret Key: {KEY}"}

        answer = as_owner.post(url, fields)
        by_itself = as_owner.post(url, fields, **JSON)

        assert answer.status_code == by_itself.status_code == 422
        assert KEY in answer.content.decode()
        assert KEY not in by_itself.content.decode()
        assert "looks like a secret key" in by_itself.json()["errors"][field]
        assert "<" not in by_itself.json()["errors"][field]
        assert not LetterSection.objects.exists()

    def test_characters_that_cannot_be_seen_are_left_to_the_button(
        self, as_owner: Client, case: Case
    ) -> None:
        url = address("letter-section", case, 3)

        by_itself = as_owner.post(url, sent("a\u200bb"), **JSON)
        answer = as_owner.post(url, sent("a\u200bb"))

        assert by_itself.json()["errors"] == {
            "english": "The text has characters that cannot be seen. Save to take them out."
        }
        assert ">\nab</textarea>" in answer.content.decode()

    def test_a_long_text_is_told_how_long_it_may_be(self, as_owner: Client, case: Case) -> None:
        answer = as_owner.post(address("letter-section", case, 3), sent("a" * 10_001))

        assert answer.status_code == 422
        assert "there is room for 10000" in answer.content.decode()

    @pytest.mark.parametrize("version", [9, 10**30])
    def test_a_version_that_never_was_is_as_the_present_one(
        self, as_owner: Client, case: Case, version: int
    ) -> None:
        write(case, 3, "It sent labels.")

        answer = as_owner.post(
            address("letter-section", case, 3), sent("It sent no labels.", english_version=version)
        )

        assert answer.status_code == 409
        assert "It sent no labels." in answer.content.decode()

    def test_two_texts_of_one_section_are_both_shown(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "It sent labels.", "标签。")
        write(case, 3, "It sent many labels.", "标签。")
        url = address("letter-section", case, 3)
        mine = sent("It sent labels home.", "标签！", english_version=1, chinese_version=1)

        by_itself = as_owner.post(url, mine, **JSON)
        answer = as_owner.post(url, mine)

        assert by_itself.status_code == answer.status_code == 409
        assert "changed elsewhere" in by_itself.json()["words"]
        html = answer.content.decode()
        assert "[Added: </span>many " in html.replace("many</", "many </").replace("  ", " ")
        assert ">\nIt sent labels home.</textarea>" in html
        assert ">\n标签！</textarea>" in html
        assert 'name="english_version" value="2"' in html
        section = LetterSection.objects.get(language="en")
        assert section.text == "It sent many labels."
        assert section.revisions.get(way="aside").text == "It sent labels home."

    def test_the_other_one_can_be_chosen_then(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "One.")
        write(case, 3, "Two.")

        mine = sent("Mine.", english_version=2)
        assert as_owner.post(address("letter-section", case, 3), mine).status_code == 302
        assert LetterSection.objects.get(language="en").text == "Mine."

    @pytest.mark.parametrize("ordinal", [7, 99, 10**30])
    def test_there_is_no_section_on_what_is_not_asked(
        self, as_owner: Client, case: Case, ordinal: int
    ) -> None:
        url = address("letter-section", case, ordinal)

        assert as_owner.get(url).status_code == 404
        assert as_owner.post(url, sent("Words.")).status_code == 404

    def test_other_methods_are_refused(self, as_owner: Client, case: Case) -> None:
        assert as_owner.post(address("letter", case)).status_code == 405
        assert as_owner.post(address("letter-text", case)).status_code == 405
        assert as_owner.put(address("letter-section", case, 3)).status_code == 405


class TestHistory:
    def test_it_lists_every_text_newest_first(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "One.", "一")
        write(case, 3, "Two.", "一")

        answer = as_owner.get(address("letter-history", case, 3))

        (_en, _label, _section, rows, _change), chinese = answer.context["sections"]
        assert [(one.number, one.text, one.is_present) for one in rows] == [
            (2, "Two.", True),
            (1, "One.", False),
        ]
        assert [one.text for one in chinese[3]] == ["一"]

    def test_what_was_saved_by_itself_in_a_row_is_one_line(
        self, as_owner: Client, case: Case
    ) -> None:
        url = address("letter-section", case, 3)
        as_owner.post(url, sent("One."))
        for number in range(1, 4):
            as_owner.post(url, sent(f"Text {number}.", english_version=number), **JSON)

        answer = as_owner.get(address("letter-history", case, 3))

        rows = answer.context["sections"][0][3]
        assert [one.text for one in rows] == ["Text 3.", "One."]

    def test_any_two_are_compared_readable_without_colour(
        self, as_owner: Client, case: Case
    ) -> None:
        write(case, 3, "It sent labels.")
        write(case, 3, "It printed labels.")

        html = page(as_owner, address("letter-history", case, 3) + "?language=en&one=2&other=1")

        assert "From 1 to 2" in html
        assert '<del><span class="visually-hidden">[Taken away: </span>sent' in html
        assert '<ins><span class="visually-hidden">[Added: </span>printed' in html

    def test_of_hundreds_a_page_shows_fifty(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "One.", "一")
        section = LetterSection.objects.get(language="en")
        LetterRevision.objects.bulk_create(
            LetterRevision(section=section, number=at, text=f"Text {at}.", made_by=case.owner)
            for at in range(2, 122)
        )
        url = address("letter-history", case, 3)

        def shown(query: str) -> tuple[list[int], list[int]]:
            answer = as_owner.get(url + query)
            assert answer.status_code == 200
            rows = answer.context["sections"][0][3]
            return [one.number for one in rows], [one.number for one in rows if one.is_present]

        assert shown("") == (list(range(121, 71, -1)), [121])
        assert shown("?language=en&page=2") == (list(range(71, 21, -1)), [])
        assert shown("?language=en&page=3") == (list(range(21, 0, -1)), [])
        assert shown("?language=zh-hans&page=3") == (list(range(121, 71, -1)), [121])
        html = page(as_owner, url + "?language=en&page=2&one=2&other=121")
        assert 'href="?language=en&page=3#texts-en"' in html
        assert 'href="?language=en&page=1#texts-en"' in html
        assert "From 2 to 121" in html

    @pytest.mark.parametrize("query", ["one=9&other=1", "one=x&other=", "one=1&other=1"])
    def test_nonsense_compares_nothing(self, as_owner: Client, case: Case, query: str) -> None:
        write(case, 3, "One.")

        html = page(as_owner, address("letter-history", case, 3) + f"?language=en&{query}")

        assert "<del>" not in html.replace("<del>struck</del>", "")

    def test_an_earlier_one_is_brought_back(self, as_owner: Client, case: Case) -> None:
        write(case, 3, "One.")
        write(case, 3, "Two.")
        url = address("letter-history", case, 3)

        answer = as_owner.post(url, {"language": "en", "number": "1"}, follow=True)

        assert "Brought back." in answer.content.decode()
        assert LetterSection.objects.get(language="en").text == "One."
        again = as_owner.post(url, {"language": "en", "number": "1"}, follow=True)
        assert "That is the text that stands there now." in again.content.decode()

    @pytest.mark.parametrize("fields", [{}, {"language": "en", "number": "9"}, {"language": "xx"}])
    def test_what_never_was_is_not_found(
        self, as_owner: Client, case: Case, fields: dict[str, str]
    ) -> None:
        assert as_owner.post(address("letter-history", case, 3), fields).status_code == 404

    def test_a_section_that_was_never_saved_says_so(self, as_owner: Client, case: Case) -> None:
        assert "Nothing was saved" in page(as_owner, address("letter-history", case, 3))


class TestPlainText:
    def test_it_is_the_letter_in_english_with_its_length(
        self, as_owner: Client, case: Case, provider: Provider
    ) -> None:
        write(case, 1, "I was told.\n\nBy a friend.", "听说的。")

        answer = as_owner.get(address("letter-text", case))

        text = answer.context["text"]
        assert text.startswith(
            "1. How the seller learned of each service\nI was told.\nBy a friend.\n\n2. "
        )
        assert "A ERP 甲; Months of use: 2018-03 to 2018-08; Months: 6" in text
        assert "听说的" not in text
        html = unescape(answer.content.decode())
        assert text in html
        assert f"{len(text)} characters" in html
        assert "3 Description and copies" in html

    def test_nothing_is_nothing(self, as_owner: Client, case: Case) -> None:
        html = page(as_owner, address("letter-text", case))

        assert "Nothing is written yet." in html
        assert "0 characters" in html


def test_an_answer_is_shown_where_the_facts_are_confirmed(as_owner: Client, case: Case) -> None:
    case.demands.create(
        ordinal=8, label="8.", position=8, scope="case", rule="answered", wording="Who?"
    )
    write(case, 8, "The owner keeps the keys.")
    write(case, 1, "I was told.")

    html = page(as_owner, address("confirmation", case))

    assert "The owner keeps the keys." in html
    assert "I was told." not in html


def test_the_timeline_leads_to_the_letter(as_owner: Client, case: Case) -> None:
    write(case, 3, "Words.")

    html = page(as_owner, address("timeline", case))

    assert "wrote the letter's section on item 3" in html
    assert f'{address("letter", case)}#section-3"' in html
