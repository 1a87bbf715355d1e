"""One guide shows made-up credentials; elsewhere they are refused, and there anything else is."""

from __future__ import annotations

from typing import Any

import pytest

from guides import credentials
from guides.admin.forms import TextForm
from guides.models import Guide
from guides.publishing import NotPublishable, publish
from guides.publishing.samples import SAMPLES, SLUG, without_samples

from .conftest import draft

SECRET = "amzn.mws." + "-".join(["4ea38b7b", "f563", "7709", "4bae", "87aea1b2c3d4"])
each_sample = pytest.mark.parametrize("sample", SAMPLES)


def body(*values: str) -> str:
    lines = "\n".join(f"- `{value}`[@s1]" for value in values)
    return f"一句话[@s1]。\n\n{lines}"


def codes_of(revision: Any) -> list[tuple[str, int]]:
    with pytest.raises(NotPublishable) as refused:
        publish([revision], by=None)
    return [(one.code, one.line) for one in refused.value.refusals]


def errors_of(slug: str, **sent: str) -> dict[str, Any]:
    form = TextForm(
        {f"zh-hans-{name}": value for name, value in sent.items()},
        slug=slug,
        language="zh-hans",
        kind="article",
        is_source=True,
    )
    return {name: [one.code for one in found.as_data()] for name, found in form.errors.items()}


@pytest.fixture
def shown(guide: Guide) -> Guide:
    guide.slug = SLUG
    guide.save()
    return guide


@each_sample
def test_a_sample_is_what_the_check_is_made_for(sample: str) -> None:
    found = credentials.find(f"`{sample}`")

    assert [sample[one.start - 1 : one.end - 1] for one in found] == [sample]


def test_its_own_guide_may_show_every_sample(shown: Guide) -> None:
    publish([draft(shown, "zh-hans", body=body(*SAMPLES))], by=None)

    assert errors_of(SLUG, body=body(*SAMPLES)) == {}


@each_sample
def test_any_other_guide_may_not(guide: Guide, sample: str) -> None:
    assert codes_of(draft(guide, "zh-hans", body=body(sample))) == [("secret", 5)]
    assert errors_of("a-guide", body=body(sample)) == {"body": ["secret"]}


@pytest.mark.parametrize("field", ["title", "summary", "keywords"])
def test_only_the_text_may_show_one(shown: Guide, field: str) -> None:
    assert ("secret", 0) in codes_of(draft(shown, "zh-hans", **{field: SAMPLES[0]}))
    assert errors_of(SLUG, **{field: SAMPLES[0]}) == {field: ["secret"]}


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(SECRET, id="a secret"),
        pytest.param(SAMPLES[1][:-4] + "4c1d", id="nearly a sample"),
        pytest.param(SAMPLES[3] + "q7Rt2Wz9Kd4m", id="a sample that goes on"),
    ],
)
def test_its_own_guide_may_not_show_anything_else(shown: Guide, secret: str) -> None:
    text = body(SAMPLES[0], secret)

    assert codes_of(draft(shown, "zh-hans", body=text)) == [("secret", 6)]
    assert errors_of(SLUG, body=text) == {"body": ["secret"]}


def test_the_line_of_a_secret_is_the_same_with_and_without_samples() -> None:
    text = body(*SAMPLES, SECRET)

    assert len(without_samples(text, SLUG)) == len(text)
    assert [one.start for one in credentials.find(without_samples(text, SLUG))] == [
        text.index(SECRET)
    ]
