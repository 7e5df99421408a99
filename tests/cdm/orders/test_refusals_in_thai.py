"""What is wrong with an order is said in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from cdm.insights.errors import InsightsError
from cdm.insights.orders.columns import map_columns
from cdm.insights.orders.reading import read_table
from cdm.orders.records import OrderRecord
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.sentences import translated
from profiles.sizes import MOST_KEYS, check_json_size

HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID"


def test_a_negative_sale_is_refused_in_thai() -> None:
    with override("th"), pytest.raises(Invalid) as caught:
        OrderRecord.parse(
            {"source": "ERP", "number": "1", "kind": "SALE", "total": str(Decimal(-1)), "currency": "THB"},
            tenant=Tenant(region="TH"),
        )
    said = " ".join(text for texts in caught.value.fields.values() for text in texts)
    assert "โปรดส่งเป็น RETURN" in said


def test_too_much_json_is_refused_in_bengali() -> None:
    with override("bn"), pytest.raises(ValueError, match=f"সর্বোচ্চ {MOST_KEYS}টি কী"):
        check_json_size({str(number): 1 for number in range(MOST_KEYS + 1)})


@pytest.mark.parametrize(
    ("content", "thai"),
    [(f"{HEADER}\n", "ไม่มีแถวใต้หัวตาราง"), (f"{HEADER},CustomerID\n1,2,3,4,5,6,7\n", "สองคอลัมน์ชื่อเดียวกัน")],
)
def test_a_file_that_cannot_be_read_is_refused_in_thai(tmp_path: Path, content: str, thai: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(content)
    with pytest.raises(InsightsError) as caught:
        read_table(path)
    with override("th"):
        assert thai in translated(str(caught.value))


def test_missing_columns_are_named_in_thai() -> None:
    with pytest.raises(InsightsError) as caught:
        map_columns(["InvoiceNo", "Colour"])
    with override("th"):
        assert translated(str(caught.value)).startswith("ไม่มีคอลัมน์สำหรับ")
