"""The API of duplicates: finding, deciding, merging."""
