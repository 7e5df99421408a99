"""Merging customers, and taking a merge back: rules, plans, moves and the way back."""
