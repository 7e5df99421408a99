"""Duplicates: finding, deciding, merging."""
