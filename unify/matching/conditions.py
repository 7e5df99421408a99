"""The closed list of functions a comparison level may use, compiled to Python closures.

A level's condition is SQL, as Splink reads it. The same text is parsed once and becomes closures over the
columns of two records, so that one pair is scored without a database. NULL behaves as in SQL: what touches it
is unknown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import jellyfish
import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from unify.matching.errors import UnknownFunction

Value = Any  # str, float, bool, a tuple of words, or None: whatever a column or an expression holds
Columns = Mapping[str, Value]
Closure = Callable[[Columns, Columns], Value]
_ends_the_expression = re.compile(r";|--|/\*|\$\$").search


def _overlap(left: Sequence[str], right: Sequence[str]) -> bool:
    return not set(left).isdisjoint(right)


def _intersection(left: Sequence[str], right: Sequence[str]) -> set[str]:
    return set(left).intersection(right)


def _right(text: str, count: float) -> str:
    return text[-int(count) :]


def _substring(text: str, start: float, length: float) -> str:
    return text[int(start) - 1 : int(start) - 1 + int(length)]


_BY_NAME: dict[str, Callable[..., Value]] = {
    "damerau_levenshtein": jellyfish.damerau_levenshtein_distance,
    "list_intersect": _intersection,
}
_BY_TYPE: dict[type[exp.Expr], Callable[..., Value]] = {
    exp.JarowinklerSimilarity: jellyfish.jaro_winkler_similarity,
    exp.Levenshtein: jellyfish.levenshtein_distance,
    exp.ArrayOverlaps: _overlap,
    exp.Length: len,
    exp.Abs: abs,
    exp.Substring: _substring,
    exp.Right: _right,
    exp.StartsWith: str.startswith,
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Least: min,
    exp.Greatest: max,
}


@lru_cache(maxsize=2_048)
def compile_condition(condition: str) -> Closure:
    """A function of the columns of the left and the right record: True, False or None (unknown).

    Raises UnknownFunction for anything outside the closed list.
    """
    if _ends_the_expression(condition):
        raise UnknownFunction("A condition is one expression, without comments.")
    try:
        return _compile(sqlglot.parse_one(condition, read="duckdb"))
    except ParseError as error:
        raise UnknownFunction(f"Not a condition: {condition[:100]!r}.") from error


def columns_of(condition: str) -> set[str]:
    """The columns, without _l and _r, that a condition looks at."""
    tree = sqlglot.parse_one(condition, read="duckdb")
    return {column.name[:-2] for column in tree.find_all(exp.Column)}


def _compile(node: exp.Expr) -> Closure:  # noqa: PLR0911 - one per kind of node
    if isinstance(node, exp.Paren):
        return _compile(node.this)
    if isinstance(node, exp.Column):
        return _column(node.name)
    if isinstance(node, exp.Literal):
        return _constant(node.this if node.is_string else float(node.this))
    if isinstance(node, exp.And):
        return _all(_compile(node.left), _compile(node.right))
    if isinstance(node, exp.Or):
        return _any(_compile(node.left), _compile(node.right))
    if isinstance(node, exp.Not):
        return _negation(_compile(node.this))
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return _is_null(_compile(node.this))
    return _call(node)


def _column(name: str) -> Closure:
    column, side = name[:-2], name[-2:]
    if side == "_l":
        return lambda left, right: left[column]
    if side == "_r":
        return lambda left, right: right[column]
    raise UnknownFunction(f"A column in a condition ends in _l or _r: {name}.")


def _constant(value: Value) -> Closure:
    return lambda left, right: value


def _all(first: Closure, second: Closure) -> Closure:
    def both(left: Columns, right: Columns) -> Value:
        one = first(left, right)
        if one is False:
            return False
        other = second(left, right)
        return other if one or other is False else None

    return both


def _any(first: Closure, second: Closure) -> Closure:
    def either(left: Columns, right: Columns) -> Value:
        one = first(left, right)
        if one:
            return True
        other = second(left, right)
        return other if one is False or other else None

    return either


def _negation(inner: Closure) -> Closure:
    def negated(left: Columns, right: Columns) -> Value:
        value = inner(left, right)
        return None if value is None else not value

    return negated


def _is_null(inner: Closure) -> Closure:
    return lambda left, right: inner(left, right) is None


def _call(node: exp.Expr) -> Closure:
    function = (
        _BY_NAME.get(node.name.lower()) if isinstance(node, exp.Anonymous) else _BY_TYPE.get(type(node))
    )
    if function is None:
        raise UnknownFunction(f"Not a portable function: {node.sql(dialect='duckdb')}.")
    arguments = [_compile(argument) for argument in _arguments(node)]
    if len(arguments) == 2:  # noqa: PLR2004
        return _binary(function, *arguments)

    def called(left: Columns, right: Columns) -> Value:
        values = [argument(left, right) for argument in arguments]
        return None if None in values else function(*values)

    return called


def _binary(function: Callable[..., Value], first: Closure, second: Closure) -> Closure:
    def called(left: Columns, right: Columns) -> Value:
        one = first(left, right)
        if one is None:
            return None
        other = second(left, right)
        return None if other is None else function(one, other)

    return called


def _arguments(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, exp.Substring):
        return [node.this, node.args["start"], node.args["length"]]
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    if isinstance(node, (exp.Least, exp.Greatest)):
        return [node.this, *node.expressions]
    return [part for part in (node.this, node.args.get("expression")) if isinstance(part, exp.Expr)]
