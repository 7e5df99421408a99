"""The rows of a file to typed order lines: text to numbers and times, refused rows counted by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

# A quantity or price of this or more is a slip of the keyboard, and so is such a line.
_LARGEST, _LARGEST_LINE = 1e9, 1e11
_NOBODY = ("", "nan", "none", "null", "n/a", "na", "-", "0", "anonymous", "guest")
_YEAR_FIRST = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S",
    "%d %b %Y", "%d %b %Y %H:%M", "%b %d, %Y", "%d-%b-%y", "%d-%b-%Y", "%d %B %Y", "%B %d, %Y",
]  # fmt: skip
# Ways to write the time of day after a date, and what such text looks like.
_CLOCKS = (
    ("", ""),
    (" %H:%M", " \\d+:\\d+"),
    (" %H:%M:%S", " \\d+:\\d+:\\d+"),
    (" %I:%M %p", " \\d+:\\d+ [AaPp][Mm]"),
    (" %I:%M:%S %p", " \\d+:\\d+:\\d+ [AaPp][Mm]"),
)


def normalise(rows: pa.Table, columns: Mapping[str, str], *, keeps: Sequence[str] = ()) -> pa.Table:
    """Columns customer, product, name, time (µs), quantity, price and reason, which is why a row is refused.

    A cancellation has a negative quantity, whether the file says so by its sign or by an invoice that starts
    with C. A missing customer is NULL: a sale to nobody known. The order of the rows is not kept; ``keeps``
    are columns of the file to stand beside, unchanged.
    """
    rows = _on_the_shops_clock(rows, columns["time"])
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET preserve_insertion_order = true")
        connection.register("file_rows", _with_times(connection, rows, columns["time"]))
        return connection.sql(_statement(rows, columns, keeps)).to_arrow_table()


def _on_the_shops_clock(rows: pa.Table, column: str) -> pa.Table:
    """Times with a zone as what the clock there showed: a day is the shop's day."""
    kind = rows.schema.field(column).type
    if not pa.types.is_timestamp(kind) or kind.tz is None:
        return rows
    return rows.set_column(rows.column_names.index(column), column, pc.local_timestamp(rows[column]))


def _statement(rows: pa.Table, columns: Mapping[str, str], keeps: Sequence[str]) -> str:
    kept = "".join(f", {_quoted(column)}" for column in keeps)

    def text(field: str) -> str:
        return text_of(columns[field]) if field in columns else "NULL"

    amount = _number(rows, columns.get("amount"))
    price = _number(rows, columns["price"]) if "price" in columns else f"{amount} / nullif(abs(pieces_), 0)"
    pieces = _number(rows, columns["quantity"]) if "quantity" in columns else _sign_of(price, amount, columns)
    nobody = ", ".join(f"'{word}'" for word in _NOBODY)
    cancels = f"regexp_matches(coalesce({text('order')}, ''), '^[cC][0-9]')"
    return f"""
        WITH given AS (SELECT *, {pieces} AS pieces_ FROM file_rows),
        typed AS (
            SELECT regexp_replace({text("customer")}, '^(-?[0-9]+)\\.0+$', '\\1') AS customer,
                   upper(nullif({text("product")}, '')) AS product, {text("name")} AS name,
                   TRY_CAST(time_ AS TIMESTAMP) AS time,
                   CASE WHEN {cancels} THEN -abs(pieces_) ELSE pieces_ END AS quantity,
                   abs({price}) AS price, {price} < 0 AS is_negative{kept} FROM given)
        SELECT CASE WHEN lower(customer) IN ({nobody}) THEN NULL ELSE customer END AS customer,
               product, name, epoch_us(time) AS time, quantity, price,
               CASE WHEN time IS NULL OR year(time) NOT BETWEEN 1970 AND 2200 THEN 'date'
                    WHEN quantity IS NULL OR NOT round(abs(quantity), 3) < {_LARGEST} OR quantity = 0
                    THEN 'quantity'
                    WHEN price IS NULL OR NOT price <= {_LARGEST} OR is_negative AND quantity > 0 THEN 'price'
                    WHEN NOT abs(quantity * price) < {_LARGEST_LINE} THEN 'amount'
               END AS reason{kept} FROM typed"""  # noqa: S608 - column names are quoted, the rest is ours


def text_of(column: str) -> str:
    """Return what a column says as text, without null characters: no database keeps them."""
    return f"trim(replace(CAST({_quoted(column)} AS VARCHAR), chr(0), ''))"


def _sign_of(price: str, amount: str, columns: Mapping[str, str]) -> str:
    """Without quantities a row is one piece, returned when its money is negative."""
    money = amount if "amount" in columns else price
    return f"CASE WHEN {money} < 0 THEN -1.0 ELSE 1.0 END"


def _number(rows: pa.Table, column: str | None) -> str:
    if column is None:
        return "NULL::DOUBLE"
    kind = rows.schema.field(column).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return f"TRY_CAST({_quoted(column)} AS DOUBLE)"
    bare = f"regexp_replace({_quoted(column)}, '[^0-9.,eE+-]', '', 'g')"
    is_comma = f"regexp_matches({bare}, '^[+-]?[0-9.]*,[0-9]{{1,2}}$')"
    decimal = f"replace(replace({bare}, '.', ''), ',', '.')"
    return f"TRY_CAST(CASE WHEN {is_comma} THEN {decimal} ELSE replace({bare}, ',', '') END AS DOUBLE)"


def _with_times(connection: duckdb.DuckDBPyConnection, rows: pa.Table, column: str) -> pa.Table:
    """The rows with a column `time_`; a text that many rows have is read once."""
    kind = rows.schema.field(column).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)):
        return rows.append_column("time_", rows[column])
    coded = rows[column].combine_chunks().dictionary_encode()
    texts = pc.utf8_trim_whitespace(pc.cast(coded.dictionary, pa.string()))
    connection.register("texts", pa.table({"text": texts}))
    ((largest,),) = connection.sql(
        "SELECT max(TRY_CAST(regexp_extract(text, '^(\\d{1,2})[/.-]\\d', 1) AS INT)) FROM texts"
    ).fetchall()
    # 12/1/2010 is December, unless a first number beyond 12 says otherwise.
    is_month_first = largest is None or largest <= 12  # noqa: PLR2004 - months
    parsed = connection.sql(f"SELECT {_moment(is_month_first)} AS at FROM texts").to_arrow_table()  # noqa: S608
    return rows.append_column("time_", parsed["at"].combine_chunks().take(coded.indices))


def _moment(is_month_first: bool) -> str:
    """The expression that reads `text`: by its marks where those leave one form, else by trying all."""
    day = "%m{m}%d{m}" if is_month_first else "%d{m}%m{m}"
    cases, every = [], []
    for mark in "/-.":
        for time, shape in _CLOCKS:
            # %Y takes two digits for the first century.
            forms = [f"'{day.format(m=mark)}%{year}{time}'" for year in "yY"]
            looks_so = f"regexp_full_match(text, '\\d+[{mark}]\\d+[{mark}]\\d+{shape}')"
            cases.append(f"WHEN {looks_so} THEN try_strptime(text, [{', '.join(forms)}])")
            every += forms
    # Years first come last: they would take the 3 of 3/4/11 for one.
    listed = ", ".join([*every, *(f"'{form}'" for form in _YEAR_FIRST)])
    # A cast alone would read 3/4/11 as a day of the year 3.
    iso = "TRY_CAST(TRY_CAST(text AS TIMESTAMPTZ) AS TIMESTAMP)"
    return (
        f"coalesce(CASE WHEN regexp_matches(text, '^\\d{{4}}-\\d') THEN {iso} END,"
        f" CASE {' '.join(cases)} END, try_strptime(text, [{listed}]))"
    )


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
