"""Checking a message against a brand guideline."""

from campaigns.linting.check import Finding, Report, lint
from campaigns.linting.message import Message

__all__ = ["Finding", "Message", "Report", "lint"]
