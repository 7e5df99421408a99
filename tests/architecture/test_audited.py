"""Every verb writes its audit entry itself, so that no caller can forget it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import PRODUCT, Source, dotted, sources

Name = tuple[str, str]  # module, function
WRITES = {("cdp.audit", "record"), ("cdp.audit", "record_many")}

PART = "a part of verbs, which write the entry"
# Functions that are told who acts and write no entry, and why.
SILENT = {
    "campaigns.operations.preparing.prepare": PART,
    "campaigns.operations.templates.count_use": PART,
    "campaigns.operations.templates.draft_of_template": "makes nothing that is kept",
    "campaigns.operations.templates.find_template": "only asks",
    "cdm.operations.record_behaviour.record_behaviour": "an event is itself the record of what happened",
    "cdp.operations.standing.is_superuser": "only asks",
    "cdp.operations.standing.standing_of": "only asks",
    "profiles.imports.operations.preview.preview_import": "a draft changes no customer; a start is recorded",
    "profiles.imports.operations.revise.revise_import": "likewise",
    "profiles.imports.operations.runs.move": PART,
    "profiles.operations.bulk.touch": PART,
    "profiles.operations.record_event.record_event": "an event is itself the record of what happened",
    "profiles.operations.update_profile.save_changes": PART,
    "profiles.operations.writing.identifiers": PART,
    "unify.operations.claim_case.claim_case": "who looks at a case for ten minutes is no decision",
    "unify.operations.claim_case.claim_once": "likewise",
    "unify.operations.claim_case.renew_claim": "likewise",
    "unify.operations.release_case.release_case": "likewise",
    "unify.operations.skip_case.skip_case": "putting off is no decision; the case remembers who has",
}


def verbs() -> list[Name]:
    """Return the public functions of operations that are told who acts: ``by``."""
    return [
        (source.module, node.name)
        for source in sources(*PRODUCT)
        if "operations" in source.path.parts
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "by" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    ]


def imported(source: Source) -> dict[str, Name]:
    """Return what each imported name of a file stands for: a module's function, or a module."""
    found: dict[str, Name] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                found[alias.asname or alias.name] = (node.module, alias.name)
    return found


def calls(source: Source) -> dict[Name, set[Name]]:
    """Return which functions each function of a file calls, methods of its classes included by name."""
    names = imported(source)
    graph: dict[Name, set[Name]] = {}
    for function in source.functions():
        called = graph.setdefault((source.module, function.name), set())
        for node in ast.walk(function):
            if isinstance(node, (ast.Name, ast.Attribute)):
                called.update(_meant(dotted(node), names, source.module))
    return graph


def _meant(name: str, names: dict[str, Name], module: str) -> Iterator[Name]:
    first, _, rest = name.partition(".")
    if rest and first in names:
        package, member = names[first]
        yield (f"{package}.{member}", rest)
    elif not rest and first in names:
        yield names[first]
    yield (module, name.rpartition(".")[2])


def whole_graph() -> dict[Name, set[Name]]:
    graph: dict[Name, set[Name]] = {}
    for source in sources(*PRODUCT):
        graph |= calls(source)
        # A package hands on what its modules define.
        for alias, target in imported(source).items():
            graph.setdefault((source.module, alias), set()).add(target)
    return graph


def reaches(graph: dict[Name, set[Name]], start: Name) -> bool:
    waiting, seen = [start], set[Name]()
    while waiting:
        name = waiting.pop()
        if name in WRITES:
            return True
        if name not in seen:
            seen.add(name)
            waiting += graph.get(name, ())
    return False


def test_every_verb_reaches_the_audit_trail() -> None:
    graph = whole_graph()
    found = verbs()
    assert len(found) > 15
    silent = {f"{module}.{function}" for module, function in found if not reaches(graph, (module, function))}
    assert silent == set(SILENT)


def test_nothing_but_the_audit_module_makes_entries() -> None:
    makers = [
        source.name
        for source in sources(*PRODUCT)
        if any(
            dotted(node.func) in {"AuditEntry", "AuditEntry.objects.create", "AuditEntry.objects.bulk_create"}
            for node in source.walk(ast.Call)
            if isinstance(node, ast.Call)
        )
    ]
    assert makers == ["cdp/audit.py"]
