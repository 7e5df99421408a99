"""Orders from files: read, grouped, written set-wise, and taken back."""
