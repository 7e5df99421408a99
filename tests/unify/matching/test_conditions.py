import pytest

from unify.matching.conditions import columns_of, compile_condition
from unify.matching.errors import UnknownFunction


def holds(condition: str, left: object, right: object) -> object:
    return compile_condition(condition)({"a": left}, {"a": right})


@pytest.mark.parametrize(
    ("condition", "left", "right", "expected"),
    [
        ("a_l = a_r", "x", "x", True),
        ("a_l <> a_r", "x", "x", False),
        ("a_l = a_r", "x", None, None),
        ("a_l IS NULL OR a_r IS NULL", None, "x", True),
        ("a_l IS NULL OR a_r IS NULL", "y", "x", False),
        ("a_l = a_r AND length(a_l) > 3", "abcd", "abcd", True),
        ("a_l = a_r OR length(a_r) > 3", None, "abcd", True),
        ("a_l = a_r AND length(a_r) > 9", None, "abcd", False),
        ("a_l = a_r AND length(a_r) > 3", None, "abcd", None),
        ("NOT (a_l = a_r)", "x", "y", True),
        ("NOT (a_l = a_r)", None, "y", None),
        ("damerau_levenshtein(a_l, a_r) <= 1", "abcd", "abdc", True),
        ("levenshtein(a_l, a_r) <= 1", "abcd", "abdc", False),
        ("jaro_winkler_similarity(a_l, a_r) >= 0.9", "martha", "marhta", True),
        ("substr(a_l, 5, 2) = substr(a_r, 7, 2)", "19900403", "19900304", True),
        ("right(a_l, 3) = right(a_r, 3)", "x123", "y123", True),
        ("starts_with(a_l, a_r)", "robert", "rob", True),
        ("list_has_any(a_l, a_r)", ("x", "y"), ("y",), True),
        ("len(list_intersect(a_l, a_r)) >= 0.5 * greatest(len(a_l), len(a_r))", ("x", "y"), ("y",), True),
        ("abs(length(a_l) - length(a_r)) <= 1", "ab", "abcd", False),
    ],
)
def test_a_condition_means_what_it_means_in_sql(
    condition: str, left: object, right: object, expected: object
) -> None:
    assert holds(condition, left, right) is expected


@pytest.mark.parametrize(
    "condition",
    [
        "read_csv(a_l) = a_r",
        "a_l = a_r; DROP TABLE records",
        "a_l = a_r -- and more",
        "a_l = (SELECT 1)",
        "regexp_matches(a_l, a_r)",
        "a = a_r",
        "a_l = ",
        "CASE WHEN a_l = a_r THEN true END",
        "",
    ],
)
def test_what_is_outside_the_closed_list_is_refused(condition: str) -> None:
    with pytest.raises(UnknownFunction):
        compile_condition(condition)


def test_the_columns_of_a_condition_are_known() -> None:
    assert columns_of("a_l = b_r OR length(c_l) > 2") == {"a", "b", "c"}
