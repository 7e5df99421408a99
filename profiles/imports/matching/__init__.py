"""Deciding, row after row, whose record each one is and what it changes."""
