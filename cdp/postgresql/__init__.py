"""Django's PostgreSQL backend, with the active tenant kept on the physical connection (wall 2)."""
