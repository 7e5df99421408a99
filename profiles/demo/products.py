"""What the made-up shop sells, and how customers talk about it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from profiles.demo.skew import by_weight

PRODUCT_BITS = 8


class Product(NamedTuple):
    """One article; the price is in US dollars."""

    sku: str
    name: str
    category: str
    dollars: Decimal


class Shop(NamedTuple):
    """What one shop sells and shows: products by popularity, pages, subjects of its mails."""

    products: tuple[Product, ...]
    shelf: list[Product]
    pages: tuple[tuple[str, str], ...]
    mails: tuple[str, ...]
    questions: dict[str, tuple[str, ...]]


def read_products(assortment: str) -> tuple[Product, ...]:
    """Read lines of code, name, category and dollars, the most popular first."""
    lines = [[cell.strip() for cell in line.split("|")] for line in assortment.strip().splitlines()]
    return tuple(Product(sku, name, category, Decimal(dollars)) for sku, name, category, dollars in lines)


def open_shop(
    assortment: str,
    pages: tuple[tuple[str, str], ...],
    mails: tuple[str, ...],
    questions: dict[str, tuple[str, ...]],
) -> Shop:
    """Return a shop of which the first products sell oftener than the last."""
    products = read_products(assortment)
    shelf = by_weight([(product, 1 / (rank + 4)) for rank, product in enumerate(products)], bits=PRODUCT_BITS)
    return Shop(products, shelf, pages, mails, questions)


ASSORTMENT = """
KNF-210 | Chef's knife 21 cm | Knives | 48
KNF-120 | Paring knife | Knives | 14
BRD-OAK | Oak cutting board | Kitchen | 26
PAN-28C | Cast-iron pan 28 cm | Cookware | 39
POT-05L | Stock pot 5 l | Cookware | 44
WOK-32C | Carbon steel wok 32 cm | Cookware | 33
RCE-10C | Rice cooker 1 l | Appliances | 52
BLD-700 | Blender 700 W | Appliances | 64
KTL-17L | Kettle 1.7 l | Appliances | 29
SCL-005 | Kitchen scale 5 kg | Appliances | 18
MUG-SET | Mugs, set of 4 | Tableware | 16
PLT-SET | Dinner plates, set of 6 | Tableware | 38
BWL-RAM | Ramen bowls, set of 2 | Tableware | 21
TEA-GRN | Green tea 200 g | Pantry | 9
SPC-CUR | Curry spices, set of 5 | Pantry | 12
OIL-SES | Sesame oil 500 ml | Pantry | 8
APR-LIN | Linen apron | Textiles | 19
TWL-SET | Tea towels, set of 3 | Textiles | 11
CLS-SUS | Course: sushi for beginners | Courses | 75
CLS-THA | Course: Thai street food | Courses | 60
CLS-BRD | Course: sourdough bread | Courses | 55
GFT-050 | Gift card | Gift cards | 25
"""
# How many units of a currency a shop asks for one dollar, and what it rounds to.
RATES = {
    "THB": (Decimal(34), Decimal(10)),
    "BDT": (Decimal(120), Decimal(10)),
    "ZAR": (Decimal(18), Decimal(1)),
    "JPY": (Decimal(150), Decimal(10)),
    "GBP": (Decimal("0.8"), Decimal("0.5")),
    "EUR": (Decimal("0.9"), Decimal("0.5")),
    "USD": (Decimal(1), Decimal(1)),
}
# What customers write; {polite} is the Thai particle of the sender.
QUESTIONS = {
    "thai": (
        "สอบถามค่าส่งไปต่างจังหวัด{polite}",
        "ของจะถึงวันไหน{polite}",
        "มีสินค้าพร้อมส่งไหม{polite}",
        "ขอใบกำกับภาษีด้วย{polite}",
        "สนใจคอร์สวันเสาร์{polite}",
    ),
    "bengali": (
        "ডেলিভারি চার্জ কত?",
        "পণ্যটি কি স্টকে আছে?",
        "কবে হাতে পাবো?",
        "ক্যাশ অন ডেলিভারি হবে?",
    ),
    "japanese": (
        "送料はいくらですか？",
        "在庫はありますか？",
        "領収書をお願いします。",
        "土曜日の講座に申し込みたいです。",
    ),
    "latin": (
        "What does delivery cost?",
        "Is it in stock?",
        "When will my order arrive?",
        "Could you send me the invoice, please?",
        "Is there a place left on Saturday's course?",
    ),
}
MAILS = (
    "New in the shop",
    "Weekend offer",
    "Courses this month",
    "A gift for your birthday",
    "Back in stock",
)

PAGES = (("Home", "/"), ("Courses", "/courses"), ("Offers", "/offers"), ("Contact", "/contact"))
KITCHEN = open_shop(ASSORTMENT, PAGES, MAILS, QUESTIONS)


def price(product: Product, currency: str) -> Decimal:
    """Return the shop's price of a product in ``currency``; an unknown currency counts like the dollar."""
    rate, step = RATES.get(currency, RATES["USD"])
    return max(step, (product.dollars * rate / step).to_integral_value() * step)
