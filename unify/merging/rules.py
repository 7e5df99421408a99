"""Whose word counts for which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unify.merging.choices import SurvivorshipRule


@dataclass(frozen=True, slots=True)
class SurvivorshipRules:
    """A rule per field (a column's name, or ``attributes.key``), and the sources, the most trusted first.

    Fields without a rule follow the strategy; where sources are ranked, MERGE_BOTH ranks by them.
    """

    fields: Mapping[str, SurvivorshipRule] = field(default_factory=dict)
    sources: Sequence[str] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> SurvivorshipRules:
        """Return the rules as ``to_json`` wrote them."""
        rules = {name: SurvivorshipRule(rule) for name, rule in stored.get("fields", {}).items()}
        return cls(rules, tuple(stored.get("sources", ())))

    def to_json(self) -> dict[str, Any]:
        return {
            "fields": {name: str(rule) for name, rule in self.fields.items()},
            "sources": list(self.sources),
        }

    def rule_for(self, path: str) -> SurvivorshipRule | None:
        """Return the field's own rule; a key of a tree follows the rule of the tree."""
        return self.fields.get(path) or self.fields.get(path.partition(".")[0])

    def rank(self, source: str) -> int:
        """Return the place of a source; unknown ones come last."""
        known = [name.lower() for name in self.sources]
        return known.index(source.lower()) if source.lower() in known else len(known)
