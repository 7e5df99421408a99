"""What this system says to people, it says in every language it offers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from cdp.errors import DomainError
from cdp.sentences import sentences
from profiles.imports.columns import TARGET_FIELDS
from profiles.imports.reading import DELIMITERS, ENCODINGS
from profiles.imports.reading.errors import UnreadableFile
from profiles.normalisation.errors import InvalidValue
from tests.architecture.source import Source, dotted, sources
from unify.finding.errors import SAID_BY_MATCHING
from unify.finding.running import NO_MEMORY, UNEXPECTED
from unify.level_words import FIELDS, LEVELS, TITLES, level_words
from unify.matching import MatchModel

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
# Where every refusal and remark is marked for the catalogues; what names no place there is English for good.
SPOKEN = (
    *("profiles/imports", "profiles/normalisation", "profiles/sizes.py", "profiles/errors.py"),
    *("unify/deciding", "unify/finding", "unify/merging", "unify/operations"),
    *(
        "cdm/orders",
        "campaigns/shapes",
        "campaigns/records.py",
        "campaigns/spending.py",
        "campaigns/errors.py",
    ),
)
MARKS = {"gettext", "gettext_noop", "gettext_lazy", "ngettext", "_"}
REMARKS = {"note", "Problem", "Refused"}
_place = re.compile(r"%\(\w+\)s")
_is_sentence = re.compile(r"[A-Z%].* .*", re.DOTALL).fullmatch


def untranslated(texts: set[str]) -> list[str]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found += [f"{language}: {text}" for text in sorted(texts) if gettext(text) == text]
    return found


def test_texts_are_marked_by_names_that_the_catalogues_are_collected_by() -> None:
    """``_t("Open")`` is a text no collector sees."""
    imported = [
        (source.path, alias)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    ]
    assert [(path, alias.asname) for path, alias in imported if alias.asname not in {None, "_"}] == []


def test_the_import_names_columns_and_files_in_every_language() -> None:
    labels = {text for field in TARGET_FIELDS.values() for text in (field.label, field.group)}
    assert untranslated(labels | {*DELIMITERS.values(), *ENCODINGS.values()}) == []


def test_every_comparison_and_level_of_the_shipped_model_has_words() -> None:
    model = MatchModel.shipped(1000, extras={"nickname": "Nickname"})
    own = [one for one in model.comparisons if one.output_column_name != "nickname"]
    labels = {level.label_for_charts for one in model.comparisons for level in one.comparison_levels}
    assert labels == set(LEVELS)
    assert {one.comparison_description for one in own} == set(TITLES)
    assert {one.output_column_name for one in own} == set(FIELDS)
    for language in LANGUAGES:
        with override(language):
            assert [text for text in [*LEVELS, *TITLES] if level_words(text) == text] == [], language
            assert level_words("Nickname") == "Nickname"


def test_what_ends_a_search_is_said_in_every_language() -> None:
    assert (
        untranslated({NO_MEMORY, UNEXPECTED, *(one for one in SAID_BY_MATCHING if isinstance(one, str))})
        == []
    )


def test_sentences_with_places_are_in_every_catalogue_with_the_same_places() -> None:
    templates = {one.template for one in sentences()}
    assert len(templates) > 20
    # A sentence of little more than places may look the same.
    assert untranslated({text for text in templates if len(_place.sub("", text)) > 5}) == []
    for language in LANGUAGES:
        with override(language):
            for template in templates:
                assert set(_place.findall(gettext(template))) == set(_place.findall(template)), language


@pytest.mark.parametrize(
    "source", [one for one in sources() if one.name.startswith(SPOKEN)], ids=lambda one: one.name
)
def test_refusals_and_remarks_are_marked_for_the_catalogues(source: Source) -> None:
    assert [f"{source.name}:{line}: {text}" for line, text in unmarked(source)] == []


def unmarked(source: Source) -> Iterator[tuple[int, str]]:
    """Yield sentences given to an error or a remark without being marked."""
    refusals = (DomainError, InvalidValue, UnreadableFile)
    errors = {"ValueError", *(one.__name__ for kind in refusals for one in kinds(kind))}
    for call in source.walk(ast.Call):
        assert isinstance(call, ast.Call)
        name = dotted(call.func).rpartition(".")[2]
        own = (
            isinstance(call.func, ast.Attribute) and name == "__init__" and source.name.endswith("errors.py")
        )
        if name in errors | REMARKS or own:
            yield from ((call.lineno, text) for part in ast.iter_child_nodes(call) for text in bare(part))


def kinds(base: type) -> Iterator[type]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


def bare(node: ast.AST) -> Iterator[str]:
    """Yield the sentences below a node, apart from those that are marked."""
    if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in MARKS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sentence(node.value):
        yield node.value
    for part in ast.iter_child_nodes(node):
        yield from bare(part)
