"""The agent's working day in the admin."""

from cdm.admin import (
    behaviour,
    family,
    insights,
    interaction,
    orders,
    ownership,
    pipeline,
    recommendation,
    tasks,
    views,
)

__all__ = [
    "behaviour",
    "family",
    "insights",
    "interaction",
    "orders",
    "ownership",
    "pipeline",
    "recommendation",
    "tasks",
    "views",
]
