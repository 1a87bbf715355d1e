"""The example: one invented case that everybody may read, and that no row of the database holds."""
