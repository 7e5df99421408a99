import codecs
import io
from pathlib import Path

import pytest

from profiles.imports.reading import detect, read_rows
from profiles.imports.reading.errors import EmptyFile, UnknownEncoding, UnsupportedFormat
from tests.profiles.imports.reading.shapes import Read

LOCALES = Path(__file__).parents[3] / "data" / "locales"
THAI = "ชื่อ,อีเมล,เมือง\nสมชาย ใจดี,a@example.com,กรุงเทพ\nสมหญิง,b@example.com,เชียงใหม่\n"
GERMAN = "Name;E-Mail;Straße\nJürgen Müller;j@example.com;Königsallee 1\n"
ENGLISH = "name,note\nJohn,don’t call – ever\nJane,“quoted”\n"


@pytest.mark.parametrize("locale", ["th_TH", "bn_BD", "ja_JP", "en_US"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_locale_files_read_the_same_in_every_unicode_encoding(
    locale: str, encoding: str, read: Read
) -> None:
    text = (LOCALES / f"{locale}_200.csv").read_text(encoding="utf-8")
    _, expected = read(text)

    dialect, rows = read(text.encode(encoding))

    assert dialect.header[0] == "id"
    assert rows == expected
    assert len(rows) == 200


def test_utf_16_with_a_big_endian_mark_is_read(read: Read) -> None:
    _, rows = read(codecs.BOM_UTF16_BE + THAI.encode("utf-16-be"))

    assert rows[0].values[0] == "สมชาย ใจดี"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (THAI, "cp874"),
        (GERMAN, "cp1252"),
        (ENGLISH, "cp1252"),
        ("氏名,住所\n山田太郎,東京都千代田区\n", "cp932"),
    ],
)
def test_legacy_encodings_are_recognised_and_marked_as_a_guess(text: str, encoding: str, read: Read) -> None:
    _, expected = read(text)

    dialect, rows = read(text.encode(encoding))

    assert dialect.encoding == encoding
    assert not dialect.is_certain
    assert rows == expected


@pytest.mark.parametrize(("locale", "encoding"), [("th_TH", "cp874"), ("ja_JP", "cp932")])
def test_the_locale_files_are_recognised_in_their_legacy_encoding(
    locale: str, encoding: str, read: Read
) -> None:
    text = (LOCALES / f"{locale}_200.csv").read_text(encoding="utf-8")
    _, expected = read(text)

    dialect, rows = read(text.encode(encoding, "ignore"))

    assert dialect.encoding == encoding
    assert [row.values[5] for row in rows] == [row.values[5] for row in expected]


def test_a_letter_far_into_the_file_decides_the_encoding(read: Read) -> None:
    text = "name,city\n" + "John,London\n" * 200_000 + "Jürgen,Köln\n"

    dialect, rows = read(text.encode("cp1252"))

    assert dialect.encoding == "cp1252"
    assert rows[-1].values == ["Jürgen", "Köln"]


def test_a_few_damaged_bytes_cost_their_rows_and_not_the_encoding(read: Read) -> None:
    lines = THAI.encode().splitlines(keepends=True)
    content = lines[0] + lines[1] * 50 + b"\xff\xfeabc,x,y\n" + lines[2] * 50

    dialect, rows = read(content)

    assert dialect.encoding == "utf-8-sig"
    assert dialect.is_damaged
    assert [row.row_no for row in rows if getattr(row, "code", "") == "broken_character"] == [51]
    assert rows[51].values[0] == "สมหญิง"
    assert len(rows) == 101


def test_a_file_cut_off_within_a_character_loses_only_its_last_row(read: Read) -> None:
    dialect, rows = read((THAI * 20).encode().rstrip()[:-1])

    assert dialect.is_damaged
    assert getattr(rows[-1], "code", "") == "broken_character"


def test_a_chosen_encoding_is_used_and_checked_to_the_end(read: Read) -> None:
    dialect, rows = read(GERMAN.encode("cp1252"), encoding="cp1252")

    assert (dialect.is_certain, rows[0].values[0]) == (True, "Jürgen Müller")
    with pytest.raises(UnknownEncoding, match="UTF-8") as refusal:
        read(b"a,b\n" * 500_000 + "ü,ö\n".encode("cp1252"), encoding="utf-8-sig")
    assert refusal.value.line_no is not None
    with pytest.raises(UnknownEncoding, match="no encoding"):
        read(GERMAN, encoding="klingon")


@pytest.mark.parametrize("content", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0\0"])
def test_an_empty_file_is_refused(content: bytes, read: Read) -> None:
    with pytest.raises(EmptyFile, match="empty"):
        read(content)


@pytest.mark.parametrize(
    ("content", "meaning"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08" + b"\0" * 20, "gzip"),
        (b"\xef\xbb\xbf <html><table><tr>", "web page"),
        (bytes(range(256)) * 40 + b"\0\1" * 500 + b"\1\0" * 500, "not a text file"),
    ],
)
def test_what_is_no_table_of_text_is_named(content: bytes, meaning: str, read: Read) -> None:
    with pytest.raises(UnsupportedFormat, match=meaning):
        read(content)


def test_the_file_stays_open_for_whoever_brought_it() -> None:
    file = io.BytesIO(THAI.encode("cp874"))
    rows = read_rows(file, detect(file))
    next(rows)
    rows.close()  # type: ignore[attr-defined]

    assert not file.closed
