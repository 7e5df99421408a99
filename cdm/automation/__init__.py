"""Rules that admins write: conditions about customers, and what is done where they hold."""
