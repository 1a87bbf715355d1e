"""Pictures on their way in: made again here, so that nothing of the file that came is kept."""
