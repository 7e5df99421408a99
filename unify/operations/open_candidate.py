"""Putting two customers before people."""

from unify.finding.opening import open_candidate

__all__ = ["open_candidate"]
