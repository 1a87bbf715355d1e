"""Published knowledge: guides, their editions and history, and the people who sign in."""

from .edition import Edition, Publication, Revision
from .editorial_event import EditorialEvent
from .guide import AuthorizationMethod, Guide
from .lease import Lease
from .page_stamp import PageStamp
from .reading import Feedback, Progress, SearchMiss
from .source import Source
from .user import User

__all__ = [
    "AuthorizationMethod",
    "Edition",
    "EditorialEvent",
    "Feedback",
    "Guide",
    "Lease",
    "PageStamp",
    "Progress",
    "Publication",
    "Revision",
    "SearchMiss",
    "Source",
    "User",
]
