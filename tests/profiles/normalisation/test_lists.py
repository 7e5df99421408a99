import pytest

from profiles.normalisation.lists import split_values


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("VIP; Bangkok;VIP;", ["VIP", "Bangkok"]),
        ("* myContacts ::: Golf friends", ["myContacts", "Golf friends"]),
        ("a@example.com, b@example.com", ["a@example.com", "b@example.com"]),
        ("金、銀\n銅|鉄", ["金", "銀", "銅", "鉄"]),
        ("one", ["one"]),
        (" ; ,", []),
        ("", []),
    ],
)
def test_a_cell_is_split_where_people_and_exports_separate(raw: str, values: list[str]) -> None:
    assert split_values(raw) == values
