"""Our own Python files, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("cdp", "profiles", "unify", "campaigns", "cdm")
ALL = (*PRODUCT, "tests", "benchmarks")


@dataclass(frozen=True)
class Source:
    """One file of ours."""

    path: Path

    @property
    def name(self) -> str:
        """Return the path inside the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """Return the dotted name it is imported by."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def text(self) -> str:
        """Return what is written in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Return its syntax tree."""
        return ast.parse(self.text, filename=self.name)

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Yield the nodes of these kinds, wherever they are."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node


@lru_cache
def sources(*packages: str) -> tuple[Source, ...]:
    """Return the files of ``packages`` (all of ours by default), without migrations."""
    return tuple(
        Source(path)
        for package in packages or ALL
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    )


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for an expression of names and attributes, an empty string for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{stem}.{node.attr}" if (stem := dotted(node.value)) else f".{node.attr}"
    return ""
