"""The writer's desk: guides with both languages side by side, and the registers around them."""

from . import guides, people, pictures, records, releases, source_changes, sources

__all__ = ["guides", "people", "pictures", "records", "releases", "source_changes", "sources"]
