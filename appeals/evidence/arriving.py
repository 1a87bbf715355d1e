"""How much is on its way in: one person alone fills neither the disk nor everybody's places."""

from __future__ import annotations

import threading
from collections import Counter

from django.conf import settings


class Arriving:
    """Bytes that are written down for files which are still coming in, by whose they are."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes: Counter[int | None] = Counter()

    def take(self, whose: int | None, size: int) -> bool:
        """Room for so many bytes more; False where there is none.

        A person gets as much as fills a case, all together as much as fills an account.
        """
        with self._lock:
            is_own_share = self._bytes[whose] + size <= settings.EVIDENCE_CASE_LIMIT
            if not is_own_share or self._bytes.total() + size > settings.EVIDENCE_ACCOUNT_LIMIT:
                return False
            self._bytes[whose] += size
            return True

    def leave(self, whose: int | None, size: int) -> None:
        with self._lock:
            self._bytes[whose] -= size
            if self._bytes[whose] <= 0:
                del self._bytes[whose]


ARRIVING = Arriving()


class Share:
    """What one file takes of it, until it is closed; leaving twice is the same as leaving once."""

    def __init__(self, whose: int | None) -> None:
        self.whose = whose
        self.size = 0
        self.of = ARRIVING

    def take(self, size: int) -> bool:
        is_taken = self.of.take(self.whose, size)
        self.size += size if is_taken else 0
        return is_taken

    def leave(self) -> None:
        size, self.size = self.size, 0
        self.of.leave(self.whose, size)
