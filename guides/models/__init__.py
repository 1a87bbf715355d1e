"""Published knowledge: guides, their editions and history, and the people who sign in."""

from .edition import Edition, Publication, Revision
from .editorial_event import EditorialEvent
from .guide import AuthorizationMethod, Guide
from .lease import Lease
from .page_stamp import PageStamp
from .reading import Feedback, Progress, SearchMiss
from .reviewing import Release, ReleaseItem, Review
from .source import Source
from .user import User
from .writing import Draft, LinkCheck, OldSlug, Picture, PreviewLink, SourceChange

__all__ = [
    "AuthorizationMethod",
    "Draft",
    "Edition",
    "EditorialEvent",
    "Feedback",
    "Guide",
    "Lease",
    "LinkCheck",
    "OldSlug",
    "PageStamp",
    "Picture",
    "PreviewLink",
    "Progress",
    "Publication",
    "Release",
    "ReleaseItem",
    "Review",
    "Revision",
    "SearchMiss",
    "Source",
    "SourceChange",
    "User",
]
