"""Deciding about duplicates: who holds a case, what was said, and what follows from it."""
