"""What ten fields cost: `python -m benchmarks.forms`. Forms are the dearest part of a page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form  # noqa: E402
from django import forms  # noqa: E402

from guides.dates import DateField, MonthField  # noqa: E402
from guides.forms import Form  # noqa: E402

LETTERS = [(letter, letter.upper()) for letter in "abcd"]
TIMES = 200
LIMIT = 5.0


class Ten(Form):
    name = forms.CharField(help_text="As on the invoice")
    address = forms.EmailField()
    found = forms.CharField(required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=LETTERS)
    way = forms.ChoiceField(choices=LETTERS, widget=forms.RadioSelect)
    places = forms.MultipleChoiceField(choices=LETTERS, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    first = MonthField()
    day = DateField()
    paper = forms.FileField()


def milliseconds(make: Callable[[], Form]) -> float:
    """The best time of drawing one form: what it costs, not what else the machine was doing."""
    times = []
    for _ in range(TIMES):
        form = make()
        if form.is_bound:
            form.is_valid()
        start = time.perf_counter()
        as_crispy_form(form)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


if __name__ == "__main__":
    for name, make in (("empty", Ten), ("with an error in each", lambda: Ten({}, {}))):
        took = milliseconds(make)
        print(f"ten fields, {name}: {took:.1f} ms (limit {LIMIT:.0f} ms)")
        if took > LIMIT:
            raise SystemExit(1)
