"""What must not be written anywhere, and what must be written everywhere."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, Source, dotted, sources

Findings = list[str]
# A lock that goes with its connection need not be given back when the connection is gone.
ASKS_WHETHER_OPEN = ("profiles/imports/exclusive.py",)


def places(source: Source, *nodes: ast.AST) -> Findings:
    return [f"{source.name}:{getattr(node, 'lineno', 0)}" for node in nodes]


def names_used(source: Source) -> dict[str, list[ast.AST]]:
    """Return every dotted name and import of a file with the nodes that use it."""
    used: dict[str, list[ast.AST]] = {}
    for node in source.walk(ast.Name, ast.Attribute):
        used.setdefault(dotted(node), []).append(node)
    for node in source.walk(ast.ImportFrom):
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            used.setdefault(alias.name, []).append(node)
    return used


def uses(pattern: str, *packages: str, allowed: tuple[str, ...] = ()) -> Findings:
    """Return where a name matching ``pattern`` is used outside of ``allowed``."""
    return [
        place
        for source in sources(*packages)
        if not source.name.startswith(allowed)
        for name, nodes in names_used(source).items()
        if re.search(pattern, name)
        for place in places(source, *nodes)
    ]


PRODUCT = ("cdp", "profiles", "unify", "campaigns", "cdm")


def calls_of(name: str) -> Findings:
    return [
        place
        for source in sources(*PRODUCT)
        for node in source.walk(ast.Call)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == name
        for place in places(source, node)
    ]


def test_no_text_is_declared_safe_by_hand() -> None:
    assert uses(r"(^|\.)mark_safe$", *PRODUCT) == []
    assert calls_of("SafeString") + calls_of("SafeText") == []


def test_no_template_switches_escaping_off() -> None:
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_error_is_swallowed() -> None:
    found = [
        place
        for source in sources(*PRODUCT)
        for node in source.walk(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler) and _swallows(node)
        for place in places(source, node)
    ]
    assert found == []


def _swallows(handler: ast.ExceptHandler) -> bool:
    caught = ast.unparse(handler.type) if handler.type else "Exception"
    raises_again = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    is_broad = caught in {"BaseException", "Exception"} and not raises_again
    return is_broad or all(isinstance(line, ast.Pass) for line in handler.body)


def test_nothing_but_the_tenancy_package_reaches_past_wall_1() -> None:
    assert uses(r"\.unscoped$", *PRODUCT, allowed=("cdp/tenancy/models.py",)) == []


def test_only_the_database_backend_touches_the_physical_connection() -> None:
    raw = r"(^|\.)connection\.connection$|connections\.\w+\.connection$|\._connection_pools?$"
    assert uses(raw, *PRODUCT, allowed=("cdp/postgresql/", *ASKS_WHETHER_OPEN)) == []
    connecting = r"(^|\.)psycopg\.connect$|psycopg\.AsyncConnection|psycopg_pool"
    assert uses(connecting, *PRODUCT, allowed=("cdp/local/",)) == []


def test_only_the_walls_speak_of_the_tenant_setting() -> None:
    found = [
        source.name
        for source in sources(*PRODUCT)
        if "app.tenant_id" in source.text and not source.name.startswith(("cdp/tenancy/", "cdp/postgresql/"))
    ]
    assert found == []


def test_only_authentication_activates_a_tenant_for_the_rest_of_a_request() -> None:
    allowed = ("cdp/tenancy/", "cdp/api/authentication.py")
    found = [
        source.name
        for source in sources(*PRODUCT)
        if re.search(r"from cdp\.tenancy\.context import [^\n]*\bactivate\b", source.text)
        and not source.name.startswith(allowed)
    ]
    assert found == []


def test_nobody_yields_from_inside_a_tenant() -> None:
    """Whoever reads such a generator would run under its tenant between two steps."""
    found = [
        place
        for source in sources(*PRODUCT)
        for function in source.functions()
        if not any("contextmanager" in ast.unparse(item) for item in function.decorator_list)
        for block in ast.walk(function)
        if isinstance(block, ast.With) and "tenant_context(" in ast.unparse(block.items[0])
        for node in ast.walk(block)
        if isinstance(node, (ast.Yield, ast.YieldFrom))
        for place in places(source, node)
    ]
    assert found == []


def test_no_test_is_skipped_quietly_and_none_serialises_the_database() -> None:
    """A serialised roll-back reads every table without a tenant, and the whole session dies of it."""
    banned = r"serialized_rollback|mark\.skip$|mark\.xfail$|(^|\.)mock\.patch|^MagicMock$"
    assert uses(banned, "tests") == []
    assert [s.name for s in sources("tests") if re.search(r"serialized_rollback\s*=", s.text)] == []


def test_no_signal_carries_domain_logic() -> None:
    assert uses(r"(pre|post)_(save|delete|init|migrate)$|m2m_changed$", *PRODUCT) == []
