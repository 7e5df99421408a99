"""What the two demo companies sell."""

from __future__ import annotations

from cdp import demo
from profiles.demo.products import ASSORTMENT, KITCHEN, PAGES, QUESTIONS, Shop, open_shop

_HOME = """
DRY-RCK | Folding drying rack | Home | 24
BOX-SET | Storage boxes, set of 3 | Home | 17
SHL-3TR | Shelf, three tiers | Furniture | 58
LMP-DSK | Desk lamp | Home | 31
DHM-12L | Dehumidifier 12 l | Appliances | 119
UMB-STD | Umbrella stand | Home | 22
STL-OAK | Oak stool | Furniture | 46
CUR-LIN | Linen curtains, pair | Textiles | 42
HRB-POT | Herb pot with saucer | Garden | 7
CAN-05L | Watering can 5 l | Garden | 13
"""
_OUTDOORS = """
BOT-HIK | Hiking boots | Footwear | 109
SOK-MRN | Merino socks | Footwear | 14
PCK-25L | Daypack 25 l | Packs | 52
LMP-HED | Headlamp 300 lm | Lights | 27
BTL-1LT | Water bottle 1 l | Camp kitchen | 12
JCK-RAN | Rain jacket | Clothing | 89
TNT-2MN | Two-man tent | Tents | 149
HAT-SUN | Sun hat | Clothing | 18
GAS-230 | Gas cartridge 230 g | Camp kitchen | 6
BAG-M05 | Sleeping bag, down to -5 °C | Sleeping | 79
SHO-TRL | Trail shoes | Footwear | 84
POL-TRK | Trekking poles, pair | Walking | 39
WLK-SIL | Guided walk: Silvermine | Walks | 14
COL-25L | Cool box 25 l | Camp kitchen | 66
STV-GAS | Gas stove | Camp kitchen | 36
MAT-SLF | Self-inflating mat | Sleeping | 44
FLC-JCK | Fleece jacket | Clothing | 46
WLK-TBL | Guided walk: Table Mountain | Walks | 28
BRA-STD | Folding braai stand | Camp kitchen | 48
PCK-60L | Trekking pack 60 l | Packs | 129
TNT-4MN | Four-man tent | Tents | 229
MAP-DRK | Hiking map: Drakensberg | Walking | 11
WSH-NAV | Workshop: map and compass | Workshops | 35
GFT-050 | Gift card | Gift cards | 25
"""
_WALKS = (("Home", "/"), ("Guided walks", "/walks"), ("Offers", "/offers"), ("Contact", "/contact"))
_OUTDOOR_MAILS = (
    "New in the shop",
    "Weekend offer",
    "Guided walks this month",
    "A gift for your birthday",
    "Back in stock",
)
_HOME_MAILS = ("New in the shop", "Weekend offer", "Cooking courses this month", "A gift for your birthday")
_OUTDOOR_QUESTIONS = QUESTIONS | {
    "latin": (
        "What does delivery cost?",
        "Is it in stock?",
        "When will my order arrive?",
        "Could you send me the invoice, please?",
        "Is there a place left on Saturday's walk?",
        "Do the boots run small?",
    ),
    "thai": ("สอบถามค่าส่ง{polite}", "ของจะถึงวันไหน{polite}", "มีสินค้าพร้อมส่งไหม{polite}"),
    "japanese": ("送料はいくらですか？", "在庫はありますか？", "領収書をお願いします。"),
}
SIAM_RETAIL = open_shop(ASSORTMENT.strip() + _HOME, PAGES, _HOME_MAILS, QUESTIONS)
CAPE_OUTDOORS = open_shop(_OUTDOORS, _WALKS, _OUTDOOR_MAILS, _OUTDOOR_QUESTIONS)
SHOPS: dict[str, Shop] = {demo.TENANT_SLUG: SIAM_RETAIL, demo.SECOND_TENANT_SLUG: CAPE_OUTDOORS}


def shop_of(slug: str) -> Shop:
    """Return what a company sells: the demo companies what they say, any other one a kitchen shop's goods."""
    return SHOPS.get(slug, KITCHEN)
