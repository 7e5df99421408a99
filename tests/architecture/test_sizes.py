"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, sources

LONGEST_FILE, LONGEST_FUNCTION = 250, 30

# What is longer, and why.
LONG_FILES = {
    "cdp/settings.py": "all settings stand in one file, by decision (docs/configuration.md)",
}
LONG_FUNCTIONS: dict[str, str] = {
    "unify/matching/record.py:prepare": "one call, an argument per field of a record",
    "unify/matching/shipped.py:_person": "a table of comparisons",
}
# These words name no idea; what is in such a module belongs to the idea it is about.
EMPTY_WORDS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "misc",
    "managers",
    "handlers",
}
NAMED_BY_OTHERS = {
    "cdp/local/services.py": "the embedded servers are services in the operating system's sense",
    "tests/services.py": "likewise",
}


def test_no_file_is_longer_than_it_may_be() -> None:
    long = {source.name for source in sources() if len(source.text.splitlines()) > LONGEST_FILE}
    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_it_may_be() -> None:
    long = {
        f"{source.name}:{function.name}": _length(function)
        for source in sources()
        for function in source.functions()
        if _length(function) > LONGEST_FUNCTION
    }
    assert long.keys() == LONG_FUNCTIONS.keys(), long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1 if body else 0


def test_modules_are_named_after_what_they_are_about() -> None:
    empty = {source.name for source in sources() if source.path.stem in EMPTY_WORDS}
    assert empty == set(NAMED_BY_OTHERS)


def test_templates_stay_small_too() -> None:
    long = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    }
    assert long == set()
