"""A file of customers like those people have: 11 columns, Thai names, a few bad rows and duplicates."""

from __future__ import annotations

import csv
import random
from pathlib import Path


def _words(text: str) -> list[str]:
    return text.split()


HEADER = _words(
    "externalId email firstName lastName phone company companyTaxId industry street city postalCode"
)
_SYLLABLES = _words("สม ชาย พร ทิพย์ วร รัตน์ ศรี นภา กิต ติ มา ลี อร ณี ชัย วัฒน์ ปิ ยะ สุ ดา")
_ENGLISH = _words("Anna Ben Carla David Emma Frank Grace Henry Ida Jack Kate Liam Mia Noah Olivia Paul")
_CITIES = _words("กรุงเทพมหานคร เชียงใหม่ ขอนแก่น ภูเก็ต Pattaya Rayong Surat Udon")
_INDUSTRIES = _words("Retail Technology Finance Health Travel Food Education Logistics")


def write_file(path: Path, rows: int, *, seed: int = 1, prefix: str = "ERP") -> int:
    """Write the file; return its size in bytes. 2 % of the rows are invalid, 2 % repeat a customer."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            writer.writerow(_row(rng, number, prefix))
    return path.stat().st_size


def _row(rng: random.Random, number: int, prefix: str) -> list[str]:
    person = rng.randrange(number) if number and rng.random() < 0.02 else number
    thai = rng.random() < 0.6
    first = "".join(rng.choices(_SYLLABLES, k=2)) if thai else rng.choice(_ENGLISH)
    last = "".join(rng.choices(_SYLLABLES, k=3)) if thai else rng.choice(_ENGLISH) + "son"
    broken = rng.random() < 0.02
    email = f"broken{number}@" if broken else f"{prefix.lower()}.person{person}@mail{person % 97}.co.th"
    return [
        f"{prefix}{person:08d}",
        email,
        first,
        last,
        f"08{person % 100_000_000:08d}",
        f"บริษัท {last} จำกัด" if rng.random() < 0.3 else "",
        f"{rng.randrange(10**12, 10**13)}" if rng.random() < 0.3 else "",
        rng.choice(_INDUSTRIES) if rng.random() < 0.5 else "",
        f"{rng.randrange(1, 999)}/{rng.randrange(1, 99)} ถนนสุขุมวิท",
        rng.choice(_CITIES),
        f"{rng.randrange(10000, 96000)}",
    ]
