"""What a script says of files on their way; of each that arrived the server says it itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from appeals.evidence.refusals import SENTENCES

#: By the names under which the script finds them. %(percent)s, %(seconds)s and the like are
#: filled in there.
WORDS = {
    "waiting": _("Waits for its turn"),
    "sending": pgettext_lazy("a file on its way", "Sending: %(percent)s%%"),
    "checking": _("Sent; being checked"),
    "consent": _("Waits until you tick the box above"),
    "cancelled": _("Cancelled, so it was not saved."),
    "offline": _(
        "Not saved: you are offline. The file is still on this page and is sent when you reconnect."
    ),
    "broken": _(
        "Not saved: the connection broke off. The file is still on this page; send it again."
    ),
    "signed-out": _("You were signed out. Sign in to return here; what was saved is safe."),
    "busy": _(
        "The site is busy, so this is not saved yet. It is sent again in %(seconds)s seconds, by "
        "itself."
    ),
    "failed": _(
        "Sorry, this file was not saved because something failed on our side. It is still on "
        "this page; send it again in a while."
    ),
    "unreadable": _(
        "This file cannot be read any more, so it was not saved. It may have been moved or "
        "changed: choose it once more."
    ),
    "folder": _("This is a folder, so it was not saved. Open it and choose the files in it."),
    "too-large": SENTENCES["too-large"],
    "count": _("Saved: %(done)s of %(all)s."),
    "count-not": _("Not saved: %(count)s."),
    "count-waiting": _("Being sent, or waiting: %(count)s."),
}


def upload_words() -> Mapping[str, str]:
    """The words of the script, with how sizes are written: `%s` in place of the number."""
    one_of_each = {"size-b": 2, "size-kb": 2**10, "size-mb": 2**20, "size-gb": 2**30}
    sizes = {
        name: filesizeformat(size).replace("2" if size == 2 else "1.0", "%s")
        for name, size in one_of_each.items()
    }
    return {name: str(words) for name, words in WORDS.items()} | sizes
