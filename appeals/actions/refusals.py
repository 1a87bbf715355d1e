"""Why a write did not happen. Each says what a page needs in order to explain it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from appeals.models import Evidence


class Refused(Exception):
    """Nothing was written."""


class StaleVersion(Refused):
    """Somebody changed the row after the form was made.

    `row` is the row as it is now, with the version that a new attempt must name; `current` and
    `sent` hold the values of the fields that differ.
    """

    def __init__(self, row: Model, current: Mapping[str, Any], sent: Mapping[str, Any]) -> None:
        super().__init__(f"{type(row).__name__} {row.pk} was changed meanwhile")
        self.row = row
        self.current = dict(current)
        self.sent = dict(sent)


class Gone(Refused):
    """The row was deleted meanwhile."""


class NoNotice(Refused):
    """A deadline is one that a notice gives; this case has no notice."""


class TooManyProviders(Refused):
    """With these the case would have more providers than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} providers")
        self.limit = limit


class TooManyCases(Refused):
    """With this the person would have more cases than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} cases")
        self.limit = limit


class TooManyDemands(Refused):
    """With this the case would have more demands than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} demands")
        self.limit = limit


class WrongPlace(Refused):
    """The case has no such demand or provider, or the demand is not asked there."""


class NoSuchLine(Refused):
    """The notice has no such line, or none was named by which something is left out."""


class InUse(Refused):
    """Something is filed or written under it: it can be left out, not taken away or turned."""


class NothingToExplain(Refused):
    """No such field, demand or finding, or one that no sentence can stand for."""


class NotTheOwner(Refused):
    """Only the owner of the account can do this."""


class FactsChanged(Refused):
    """The facts are no longer those that the owner was shown."""


class NotConfirmed(Refused):
    """The owner has not confirmed the facts as they are in this round."""


class OriginalsLost(Refused):
    """The bytes of an exhibit are not those that were received: nothing can be sealed."""


class ConsentMissing(Refused):
    """This person has not agreed yet that files are kept."""


class Withdrawn(Refused):
    """A withdrawn evidence stays as it was."""


class NotWithdrawn(Refused):
    """Only the file of a withdrawn exhibit is deleted for good."""


class AddedMeanwhile(Refused):
    """Something was added while the account was being deleted."""


class OnlyAdministrator(Refused):
    """Without this account nobody could look after the site."""


class HasExhibitNumber(Refused):
    """What once had a number is withdrawn under it, never removed."""


class SameFile(Refused):
    """The case already holds these bytes, as `evidence`."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__("the case already holds these bytes")
        self.evidence = evidence


class NoRoom(Refused):
    """With this file more would be kept than the limit allows. All in bytes."""

    def __init__(self, *, size: int, used: int, limit: int) -> None:
        super().__init__(f"{used} + {size} bytes are more than {limit}")
        self.size = size
        self.used = used
        self.limit = limit


class CaseFull(NoRoom):
    """The case holds as much as one case may."""


class AccountFull(NoRoom):
    """The owner's cases hold as much as one account may."""
