"""Bundled files as they come in, from a folder or another place: parsed, and checked as a whole."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from guides.models import AuthorizationMethod, Guide, Revision, Source

from .drafts import digests_of
from .facts import DATES, METHOD, PLAIN, present_facts, without_checking
from .files import BadFile, digest, read_edition, write_json
from .sources import COLUMNS

SOURCES, RENAMED_FILE, FACTS_FILE = "sources.json", "renamed.json", "guide.json"
_SLUG = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)
_KEY = re.compile(r"[a-z0-9-]{1,20}", re.ASCII)


@dataclass(frozen=True)
class BundledGuide:
    """A guide as its folder has it."""

    slug: str
    facts: Mapping[str, Any]
    texts: Mapping[str, str]

    @cached_property
    def facts_digest(self) -> str:
        return digest(write_json(without_checking(self.facts)))

    def at_present(self, present: Mapping[str, str]) -> BundledGuide:
        """The same where it, or a guide that it names, has another address here by now."""
        return replace(
            self,
            slug=present.get(self.slug, self.slug),
            facts=present_facts(self.facts, present),
        )

    def languages(self) -> Iterator[str]:
        """The source language first: a translation is measured against it."""
        yield from sorted(self.texts, key=lambda one: one != self.facts["source_language"])

    def source_digests(self) -> list[str]:
        """What its translations were made from, whatever the source says here by now."""
        return digests_of(Revision(**self.read(self.facts["source_language"])))

    def read(self, language: str) -> dict[str, str]:
        """What its file of that language says. Raises BadFile, which names the file."""
        try:
            return read_edition(self.texts[language])
        except BadFile as why:
            raise BadFile(f"{self.slug}/{language}.md: {why}") from None


@dataclass(frozen=True)
class Content:
    """Everything that bundled files say but the pictures. `renamed`: the address that a guide
    has, by each that it had before; its file is there only where some were renamed."""

    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    guides: list[BundledGuide] = field(default_factory=list)


def read_folder(folder: Path) -> Content:
    """Raises BadFile with everything that is wrong in it, a line each."""
    paths = [folder / SOURCES, folder / RENAMED_FILE]
    for facts in sorted(folder.glob(f"*/{FACTS_FILE}")):
        paths += [facts, *sorted(facts.parent.glob("*.md"))]
    return parse(
        {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.is_file()}
    )


def parse(files: Mapping[str, bytes]) -> Content:
    """What these files say, by their names. Raises BadFile with everything that is wrong, a line
    each."""
    reader = _Reader(files)
    content = reader.content()
    if reader.problems:
        raise BadFile("\n".join(reader.problems))
    return content


class _Reader:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.problems: list[str] = []

    def content(self) -> Content:
        sources = self.json(SOURCES) if SOURCES in self.files else {}
        renamed = self.json(RENAMED_FILE) if RENAMED_FILE in self.files else {}
        self.check_sources(sources)
        for slug in (*renamed, *renamed.values()):
            self.need(isinstance(slug, str) and _SLUG.fullmatch(slug), RENAMED_FILE, "no address")
        slugs = sorted(
            name.removesuffix(f"/{FACTS_FILE}")
            for name in self.files
            if name.endswith(f"/{FACTS_FILE}")
        )
        return Content(sources, renamed, [self.guide(slug) for slug in slugs])

    def need(self, is_so: object, name: str, why: str) -> bool:
        if not is_so:
            self.problems.append(f"{name}: {why}")
        return bool(is_so)

    def text(self, name: str) -> str:
        """Its text, with the line ends and without the mark that editors of Windows leave."""
        try:
            return self.files[name].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.need(False, name, "not UTF-8")
            return ""

    def json(self, name: str) -> dict[str, Any]:
        try:
            found = json.loads(self.text(name) or "null")
        except (ValueError, RecursionError):
            found = None
        return found if self.need(isinstance(found, dict), name, "not an object of JSON") else {}

    def check_sources(self, sources: Mapping[str, Any]) -> None:
        for key, facts in sources.items():
            where = f"{SOURCES}: {key}"
            self.need(_KEY.fullmatch(key), where, "a key has small letters, digits and hyphens")
            if not self.need(
                isinstance(facts, dict) and facts.keys() == COLUMNS.keys(), where,
                f"needs {', '.join(COLUMNS)}",
            ):  # fmt: skip
                continue
            titles = facts["title"]
            are_titles = isinstance(titles, dict) and titles and all(map(_is_text, titles.values()))
            self.need(are_titles, where, "needs a title by language")
            self.need(facts["grade"] in Source.Grade, where, "no such grade")
            self.need(facts["seen_as"] in Source.Seen, where, "not seen_as live or stored")
            self.need(_is_day(facts["seen_on"]), where, "seen_on is no day")
            for name in ("language", "publisher", "address", "archived", "version"):
                limit: int = getattr(Source._meta.get_field(COLUMNS[name]), "max_length", 0)
                is_fine = _is_text(facts[name]) and len(facts[name]) <= limit
                self.need(is_fine, where, f"{name} is no text of at most {limit} characters")

    def guide(self, slug: str) -> BundledGuide:
        name = f"{slug}/{FACTS_FILE}"
        self.need(_SLUG.fullmatch(slug), name, "its folder is no address of a guide")
        facts = self.json(name)
        self.check_facts(name, facts)
        texts = {
            path.removeprefix(f"{slug}/").removesuffix(".md"): self.text(path)
            for path in sorted(self.files)
            if path.startswith(f"{slug}/") and path.endswith(".md")
        }
        for language in texts:
            path = f"{slug}/{language}.md"
            self.need(language in dict(settings.LANGUAGES), path, "this site has no such language")
        guide = BundledGuide(slug, facts, texts)
        self.need(
            facts.get("source_language") in list(texts), name, "no text in its source_language"
        )
        self.check_texts(guide)
        return guide

    def check_facts(self, name: str, facts: Mapping[str, Any]) -> None:
        missing = [fact for fact in PLAIN if fact not in facts]
        if not self.need(not missing, name, f"no {', '.join(missing)}"):
            return
        self.need(facts["kind"] in Guide.Kind, name, "no such kind")
        self.need(facts["standing"] in Guide.Standing, name, "no such standing")
        position = facts["position"]
        is_position = isinstance(position, int) and 0 <= position <= 32767
        self.need(is_position, name, "position is no number")
        self.need(isinstance(facts["is_reported"], bool), name, "is_reported is not true or false")
        is_language = facts["source_language"] in [code for code, _name in settings.LANGUAGES]
        self.need(is_language, name, "no such language")
        for day in DATES:
            self.need(_is_day(facts[day]), name, f"{day} is no day")
        related = facts["related"]
        are_slugs = isinstance(related, list) and all(map(_is_text, related))
        self.need(are_slugs, name, "related is no list of addresses")
        self.need(facts["successor"] is None or _is_text(facts["successor"]), name, "successor")
        self.need(_is_text(facts["reference"]), name, "reference is no text")
        agreement = facts["agreement"]
        are_names = isinstance(agreement, dict) and all(map(_is_text, agreement.values()))
        self.need(agreement is None or are_names, name, "agreement is no text by language")
        method = facts["method"]
        is_method = isinstance(method, dict) and method.keys() == set(METHOD)
        if self.need(method is None or is_method, name, f"method needs {', '.join(METHOD)}"):
            self.need(method is None or _are_facts(method), name, "method has no such facts")

    def check_texts(self, guide: BundledGuide) -> None:
        for language in guide.texts:
            try:
                text = guide.read(language)
            except BadFile as why:
                self.problems.append(str(why))
                continue
            for field_name, value in text.items():
                limit = getattr(Revision._meta.get_field(field_name), "max_length", None)
                is_fine = limit is None or len(value) <= limit
                where = f"{guide.slug}/{language}.md"
                self.need(is_fine, where, f"{field_name} is longer than {limit} characters")
                self.need("\0" not in value, where, f"{field_name} holds a character of control")


def _is_text(value: object) -> bool:
    """Such as every database keeps: JSON can say half a character."""
    return isinstance(value, str) and not re.search("[\0\ud800-\udfff]", value)


def _are_facts(method: Mapping[str, Any]) -> bool:
    """Whether the row of a method could hold them."""
    if any(isinstance(value, list | dict) for value in method.values()):
        return False
    try:
        AuthorizationMethod(**method).clean_fields(exclude=["guide"])
    except ValidationError:
        return False
    return True


def _is_day(value: object) -> bool:
    if value is None:
        return True
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
