"""Which field of a profile each column of an imported file fills."""

from profiles.imports.columns.guessing import ColumnGuess, guess_mapping
from profiles.imports.columns.targets import (
    ATTRIBUTE_PREFIX,
    IGNORE,
    TARGET_FIELDS,
    TargetField,
    is_target,
    mapping_problems,
)

__all__ = [
    "ATTRIBUTE_PREFIX",
    "IGNORE",
    "TARGET_FIELDS",
    "ColumnGuess",
    "TargetField",
    "guess_mapping",
    "is_target",
    "mapping_problems",
]
