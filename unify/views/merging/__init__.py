"""Merging by hand, and taking merges back."""
