"""A process of its own, with a database and a storage of its own, that dies at a named point.

Nothing in it is made up: the code that a request runs is run, and the function at which it dies
is the real one. `python -m tests.appeals.faults.child <what> [point]` prints JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

#: How the process ends at the point that was named: anything else did not reach it.
DIED = 77
#: More than Django keeps in memory and more than it reads at a time, as a scan is.
LARGE = 300_000


def main(words: list[str]) -> None:
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    actions = {"prepare": prepare, "upload": upload, "seal": seal, "look": look, "visit": visit}
    answer = actions[words[0]](*words[1:])
    print(json.dumps(answer))


def prepare() -> dict[str, Any]:
    """A seller with one case that can be sent, and one file that was answered as kept."""
    from django.core.management import call_command

    from appeals import actions
    from appeals.models import Evidence
    from appeals.rules.facts import ProofFacts
    from tests import factories
    from tests.appeals.rounds import confirmed

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    owner = factories.make_user(email="owner@example.com")
    actions.consents.give(by=owner, language="en")
    case = factories.open_case(owner)
    actions.providers.add(case, by=owner, name="ERP A")
    answer = send(file_of("answered.jpg", b"answered"))
    filed = [ProofFacts(3, "A")]
    actions.evidence.file(Evidence.objects.get(), by=owner, version=1, proofs=filed, kind="page")
    confirmed(case)
    return answer


def upload(point: str = "") -> dict[str, Any]:
    """The file that this is about, sent as a browser sends it; dies at that point, if any."""
    if point:
        OF_UPLOADS[point]()
    return send(file_of("late.jpg", b"late"))


def seal(point: str = "") -> dict[str, Any]:
    """Record that the dossier was sent, with the form as its page was first shown; dies at that
    point, if any."""
    from django.urls import reverse

    from appeals.models import Case

    if point:
        OF_SEALING[point]()
    case = Case.objects.get()
    before = case.submissions.first()
    sent = {
        "made_of": (before.made_of if before else case.changed_at).isoformat(),
        "sent_on": "2018-09-20",
        "sent_where": "Seller Central",
        "is_sent": "on",
    }
    url = reverse("appeals:submission", args=[case.code, 1])
    return {"status": signed_in().post(url, sent).status_code}


def visit() -> dict[str, Any]:
    """What a browser that is signed in knows: the cookie, and the address of the case."""
    from appeals.models import Case

    session = signed_in().cookies["sessionid"].value
    return {"session": session, "code": str(Case.objects.get().code)}


def signed_in() -> Any:
    from django.test import Client

    from guides.models import User

    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    client.force_login(User.objects.get())
    return client


def send(file: Any) -> dict[str, Any]:
    from django.urls import reverse

    from appeals.models import Case

    case = Case.objects.get()
    answer = signed_in().post(reverse("appeals:evidence-create", args=[case.code]), {"files": file})
    return {
        "status": answer.status_code,
        "sha256": hashlib.sha256(file.getvalue()).hexdigest(),
    }


def file_of(name: str, mark: bytes) -> Any:
    """A picture, as large as one from a phone: what follows its end is skipped by everybody."""
    import io

    from PIL import Image

    out = io.BytesIO()
    noise = Image.frombytes("RGB", (400, 250), hashlib.shake_256(mark).digest(LARGE))
    noise.save(out, "JPEG", quality=98)
    out.seek(0)
    out.name = name
    return out


def look(minutes: str = "0") -> dict[str, Any]:
    """What is there now, and what `check_files` mends when the clock shows so much later."""
    from django.conf import settings
    from django.utils import timezone

    from appeals import actions
    from appeals.evidence import mending, storage
    from appeals.models import Event, Evidence, Submission

    mended = mending.mend(now=timezone.now() + timedelta(minutes=int(minutes)))
    rows = list(Evidence.objects.all())
    sealed = list(Submission.objects.all())
    stored = {one.stored_as for one in rows} | {one.pdf_stored_as for one in sealed}
    root = Path(settings.EVIDENCE_ROOT)
    return {
        "removed": len(mended.removed),
        "missing": [one.original_name for one in mended.missing],
        "sums": {
            one.original_name: hashlib.sha256(storage.open_stored(one.stored_as).read()).hexdigest()
            for one in rows
        },
        "said": {one.original_name: one.sha256 for one in rows},
        "sealed": [hash_of(actions.submissions.package_of(one).chunks()) for one in sealed],
        "sent": Event.objects.filter(kind=Event.Kind.SUBMITTED).count(),
        "added": Event.objects.filter(kind=Event.Kind.EVIDENCE_ADDED).count(),
        "without_row": sorted(
            str(path.relative_to(root))
            for path in root.rglob("*")
            if path.is_file() and path.name not in stored
        ),
        "uploading": len(list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())),
    }


def hash_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def dies(owner: Any, name: str, *, after: bool = False, turn: int = 1) -> None:
    """Let the process die before (or after) that function does its work, the `turn`-th time."""
    real: Callable[..., Any] = getattr(owner, name)
    turns = 0

    def last(*args: Any, **kwargs: Any) -> Any:
        nonlocal turns
        turns += 1
        if turns == turn and not after:
            os._exit(DIED)
        answer = real(*args, **kwargs)
        if turns == turn:
            os._exit(DIED)
        return answer

    setattr(owner, name, last)


def amid_the_request() -> None:
    from appeals.evidence.receiving import BoundedUploadHandler

    dies(BoundedUploadHandler, "receive_data_chunk", after=True, turn=2)


def before_spooling() -> None:
    from appeals.evidence import storage

    dies(storage, "spool")


def amid_spooling() -> None:
    from appeals.evidence import storage

    class Digest:
        """Reached once a chunk: with the second one the file has a part of its bytes."""

        def __init__(self) -> None:
            self.turns = 0

        def update(self, chunk: bytes) -> None:
            self.turns += 1
            if self.turns == 2:
                os._exit(DIED)

    storage.hashlib = type("hashlib", (), {"sha256": Digest})  # type: ignore[assignment]


def after_spooling() -> None:
    from appeals.evidence import storage

    dies(storage, "spool", after=True)


def after_settling() -> None:
    from appeals.evidence import storage

    dies(storage, "settle", after=True)


def amid_the_transaction() -> None:
    from appeals.models import Evidence

    dies(Evidence.objects, "create", after=True)


def before_the_commit() -> None:
    from appeals.actions import evidence

    dies(evidence, "record", after=True)


def after_the_commit() -> None:
    from appeals.actions import evidence

    dies(evidence, "add", after=True)


def while_the_pdf_is_made() -> None:
    """The typesetter is a process of its own, which then prints to nobody."""
    from guides import children

    dies(children.subprocess, "Popen", after=True)


def after_the_pdf_is_made() -> None:
    from appeals.actions import submissions

    dies(submissions, "make_pdf", after=True)


def amid_the_sealing() -> None:
    from appeals.models import Submission

    dies(Submission.objects, "create", after=True)


def before_its_commit() -> None:
    from appeals.actions import submissions

    dies(submissions, "record", after=True)


def after_its_commit() -> None:
    from appeals.actions import submissions

    dies(submissions, "seal", after=True)


OF_UPLOADS: dict[str, Callable[[], None]] = {
    "amid the request": amid_the_request,
    "before spooling": before_spooling,
    "amid spooling": amid_spooling,
    "after spooling": after_spooling,
    "after settling": after_settling,
    "amid the transaction": amid_the_transaction,
    "before the commit": before_the_commit,
    "after the commit": after_the_commit,
}
OF_SEALING: dict[str, Callable[[], None]] = {
    "while the PDF is made": while_the_pdf_is_made,
    "after the PDF is made": after_the_pdf_is_made,
    "after spooling": after_spooling,
    "after settling": after_settling,
    "amid the transaction": amid_the_sealing,
    "before the commit": before_its_commit,
    "after the commit": after_its_commit,
}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    main(sys.argv[1:])
