"""Every form of the site: secrets and unseen characters, plain words, months and days."""

from __future__ import annotations

import datetime
import random
import string
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms as stock
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from guides.credentials import Kind
from guides.dates import DateField, MonthField
from guides.forms import KINDS, WORDS, Form, ModelForm
from guides.models import Guide


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """As a page has it; requests of other tests leave their language behind."""
    with override("zh-hans"):
        yield


# No secret lies in this file: they are drawn when the tests run, always the same ones.
SECRET = "".join(random.Random("forms").choices(string.ascii_letters + string.digits, k=40))
PASSWORD = "密码：" + SECRET[:10] + "9"
TOKEN = f"amzn.mws.{uuid.UUID(int=random.Random(1).getrandbits(128))}"


class EveryField(Form):
    """One field of each kind that can carry text."""

    line = stock.CharField(required=False)
    text = stock.CharField(required=False, widget=stock.Textarea)
    address = stock.EmailField(required=False)
    site = stock.URLField(required=False, assume_scheme="https")
    number = stock.IntegerField(required=False)
    month = MonthField(required=False)
    day = DateField(required=False)
    time = stock.TimeField(required=False)
    choice = stock.ChoiceField(required=False, choices=[("a", "A"), ("b", "B")])
    choices = stock.MultipleChoiceField(required=False, choices=[("a", "A"), ("b", "B")])
    hidden = stock.CharField(required=False, widget=stock.HiddenInput)
    paper = stock.FileField(required=False)


def drawn(form: stock.BaseForm) -> str:
    page = Template("{% load crispy_forms_tags fields %}{% error_summary form %}{{ form|crispy }}")
    return page.render(Context({"form": form}))


def sent(form_class: type[stock.BaseForm], **values: Any) -> Any:
    files = {name: value for name, value in values.items() if hasattr(value, "read")}
    form = form_class({name: value for name, value in values.items() if name not in files}, files)
    form.is_valid()
    return form


class TestSecrets:
    @pytest.mark.parametrize("secret", [SECRET, PASSWORD, TOKEN], ids=["key", "password", "token"])
    @pytest.mark.parametrize(
        "name", [name for name in EveryField.base_fields if name not in {"paper", "choices"}]
    )
    def test_it_refuses_one_in_any_field_and_never_repeats_it(self, name: str, secret: str) -> None:
        form = sent(EveryField, **{name: f"see {secret}"})

        assert [error.code for error in form.errors[name].as_data()] == ["secret"]
        assert name not in form.cleaned_data
        said = "".join(form.errors[name])
        assert secret not in said
        assert 'href="/zh-hans/guides/exposed/?step=revoke"' in said

    def test_it_refuses_one_among_several_choices(self) -> None:
        form = sent(EveryField, choices=["a", SECRET])

        assert form.errors["choices"].as_data()[0].code == "secret"

    def test_what_was_typed_stays_on_the_page_and_only_in_its_field(self) -> None:
        page = drawn(sent(EveryField, text=f"before {SECRET} after", line="kept"))

        assert page.count(SECRET) == 1
        assert f"before {SECRET} after</textarea>" in page
        assert 'value="kept"' in page

    def test_it_refuses_one_in_the_name_of_a_file(self) -> None:
        form = sent(EveryField, paper=SimpleUploadedFile(f"{PASSWORD}.pdf", b"x"))

        error = form.errors["paper"].as_data()[0]
        assert error.code == "secret"
        assert "name of this file" in in_english(form, "paper")

    def test_a_password_field_may_hold_a_password(self) -> None:
        class SignIn(Form):
            password = stock.CharField(widget=stock.PasswordInput, strip=False)

        form = sent(SignIn, password=f" {PASSWORD} ")

        assert form.cleaned_data["password"] == f" {PASSWORD} "

    def test_it_comes_before_what_else_is_wrong(self) -> None:
        class Short(Form):
            line = stock.CharField(max_length=10)

        assert [error.code for error in sent(Short, line=SECRET).errors["line"].as_data()] == [
            "secret"
        ]

    def test_a_model_is_not_given_it(self) -> None:
        class GuideForm(ModelForm):
            class Meta:
                model = Guide
                fields = ("reference",)

        form = sent(GuideForm, reference=SECRET)

        assert not form.is_valid()
        assert form.instance.reference == ""

    def test_each_kind_has_a_name(self) -> None:
        assert set(KINDS) == set(Kind)

    def test_ids_pass(self) -> None:
        text = (
            "A2EUQ1WTGCTBG2, amzn1.sellerapps.app.0d1a7a1c-3c1c-4f19-a2ea-0d1a7a1c3c1c, B00EXAMPLE"
        )

        assert sent(EveryField, line=text).is_valid()


def in_english(form: stock.BaseForm, name: str) -> str:
    with override("en"):
        return "".join(form.errors[name])


class TestUnseen:
    @pytest.mark.parametrize(
        "character",
        ["\x00", "\x07", "\u200b", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\u00ad"],
    )
    def test_it_asks_again_and_shows_the_text_without_it(self, character: str) -> None:
        form = sent(EveryField, text=f"Dear{character} seller")

        assert [error.code for error in form.errors["text"].as_data()] == ["unseen"]
        assert "1 character that cannot be seen" in in_english(form, "text")
        assert "Dear seller</textarea>" in drawn(form)

    def test_it_counts_them(self) -> None:
        form = sent(EveryField, text="a\u200bb\u200bc")

        assert "2 characters that cannot be seen" in in_english(form, "text")

    def test_the_name_of_a_file_may_not_be_turned_round(self) -> None:
        form = sent(EveryField, paper=SimpleUploadedFile("invoice\u202efdp.gif", b"x"))

        assert form.errors["paper"].as_data()[0].code == "unseen"

    @pytest.mark.parametrize("text", ["两行\n第二行", "a\tb", "é 你好 “引号” —— ……", "☎️"])
    def test_what_can_be_seen_stays(self, text: str) -> None:
        form = sent(EveryField, text=text)

        assert form.is_valid()
        assert form.cleaned_data["text"] == text

    def test_a_secret_with_characters_hidden_in_it_is_a_secret(self) -> None:
        form = sent(EveryField, text="\u200b".join(SECRET))

        assert [error.code for error in form.errors["text"].as_data()] == ["secret"]

    def test_space_around_a_text_and_the_ends_of_lines_are_made_one(self) -> None:
        form = sent(EveryField, text="  a\r\nb \u3000")

        assert form.cleaned_data["text"] == "a\nb"


class TestWords:
    def test_an_empty_field_says_what_to_do(self) -> None:
        class Needed(Form):
            line = stock.CharField()
            one = stock.ChoiceField(choices=[("a", "A")])
            some = stock.MultipleChoiceField(choices=[("a", "A")])
            tick = stock.BooleanField()
            paper = stock.FileField()
            month = MonthField()

        form = sent(Needed)

        with override("en"):
            said = {name: list(errors) for name, errors in form.errors.items()}
        assert said == {
            "line": ["This is still empty. Please fill it in."],
            "one": ["Nothing is chosen yet. Choose one."],
            "some": ["Nothing is ticked yet. Tick at least one."],
            "tick": ["Tick this to go on."],
            "paper": ["No file was chosen. Choose one and try again."],
            "month": ["This is still empty. Please fill it in."],
        }

    def test_a_message_of_the_form_stays(self) -> None:
        class Own(Form):
            line = stock.CharField(error_messages={"required": "Say which store."})

        assert sent(Own).errors["line"] == ["Say which store."]

    def test_a_choice_that_is_gone_is_not_repeated(self) -> None:
        assert "<b>" not in in_english(sent(EveryField, choice="<b>"), "choice")

    def test_a_long_text_is_told_how_long_it_may_be(self) -> None:
        class Short(Form):
            line = stock.CharField(max_length=3)

        assert in_english(sent(Short, line="abcde"), "line") == (
            "This has 5 characters; there is room for 3. Please shorten it."
        )

    @pytest.mark.parametrize("name", ["line", "short", "day", "number", "choices"])
    def test_far_too_long_a_text_is_not_read_at_all(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class WithShort(EveryField):
            short = stock.CharField(max_length=20)

        read: list[str] = []
        monkeypatch.setattr("guides.forms.found_secret", lambda text: read.append(text))
        text = "password:" * 100_000

        form = sent(WithShort, **{name: [text] if name == "choices" else text})

        assert "900000" in str(form.errors[name])
        assert text not in read

    def test_the_browser_does_not_cut_what_is_pasted(self) -> None:
        class Short(Form):
            line = stock.CharField(max_length=3)

        assert "maxlength" not in drawn(Short())

    def test_no_message_shouts(self) -> None:
        with override("en"):
            said = [str(words) for _kind, messages in WORDS for words in messages.values()]

        assert not [words for words in said if "!" in words or not words.endswith(".")]


MAY = datetime.date(2018, 5, 1)


class TestMonths:
    @pytest.mark.parametrize(
        ("typed", "month"),
        [
            ("2018-05", MAY),
            ("2018-5", MAY),
            ("2018/5", MAY),
            ("2018.05", MAY),
            ("201805", MAY),
            ("2018年5月", MAY),
            ("2018 年 05 月", MAY),
            ("２０１８－０５", MAY),
            ("05/2018", MAY),
            (" 2018-12 ", datetime.date(2018, 12, 1)),
            ("", None),
            (" ", None),
        ],
    )
    def test_it_reads(self, typed: str, month: datetime.date | None) -> None:
        assert MonthField(required=False).clean(typed) == month

    @pytest.mark.parametrize(
        "typed",
        ["2018", "2018-13", "2018-00", "18-05", "2018-05-03", "五月", "1018-05", "2810-05", "-"],
    )
    def test_it_asks_for(self, typed: str) -> None:
        form = sent(EveryField, month=typed)

        assert in_english(form, "month") == "Write the month like 2018-05."
        assert f'value="{typed}"' in drawn(form)

    def test_it_is_shown_as_a_picker_wants_it(self) -> None:
        assert 'type="month" name="month" value="2018-05"' in drawn(
            sent(EveryField, month="2018年5月", number="x")
        )
        assert 'value="2018-05"' in drawn(EveryField(initial={"month": MAY}))

    def test_the_same_month_in_another_shape_is_no_change(self) -> None:
        field = MonthField()

        assert not field.has_changed(MAY, "2018/5")
        assert field.has_changed(MAY, "2018/6")
        assert field.has_changed(MAY, "May")


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("2018-05-03", datetime.date(2018, 5, 3)),
            ("2018/5/3", datetime.date(2018, 5, 3)),
            ("2018.5.3", datetime.date(2018, 5, 3)),
            ("20180503", datetime.date(2018, 5, 3)),
            ("2018年5月3日", datetime.date(2018, 5, 3)),
            ("2018 年 5 月 3 号", datetime.date(2018, 5, 3)),
            ("２０１８年５月３日", datetime.date(2018, 5, 3)),
            ("2024-02-29", datetime.date(2024, 2, 29)),
            ("", None),
            (" ", None),
        ],
    )
    def test_it_reads(self, typed: str, day: datetime.date | None) -> None:
        assert DateField(required=False).clean(typed) == day

    @pytest.mark.parametrize(
        "typed", ["2018-05", "2018-02-30", "3/5/2018", "18-05-03", "昨天", "0018-05-03"]
    )
    def test_it_asks_for(self, typed: str) -> None:
        form = sent(EveryField, day=typed)

        assert in_english(form, "day") == "Write the date like 2018-05-03."
        assert f'value="{typed}"' in drawn(form)

    def test_it_is_shown_as_a_picker_wants_it_in_either_language(self) -> None:
        for language in ("zh-hans", "en"):
            with override(language):
                page = drawn(sent(EveryField, day="2018年5月3日", number="x"))
            assert 'type="date" name="day" value="2018-05-03"' in page


class TestDrawing:
    def test_label_hint_control_and_message_are_tied_together(self) -> None:
        class Named(Form):
            name = stock.CharField(label="Name", help_text="As on the invoice")

        page = drawn(sent(Named))

        assert '<div class="field is-wrong" id="field-name">' in page
        assert '<label for="id_name">Name</label>' in page
        assert '<p class="hint" id="id_name_helptext">As on the invoice</p>' in page
        assert 'aria-describedby="id_name_helptext id_name_error"' in page
        assert 'aria-invalid="true"' in page
        assert '<div id="id_name_error"><p class="field-error">' in page

    def test_the_summary_leads_to_the_very_control(self) -> None:
        class Two(Form):
            name = stock.CharField(label="Name")
            way = stock.ChoiceField(
                label="Way", choices=[("a", "A"), ("b", "B")], widget=stock.RadioSelect
            )

        with override("en"):
            page = drawn(sent(Two))

        assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in page
        assert "2 things need a change; nothing was saved yet" in page
        assert '<a href="#id_name">Name: This is still empty. Please fill it in.</a>' in page
        assert '<a href="#id_way_0">Way: Nothing is chosen yet. Choose one.</a>' in page
        assert 'id="id_way_0"' in page

    def test_the_summary_names_a_secret_in_short(self) -> None:
        with override("en"):
            page = drawn(sent(EveryField, line=SECRET))

        assert '<a href="#id_line">Line: looks like a secret</a>' in page

    def test_the_summary_has_what_concerns_no_field_or_a_hidden_one(self) -> None:
        class Whole(Form):
            hidden = stock.CharField(widget=stock.HiddenInput)

            def clean(self) -> None:
                raise stock.ValidationError("Neither here nor there.")

        with override("en"):
            page = drawn(sent(Whole))

        assert "<li>Neither here nor there.</li>" in page
        assert "<li>This is still empty. Please fill it in.</li>" in page

    def test_the_summary_follows_the_page_from_top_to_bottom(self) -> None:
        class Three(Form):
            first = stock.CharField(label="First")
            second = stock.CharField(label="Second")
            third = stock.CharField(label="Third")

        with override("en"):
            page = drawn(sent(Three, first=SECRET, third="a\u200bb"))

        lines = [page.index(f'<a href="#id_{name}">') for name in ("first", "second", "third")]
        assert lines == sorted(lines)

    def test_one_summary_covers_a_form_and_a_set_of_forms(self) -> None:
        class Line(Form):
            name = stock.CharField(label="Name")

        lines = stock.formset_factory(Line, extra=1)(
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": SECRET}
        )
        page = Template("{% load fields %}{% error_summary form lines %}")

        with override("en"):
            text = page.render(Context({"form": sent(Line), "lines": lines}))

        assert text.count('class="error-summary"') == 1
        assert 'href="#id_name"' in text
        assert 'href="#id_form-0-name"' in text

    def test_a_good_form_has_no_summary(self) -> None:
        assert "error-summary" not in drawn(sent(EveryField, line="x"))
        assert "error-summary" not in drawn(EveryField())

    def test_a_message_is_text_and_not_markup(self) -> None:
        class Echo(Form):
            line = stock.CharField(label="<i>")

            def clean_line(self) -> str:
                raise stock.ValidationError("<script>")

        page = drawn(sent(Echo, line="<b>"))

        assert "<script>" not in page
        assert "<i>" not in page
        assert "<b>" not in page

    def test_optional_is_said_where_the_form_wants_it(self) -> None:
        class Quiet(EveryField):
            marks_optional = False

        with override("en"):
            assert '<span class="optional">optional</span>' in drawn(EveryField())
            assert "optional" not in drawn(Quiet())

    def test_something_may_stand_below_a_control(self) -> None:
        form = EveryField()
        form.put_below("line", mark_safe("<a href='#x'>I do not remember</a>"))

        assert drawn(form).count("I do not remember") == 1
