"""How to come upon a page in a certain state, for the tests of every page's layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from .words import LANGUAGES


def as_it_is(*_example: Any) -> None:
    """Nothing to change beforehand."""


def leave_it(page: Page) -> None:
    """Nothing to do on the page."""


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


def send_empty(page: Page) -> None:
    page.locator("main form:has(.button-primary)").first.evaluate("(form) => form.reset()")
    page.locator("main form .button-primary").first.click()
    page.locator(".error-summary").wait_for()


@dataclass(frozen=True)
class State:
    """A page: its address, what was so before it was opened, what is done on it."""

    path: str
    before: Callable[..., Any] = as_it_is
    then: Callable[[Page], None] = leave_it


def in_both_languages(table: Mapping[str, State]) -> Any:
    """Each state in Chinese, and in English those that are a page as such: what stands after a
    comma is the same page with more on it."""
    pairs = {
        f"{name}-{language}": (state, language)
        for language in LANGUAGES
        for name, state in table.items()
        if language == "zh-hans" or ", " not in name
    }
    return pytest.mark.parametrize(("state", "language"), pairs.values(), ids=list(pairs))


in_each_language = pytest.mark.parametrize("language", LANGUAGES)
