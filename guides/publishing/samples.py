"""Values that look like credentials and open nothing: one guide shows how each kind looks.

The check for secrets refuses them everywhere else, and anything else in that guide too. They
stand in code, so that whoever adds one has to have it reviewed.
"""

from __future__ import annotations

import re

from guides.models import OldSlug

#: The guide that may show them, in its text alone.
SLUG = "credentials-and-ids"

SAMPLES = (
    "EXaMPLe0EXaMPLe1EXaMPLe2EXaMPLe3EXaMPLe4",
    "amzn.mws.01234567-89ab-cdef-0123-456789abcdef",
    "amzn1.oa2-cs.v1.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "Atzr|EXaMPLe0EXaMPLe1EXaMPLe2EXaMPLe3",
    "Atza|EXaMPLe0EXaMPLe1EXaMPLe2EXaMPLe3",
)
#: A sample that is part of a longer run is not the sample.
WHOLE = re.compile(
    rf"(?<![\w+/=|.%-])(?:{'|'.join(map(re.escape, SAMPLES))})(?![\w+/=|%-])", re.ASCII
)


def without_samples(body: str, slug: str) -> str:
    """The text that is searched for credentials, each place where it was."""
    if slug != SLUG and not (WHOLE.search(body) and was_renamed_to(slug)):
        return body
    return WHOLE.sub(lambda match: "■" * len(match[0]), body)


def was_renamed_to(slug: str) -> bool:
    return OldSlug.objects.filter(slug=SLUG, guide__slug=slug).exists()
