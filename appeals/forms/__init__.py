"""What the pages of a case ask for. Cleaning yields what the actions take."""
