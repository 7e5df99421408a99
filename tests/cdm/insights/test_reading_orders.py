"""Orders files as people have them: many headings, encodings, dates and slips."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest

from cdm.insights.errors import InsightsError, UnknownColumns, UnreadableOrders
from cdm.insights.orders.book import OrderBook, day_number, read_orders

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def read(path: Path, text: str | bytes) -> OrderBook:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_orders(path)


def days(book: OrderBook) -> list[int]:
    return list(book.lines.day)


def test_the_real_file_is_read_whole(book: OrderBook) -> None:
    assert book.counts["rows"] == 332_447
    assert book.counts["anonymous"] == 91_639
    assert book.counts["returns"] == 6_928
    assert len(book.customers) == 3_404
    assert (book.first_day, book.last_day) == (day_number(date(2010, 12, 1)), day_number(date(2011, 9, 8)))


@pytest.mark.parametrize(
    "day",
    [
        "2011-03-04 10:00:00",
        "3/4/2011 10:00",
        "2011-03-04T10:00:00Z",
        "20110304",
        "04-Mar-2011",
        "3/4/11 9:05",
    ],
)
def test_dates_are_read_as_people_write_them(tmp_path: Path, day: str) -> None:
    book = read(tmp_path / "a.csv", f"{HEADER}1,A,Mug,2,{day},1.5,7,UK\n")
    assert days(book) == [day_number(date(2011, 3, 4))]


def test_a_first_number_beyond_twelve_makes_dates_day_first(tmp_path: Path) -> None:
    book = read(tmp_path / "a.csv", f"{HEADER}1,A,Mug,2,4/3/2011,1.5,7,UK\n2,A,Mug,2,25/3/2011,1.5,7,UK\n")
    assert days(book) == [day_number(date(2011, 3, 4)), day_number(date(2011, 3, 25))]


def test_other_headings_delimiters_and_decimal_commas_are_understood(tmp_path: Path) -> None:
    text = "order_id;sku;qty;order date;price;customer id\n1;A;2;2011-03-04;1.234,50;x-9\n"
    book = read(tmp_path / "a.csv", text)
    assert (book.customers, book.products) == (["x-9"], ["A"])
    assert list(book.lines.value) == [2469.0]


def test_a_line_total_serves_where_there_is_no_price(tmp_path: Path) -> None:
    book = read(tmp_path / "a.csv", "customer_id,date,qty,total\n7,2011-03-04,2,9.00\n8,2011-03-04,1,-3\n")
    assert list(book.lines.price) == [4.5]
    assert book.counts["bad_price"] == 1


def test_latin_1_gzip_and_a_wrong_suffix_are_told_by_content(tmp_path: Path) -> None:
    text = f"{HEADER}1,A,Caf\xe9 \xa35,2,2011-03-04,1.5,7,UK\n".encode("latin-1")
    book = read(tmp_path / "orders.parquet", gzip.compress(text))
    assert book.names == ["Café £5"]


def test_numeric_customers_are_the_same_in_csv_and_parquet(tmp_path: Path) -> None:
    text = read(tmp_path / "a.csv", f"{HEADER}1,A,Mug,2,2011-03-04,1.5,17850.0,UK\n")
    table = {"InvoiceDate": [date(2011, 3, 4)], "CustomerID": [17850.0], "UnitPrice": [1.5], "Quantity": [2]}
    pa_parquet.write_table(pa.table(table), tmp_path / "a.parquet")
    assert text.customers == read_orders(tmp_path / "a.parquet").customers == ["17850"]


def test_a_time_with_a_zone_falls_on_the_day_of_the_shop(tmp_path: Path) -> None:
    late = pa.array([datetime(2011, 3, 3, 20, tzinfo=UTC)], pa.timestamp("ns", "Asia/Bangkok"))
    table = {"InvoiceDate": late, "CustomerID": ["7"], "UnitPrice": [1.5], "Quantity": [2]}
    pa_parquet.write_table(pa.table(table), tmp_path / "a.parquet")
    assert days(read_orders(tmp_path / "a.parquet")) == [day_number(date(2011, 3, 4))]


def test_bad_rows_are_counted_by_reason_and_left_out(tmp_path: Path) -> None:
    rows = (
        "1,A,Mug,2,2011-03-04,1.5,7,UK\n"
        "2,A,Mug,two,2011-03-04,1.5,7,UK\n"
        "3,A,Mug,2,yesterday,1.5,7,UK\n"
        "4,A,Mug,2,2011-03-04,nan,7,UK\n"
        "5,A,Mug,1e300,2011-03-04,1.5,7,UK\n"
        "6,A,Mug,2,2011-03-04,1.5,,UK\n"
        "7,A,Mug\n"
        "C8,A,Mug,1,2011-03-05,1.5,7,UK\n"
    )
    book = read(tmp_path / "a.csv", HEADER + rows)
    assert book.counts == {
        "rows": 8, "sales": 2, "returns": 1, "anonymous": 1, "free": 0, "bad_columns": 1, "bad_date": 1,
        "bad_quantity": 2, "bad_price": 1,
    }  # fmt: skip
    assert list(book.lines.quantity) == [2, -1]


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = [f"{n},P{n % 3},Mug,{n + 1},2011-03-{n + 1:02d},1.5,{n % 4},UK\n" for n in range(20)]
    one = read(tmp_path / "a.csv", HEADER + "".join(rows))
    other = read(tmp_path / "b.csv", HEADER + "".join(reversed(rows)))
    assert one.customers == other.customers
    assert list(one.lines.product) == list(other.lines.product)
    assert list(one.lines.value) == list(other.lines.value)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", UnreadableOrders),
        (b"PAR1 and nothing more", UnreadableOrders),
        (b"\x1f\x8b broken", UnreadableOrders),
        (HEADER.encode(), UnreadableOrders),
        (b"a,b\n1,2\n", UnknownColumns),
        (b"CustomerID,CustomerID\n1,2\n", UnreadableOrders),
        (bytes(range(256)), InsightsError),
    ],
)
def test_what_is_no_orders_file_is_refused_in_one_line(
    tmp_path: Path, content: bytes, error: type[InsightsError]
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        read_orders(path)
    assert "\n" not in str(raised.value)
