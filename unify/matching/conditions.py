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
        return _all([_compile(part) for part in node.flatten()])
    if isinstance(node, exp.Or):
        return _any([_compile(part) for part in node.flatten()])
    if isinstance(node, exp.Not):
        return _negation(_compile(node.this))
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return _is_null(node.this)
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


def _all(parts: list[Closure]) -> Closure:
    def conjunction(left: Columns, right: Columns) -> Value:
        result: Value = True
        for part in parts:
            value = part(left, right)
            if not value:
                if value is not None:
                    return False
                result = None
        return result

    return conjunction


def _any(parts: list[Closure]) -> Closure:
    def disjunction(left: Columns, right: Columns) -> Value:
        result: Value = False
        for part in parts:
            value = part(left, right)
            if value:
                return True
            if value is None:
                result = None
        return result

    return disjunction


def _negation(inner: Closure) -> Closure:
    def negated(left: Columns, right: Columns) -> Value:
        value = inner(left, right)
        return None if value is None else not value

    return negated


def _is_null(node: exp.Expr) -> Closure:
    if not isinstance(node, exp.Column):
        inner = _compile(node)
        return lambda left, right: inner(left, right) is None
    column = node.name[:-2]
    if node.name.endswith("_l"):
        return lambda left, right: left[column] is None
    return lambda left, right: right[column] is None


def _call(node: exp.Expr) -> Closure:
    function = (
        _BY_NAME.get(node.name.lower()) if isinstance(node, exp.Anonymous) else _BY_TYPE.get(type(node))
    )
    if function is None:
        raise UnknownFunction(f"Not a portable function: {node.sql(dialect='duckdb')}.")
    nodes = _arguments(node)
    arguments = [_compile(argument) for argument in nodes]
    if len(arguments) == 2:  # noqa: PLR2004
        return (
            _of_both_sides(function, *nodes)
            or _of_constant(function, *nodes)
            or _binary(function, *arguments)
        )
    if len(arguments) == 1:
        return _unary(function, arguments[0])

    def called(left: Columns, right: Columns) -> Value:
        values = [argument(left, right) for argument in arguments]
        return None if None in values else function(*values)

    return called


def _of_both_sides(function: Callable[..., Value], first: exp.Expr, second: exp.Expr) -> Closure | None:
    """The usual case, made quick: a column of the left record and one of the right."""
    if not (isinstance(first, exp.Column) and isinstance(second, exp.Column)):
        return None
    if first.name[-2:] != "_l" or second.name[-2:] != "_r":
        return None
    one_column, other_column = first.name[:-2], second.name[:-2]

    def called(left: Columns, right: Columns) -> Value:
        one = left[one_column]
        if one is None:
            return None
        other = right[other_column]
        return None if other is None else function(one, other)

    return called


def _of_constant(function: Callable[..., Value], first: exp.Expr, second: exp.Expr) -> Closure | None:
    if not isinstance(second, exp.Literal):
        return None
    inner = _compile(first)
    constant: Value = second.this if second.is_string else float(second.this)

    def called(left: Columns, right: Columns) -> Value:
        one = inner(left, right)
        return None if one is None else function(one, constant)

    return called


def _unary(function: Callable[..., Value], inner: Closure) -> Closure:
    def called(left: Columns, right: Columns) -> Value:
        value = inner(left, right)
        return None if value is None else function(value)

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
