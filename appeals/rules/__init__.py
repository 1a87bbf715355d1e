"""What a case's facts amount to: states, findings, the next step. Standard library only."""

from .assessment import Assessment, DemandState, ProviderState, Tally, assess
from .steps import next_step

__all__ = ["Assessment", "DemandState", "ProviderState", "Tally", "assess", "next_step"]
