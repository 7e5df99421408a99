"""The views of the API of duplicates."""
