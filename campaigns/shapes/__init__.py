"""The shapes of JSON columns."""

from campaigns.shapes.base import Shape, check_json
from campaigns.shapes.brand import FullStyleGuide, HighLevelGuidelines, Palette
from campaigns.shapes.budget import BudgetAlert
from campaigns.shapes.metadata import Metadata
from campaigns.shapes.target import Behavior, Demographics, Persona, Radius

__all__ = [
    "Behavior",
    "BudgetAlert",
    "Demographics",
    "FullStyleGuide",
    "HighLevelGuidelines",
    "Metadata",
    "Palette",
    "Persona",
    "Radius",
    "Shape",
    "check_json",
]
