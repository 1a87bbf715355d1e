"""What a case's facts amount to: states, findings, the next step. Standard library only."""
