"""Whoever gets stuck in a step guide of the release finds an answer on that step."""

import pytest

from guides.publishing import bundle
from guides.publishing.files import read_edition
from guides.rendering import parse_blocks
from guides.steps import AFTER, BEFORE

GUIDES = [guide for guide in bundle.read_guides(bundle.BUNDLE) if guide.facts["kind"] == "steps"]


def test_there_are_step_guides() -> None:
    assert len(GUIDES) > 1


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_every_step_has_a_stop_sign_or_says_what_to_do_when_stuck(
    guide: bundle.BundledGuide,
) -> None:
    boxes: dict[str, set[str]] = {}
    part = ""
    for block in parse_blocks(read_edition(guide.texts["zh-hans"])["body"]):
        if block.kind == "heading":
            part = block.id
            boxes[part] = set()
        boxes[part].add(block.kind)
    for part in boxes.keys() - {BEFORE, AFTER}:
        assert boxes[part] & {"stop", "stuck"}, part
