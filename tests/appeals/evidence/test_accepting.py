"""The child process: its limits, and what its end means."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from appeals.evidence.accepting import Accepted, accept
from appeals.evidence.refusals import EvidenceRefused
from guides import children

from .files import (
    deflated,
    locked_paper,
    paper,
    pdf,
    picture,
    png_claiming,
    stream,
    with_chunk,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(paper())
    return path


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def refusal(path: Path, **options) -> EvidenceRefused:
    with pytest.raises(EvidenceRefused) as refused:
        accept(path, **options)
    return refused.value


def test_it_says_what_a_file_is(file: Path) -> None:
    assert accept(file) == Accepted("application/pdf", pages=1, width=200, height=100)


def test_a_picture_of_the_largest_size_fits(file: Path) -> None:
    Image.new("RGB", (7200, 7200)).save(file, "PNG")

    assert accept(file).width == 7200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(locked_paper("geheim"), "password-protected", id="under a password"),
        pytest.param(png_claiming(60_000, 60_000), "too-many-pixels", id="pixels"),
        pytest.param(paper()[:100], "broken", id="cut"),
        pytest.param(b"text", "type", id="another type"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(
            pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
            "broken",
            id="no pages",
        ),
    ],
)
def test_it_hands_on_why_a_file_is_refused(file: Path, data: bytes, code: str) -> None:
    file.write_bytes(data)

    assert refusal(file).code == code


def bomb_of_content() -> bytes:
    return paper(content=deflated(b"q Q " * 250_000, 300), entries=b"/Filter/FlateDecode")


def bomb_in_a_bomb() -> bytes:
    twice = deflated(deflated(b"q Q " * 250_000, 300), 1)
    return paper(content=twice, entries=b"/Filter[/FlateDecode/FlateDecode]")


def bomb_of_objects() -> bytes:
    return paper(content=b"BT /F1 12 Tf (a) Tj ET " * 800_000)


def bomb_of_an_object_stream() -> bytes:
    """Objects packed together, of which the catalogue is one: they are unpacked to be found."""
    packed = deflated(b"4 0 " + b" " * 1_000_000, 400)
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([more])
        for kind, place, more in ((0, 0, 0), (2, 2, 0), (1, 9, 0), (1, 0, 0))
    )
    out = b"%PDF-1.7\n" + b"2 0 obj\n" + stream(packed, entries) + b"\nendobj\n"
    head = b"/Type/XRef/Size 4/W[1 4 1]/Root 1 0 R"
    return (
        out + b"3 0 obj\n" + stream(table, head) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )


def bomb_of_nesting() -> bytes:
    """Lists in lists, to any depth."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 1_000_000 + b"]" * 1_000_000 + b">>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    )


def bomb_of_pages() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4000000>>")


def bomb_of_a_note() -> bytes:
    """A packed note in a PNG, of a gigabyte."""
    return with_chunk(b"zTXt", b"Comment\0\0" + deflated(b"a" * 1_000_000, 1000), picture("PNG"))


def bomb_of_a_picture() -> bytes:
    """More rows of a PNG than it announces, packed."""
    image = png_claiming(40, 30)
    rows = deflated(bytes(1_000_000), 1000)
    chunk = b"IDAT" + rows
    whole = len(rows).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    place = image.index(b"IDAT") - 4
    return image[:place] + whole + image[-12:]


def bomb_of_frames() -> bytes:
    """A GIF of many large pictures, of one colour each."""
    flat = io.BytesIO()
    frames = [Image.new("P", (4000, 4000), each) for each in (1, 2)]
    frames[0].save(flat, "GIF", save_all=True, append_images=frames[::-1] * 20)
    return flat.getvalue()


def bomb_of_scans() -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    image = picture("JPEG", size=(2000, 2000), mode="L", progressive=True)
    scan = image[image.rindex(b"\xff\xda") : -2]
    return image[:-2] + scan * (4_000_000 // len(scan) + 1) * 3 + image[-2:]


@pytest.mark.parametrize(
    ("bomb", "codes"),
    [
        (bomb_of_content, {"too-heavy"}),
        (bomb_in_a_bomb, {"too-heavy"}),
        (bomb_of_objects, {"too-heavy"}),
        (bomb_of_an_object_stream, {"too-heavy", "broken"}),
        (bomb_of_nesting, {"too-heavy", "broken"}),
        (bomb_of_pages, {"too-heavy", "broken"}),
        (bomb_of_a_note, {"too-heavy", "broken"}),
        (bomb_of_frames, {"too-heavy"}),
    ],
)
def test_it_ends_a_file_that_swells(file: Path, bomb, codes: set[str]) -> None:
    file.write_bytes(bomb())
    started = time.monotonic()

    assert refusal(file).code in codes
    assert time.monotonic() - started < children.SECONDS + 2


@pytest.mark.parametrize("bomb", [bomb_of_a_picture, bomb_of_scans])
def test_what_swells_costs_no_more_than_its_limits(file: Path, bomb) -> None:
    """Whether it is refused is up to the parser; it ends in time, whatever it says."""
    file.write_bytes(bomb())
    started = time.monotonic()

    with contextlib.suppress(EvidenceRefused):
        accept(file)

    assert time.monotonic() - started < children.SECONDS + 2


def test_the_child_limits_its_own_memory(file: Path) -> None:
    code = (
        "import json; from appeals.evidence import inspect; inspect.limit_itself()\n"
        "try: bytearray(inspect.MEMORY_LIMIT)\n"
        "except MemoryError: print(json.dumps({'refused': 'too-heavy'}))"
    )

    assert refusal(file, command=child(code)).code == "too-heavy"


def test_the_child_cannot_write(file: Path, tmp_path: Path) -> None:
    code = (
        "import json, sys; from appeals.evidence import inspect; inspect.limit_itself()\n"
        "try: open(sys.argv[1] + '.out', 'wb').write(b'x' * 9000)\n"
        "except OSError: print(json.dumps({'refused': 'broken'}))"
    )

    assert refusal(file, command=child(code)).code == "broken"
    assert not (tmp_path / "upload.out").read_bytes()


def test_a_child_that_takes_too_long_is_ended(file: Path, tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys, time; pathlib.Path(sys.argv[1] + '.pid').write_text(str(os.getpid()))\n"
        "time.sleep(60)"
    )
    started = time.monotonic()

    assert refusal(file, command=child(code), seconds=2.0).code == "too-heavy"

    assert time.monotonic() - started < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "upload.pid").read_text()), 0)


def test_what_the_child_started_is_ended_with_it(file: Path, tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path(sys.argv[1] + '.pid').write_text(str(inner.pid)); time.sleep(60)"
    )

    assert refusal(file, command=child(code), seconds=3.0).code == "too-heavy"

    inner = int((tmp_path / "upload.pid").read_text())
    for _ in range(100):
        if has_ended(inner):
            break
        time.sleep(0.02)
    assert has_ended(inner)


def has_ended(pid: int) -> bool:
    """Whether nothing runs under that number; one that nobody has waited for yet has ended."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return not state or state.startswith("Z")


def test_a_child_that_takes_too_much_memory_is_ended(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "RESIDENT_LIMIT", 40 * 1024 * 1024)
    code = "import time; held = b'x' * (80 * 1024 * 1024); time.sleep(60)"
    started = time.monotonic()

    assert refusal(file, command=child(code), seconds=20).code == "too-heavy"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        pytest.param("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken", id="falls"),
        pytest.param("import os; os.abort()", "too-heavy", id="out of memory"),
        pytest.param("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too-heavy", id="cpu"),
    ],
)  # fmt: skip
def test_how_it_ends_says_what_is_wrong(file: Path, code: str, refused: str) -> None:
    assert refusal(file, command=child(code)).code == refused


def test_a_child_without_an_answer_is_our_fault(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "keyright.children"):
        assert refusal(file, command=child("raise SystemExit('why')")).code == "unavailable"

    assert "why" in caplog.text


def test_a_child_that_cannot_start_is_our_fault(file: Path, tmp_path: Path) -> None:
    assert refusal(file, command=[str(tmp_path / "nothing")]).code == "unavailable"


def test_the_child_gets_no_secret_of_the_server(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the server")
    code = "import json, os; print(json.dumps({'refused': 'type', 'type': os.environ.get('SECRET_KEY')}))"

    assert refusal(file, command=child(code)).values == {"type": None}


def test_no_more_than_two_are_looked_at_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.05)

    with children.turn(), children.turn():
        assert refusal(file).code == "busy"

    assert accept(file).pages == 1


def test_a_refusal_gives_its_turn_back(file: Path) -> None:
    file.write_bytes(b"text")

    for _ in range(children.AT_ONCE + 1):
        assert refusal(file).code == "type"
