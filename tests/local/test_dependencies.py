"""What the code imports, pyproject.toml declares: nothing rides along on another package's dependencies."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
# Code that imports these says what to install where they are missing.
OPTIONAL = {
    canonicalize_name(Requirement(text).name)
    for texts in PROJECT["project"]["optional-dependencies"].values()
    for text in texts
}
DEV = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependency-groups"]["dev"]}
OURS = {"cdp", "profiles", "unify", "campaigns", "cdm", "tests", "benchmarks"}
# Installed with what we declare, and meant to be imported by whoever declares that.
PART_OF = {
    "kombu": "celery",
    "hypothesis-graphql": "schemathesis",
    "psycopg-pool": "psycopg",  # as its extra
    "pydantic-core": "pydantic",
}


def imported(folder: str) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module or "")
    return {name.split(".")[0] for name in found} - OURS - sys.stdlib_module_names - {"__future__"}


@pytest.mark.parametrize(
    ("folders", "declared"),
    [
        (("cdp", "profiles", "unify", "campaigns", "cdm"), RUNTIME | OPTIONAL),
        (("tests", "benchmarks"), RUNTIME | OPTIONAL | DEV),
    ],
)
def test_every_package_the_code_imports_is_declared(folders: tuple[str, ...], declared: set[str]) -> None:
    providers = packages_distributions()
    undeclared = {}
    for module in set[str]().union(*map(imported, folders)):
        names = {canonicalize_name(name) for name in providers.get(module, [module])}
        names |= {canonicalize_name(PART_OF[name]) for name in names if name in PART_OF}
        if not names & declared:
            undeclared[module] = sorted(names)
    assert undeclared == {}


def test_no_name_of_a_package_is_declared_twice() -> None:
    assert RUNTIME.isdisjoint(DEV)
