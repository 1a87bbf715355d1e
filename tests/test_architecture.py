"""Who may import whom: the walls that keep the project readable."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: What knows no request and no ORM, and imports the standard library and itself alone.
PURE = {
    "appeals/rules": "appeals.rules",
    "guides/steps.py": "guides.steps",
    "guides/checks.py": "guides.checks",
    "guides/credentials.py": "guides.credentials",
    "guides/search": "guides.search",
}
#: What the child processes that look at files are made of.
IN_THE_CHILD = ("__init__", "inspect", "structure", "smuggled", "reading", "observing", "draw")


def modules(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, relative ones made absolute."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            name = ".".join(part for part in (base, node.module) if part)
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


def is_below(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("path", modules("guides"), ids=lambda path: str(path.relative_to(ROOT)))
def test_guides_know_neither_cases_nor_wiring(path: Path) -> None:
    for module in imported(path):
        assert not is_below(module, "appeals"), module
        assert not is_below(module, "config"), module


@pytest.mark.parametrize("path", modules("appeals"), ids=lambda path: str(path.relative_to(ROOT)))
def test_appeals_know_no_wiring(path: Path) -> None:
    for module in imported(path):
        assert not is_below(module, "config"), module


@pytest.mark.parametrize(("place", "itself"), PURE.items())
def test_rules_import_the_standard_library_alone(place: str, itself: str) -> None:
    files = modules(place)

    assert files
    for path in files:
        for module in imported(path):
            top = module.partition(".")[0]
            assert top in sys.stdlib_module_names or is_below(module, itself), f"{path}: {module}"


def test_advice_is_given_from_a_text_alone() -> None:
    """Blocks and plain values in, warnings out: no row, no request."""
    for path in modules("guides/advice"):
        for module in imported(path):
            may = ("guides.advice", "guides.rendering", "django.utils", "django_stubs_ext")
            top = module.partition(".")[0]
            is_below_one = any(is_below(module, one) for one in may)
            assert top in sys.stdlib_module_names or is_below_one, f"{path}: {module}"


def test_the_child_that_parses_files_knows_no_django() -> None:
    """Its limits are set before anything large is loaded, and it starts in a fraction of a second."""
    loads = ["appeals/__init__.py", "guides/__init__.py", "guides/credentials.py"]
    loads += ["guides/limits.py", "guides/pictures/__init__.py", "guides/pictures/again.py"]
    loads += (f"appeals/evidence/{name}.py" for name in IN_THE_CHILD)
    for path in (ROOT / name for name in loads):
        for module in imported(path):
            assert not is_below(module, "django"), f"{path}: {module}"
            if is_below(module, "appeals.evidence") and module.count(".") == 2:
                assert module.rpartition(".")[2] in IN_THE_CHILD, f"{path}: {module}"


@pytest.mark.parametrize("app", ["guides", "appeals"])
def test_models_import_no_views_forms_or_writes(app: str) -> None:
    for path in modules(f"{app}/models"):
        for module in imported(path):
            for above in ("views", "forms", "actions", "publishing", "admin"):
                assert not is_below(module, f"{app}.{above}"), f"{path}: {module}"


def test_views_are_known_to_addresses_and_to_the_desk_alone() -> None:
    """Which previews by them; cases learn from the guides how a page is marked as public."""
    may = [*modules("guides/views"), *modules("guides/admin"), *modules("guides/urls.py")]
    for path in [*modules("guides"), *modules("appeals")]:
        for module in imported(path):
            is_mark = is_below(module, "guides.views.public") and "appeals/views" in path.as_posix()
            assert path in may or is_mark or not is_below(module, "guides.views"), path


def test_only_rendering_calls_markdown() -> None:
    for path in [*modules("guides"), *modules("appeals"), *modules("config")]:
        if "guides/rendering" not in path.as_posix():
            assert not any(is_below(module, "markdown") for module in imported(path)), path
