"""Birthdays and anniversaries."""
