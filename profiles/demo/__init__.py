"""Believable customers who do not exist, for trying the product out and for measuring it."""

from profiles.demo.loading import load

__all__ = ["load"]
