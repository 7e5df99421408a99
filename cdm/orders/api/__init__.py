"""Orders and products through the API."""
