"""Words for building levels, so that the shipped model reads as a table."""

from collections.abc import Sequence

from unify.matching.conflicts import DIFFERENT, NOTHING
from unify.matching.model import Comparison, Level


def null(*columns: str, unless: str = "") -> Level:
    """Nothing to compare: one side is empty, or `unless` says that another field has counted it already."""
    empty = " OR ".join(f"{column}_l IS NULL OR {column}_r IS NULL" for column in columns)
    condition = f"{empty} OR ({unless})" if unless else empty
    return Level(sql_condition=condition, label_for_charts=NOTHING, is_null_level=True)


def exact(
    column: str, m: float, floor: float, *, n_records: int | None = None, label: str = "the same"
) -> Level:
    """Equal; u is the value's own frequency, at least `floor`; one in n for a value not seen twice."""
    rarest = max(floor, 1 / n_records) if n_records else floor
    return Level(
        sql_condition=f"{column}_l = {column}_r",
        label_for_charts=label,
        m_probability=m,
        u_probability=min(rarest, 0.5),
        tf_adjustment_column=column,
        tf_minimum_u_value=floor,
    )


def level(condition: str, label: str, m: float, u: float) -> Level:
    return Level(sql_condition=condition, label_for_charts=label, m_probability=m, u_probability=u)


def different(m: float, u: float, *, label: str = DIFFERENT) -> Level:
    return Level(
        sql_condition="ELSE", label_for_charts=label, m_probability=m, u_probability=u, is_conflict=True
    )


def comparison(name: str, description: str, levels: Sequence[Level]) -> Comparison:
    return Comparison(
        output_column_name=name, comparison_description=description, comparison_levels=tuple(levels)
    )


def alike(column: str, at_least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {at_least}"


def typo(column: str, edits: int = 1, *, length: int = 0) -> str:
    """At most so many letters wrong, missing or swapped, in texts longer than `length`.

    The cheap conditions stand first: an edit distance costs a database thirty times as much as they do.
    """
    close = (
        f"abs(length({column}_l) - length({column}_r)) <= {edits} AND {alike(column, 0.7)}"
        f" AND damerau_levenshtein({column}_l, {column}_r) <= {edits}"
    )
    return f"({f'least(length({column}_l), length({column}_r)) > {length} AND ' if length else ''}{close})"


def equal(column: str) -> str:
    return f"{column}_l = {column}_r"


def any_in_common(column: str) -> str:
    return f"list_has_any({column}_l, {column}_r)"


def words_in_common(column: str, *, share: float, at_least: int = 1) -> str:
    """At least that share of the shorter list's words."""
    common = f"len(list_intersect({column}_l, {column}_r))"
    enough = f"{common} >= {share} * least(len({column}_l), len({column}_r))"
    more = f" AND {common} >= {at_least}" if at_least > 1 else ""
    return f"({any_in_common(column)} AND {enough}{more})"


def words_of_both(column: str, *, share: float) -> str:
    """At least that share of the longer list's words."""
    common = f"len(list_intersect({column}_l, {column}_r))"
    return f"({any_in_common(column)} AND {common} >= {share} * greatest(len({column}_l), len({column}_r)))"
