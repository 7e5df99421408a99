"""Families: who is linked to whom."""
