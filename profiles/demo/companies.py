"""Made-up companies: a family's or owner's name, a trade, the legal form of the country."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from random import Random
from typing import NamedTuple

from profiles.demo.names import Strand, bilingual, nfc, slug
from profiles.demo.region import Region
from profiles.demo.skew import Seen, by_weight


class Trade(NamedTuple):
    """What a company does, as a part of its name and as an industry."""

    native: str
    roman: str
    industry: str


class Company(NamedTuple):
    """The facts of one company."""

    native: str
    roman: str
    short: str
    slug: str
    industry: str
    size: str


def _trades(text: str) -> tuple[Trade, ...]:
    """Read "การค้า:Trading:Retail"."""
    return tuple(Trade(*(cell.strip() for cell in part.split(":"))) for part in nfc(text).strip().split(","))


TRADES = {
    "thai": _trades("""
    การค้า:Trading:Retail, พาณิชย์:Commercial:Wholesale, ก่อสร้าง:Construction:Construction,
    การช่าง:Engineering:Engineering, ขนส่ง:Transport:Logistics, ฟู้ดส์:Foods:Food and beverage,
    การพิมพ์:Printing:Printing, เฟอร์นิเจอร์:Furniture:Furniture, ออโต้:Auto:Automotive,
    เทคโนโลยี:Technology:Technology, ทัวร์:Tour:Travel, การเกษตร:Agriculture:Agriculture,
    บิวตี้:Beauty:Beauty and health, พร็อพเพอร์ตี้:Property:Real estate"""),
    "bengali": _trades("""
    ট্রেডার্স:Traders:Retail, এন্টারপ্রাইজ:Enterprise:Wholesale, টেক্সটাইল:Textile:Textiles,
    ফার্মেসি:Pharmacy:Healthcare, কনস্ট্রাকশন:Construction:Construction, ফুডস:Foods:Food and beverage,
    ইলেকট্রনিক্স:Electronics:Electronics, প্রিন্টিং প্রেস:Printing Press:Printing, স্টোর:Store:Retail,
    ট্রাভেলস:Travels:Travel, অ্যাগ্রো:Agro:Agriculture"""),
    "japanese": _trades("""
    商店:Shoten:Retail, 工業:Kogyo:Manufacturing, 建設:Kensetsu:Construction,
    食品:Shokuhin:Food and beverage, 印刷:Insatsu:Printing, 運輸:Unyu:Logistics, 電機:Denki:Electronics,
    製作所:Seisakusho:Manufacturing, 薬局:Yakkyoku:Healthcare, 不動産:Fudosan:Real estate,
    産業:Sangyo:Wholesale, 設計:Sekkei:Engineering"""),
    "latin": _trades("""
    Trading:Trading:Retail, Logistics:Logistics:Logistics, Construction:Construction:Construction,
    Foods:Foods:Food and beverage, Engineering:Engineering:Engineering, & Sons:& Sons:Retail,
    Consulting:Consulting:Professional services, Interiors:Interiors:Furniture, Motors:Motors:Automotive,
    Digital:Digital:Technology, Travel:Travel:Travel, Farms:Farms:Agriculture,
    Properties:Properties:Real estate, Print Works:Print Works:Printing, Catering:Catering:Hospitality"""),
}
OWNERS = bilingual("""
রহমান Rahman, চৌধুরী Chowdhury, খান Khan, হোসেন Hossain, করিম Karim, তালুকদার Talukder, ভূঁইয়া Bhuiyan,
জামান Zaman, হক Haque, ইসলাম Islam, সাহা Saha, পাল Paul, সরকার Sarker, মোল্লা Molla, দেওয়ান Dewan
""")
EMBLEMS = bilingual("""
মেঘনা Meghna, পদ্মা Padma, যমুনা Jamuna, সোনালী Sonali, রূপসা Rupsha, সুরমা Surma, আল-আমিন Al-Amin,
বিসমিল্লাহ Bismillah, জনতা Janata, শাপলা Shapla, বাংলা Bangla, মদিনা Madina, তিতাস Titas, করতোয়া Karatoa,
ঢাকা Dhaka
""")
SIZES = by_weight(
    [("1-10", 46.0), ("11-50", 30.0), ("51-200", 15.0), ("201-500", 6.0), ("500+", 3.0)], bits=8
)
HOUSES = bilingual("""
東京 Tokyo, 大阪 Osaka, 関東 Kanto, 関西 Kansai, 東海 Tokai, 九州 Kyushu, 中央 Chuo, 東洋 Toyo,
大和 Yamato, 富士 Fuji, 三和 Sanwa, 共栄 Kyoei, 昭和 Showa, 新生 Shinsei, 第一 Daiichi,
丸一 Maruichi, 大成 Taisei, 平和 Heiwa, 協同 Kyodo, 日の出 Hinode, 北陸 Hokuriku, 山陽 Sanyo,
湘南 Shonan, 武蔵野 Musashino, 旭 Asahi, 若葉 Wakaba, みどり Midori, さくら Sakura, 双葉 Futaba,
美和 Miwa
""")
# Firms everybody knows: a made-up customer must not look like one of them.
FAMOUS = frozenset(
    {"清水建設", "佐藤工業", "前田建設", "竹中工業", "村田製作所", "島田製作所", "近藤設計", "西村建設"}
)
FIRST_YEAR = 1975
MOST_TRIES = 50


def draw(rng: Random, region: Region, strand: Strand, names: Seen) -> Company:
    """Return a company whose name no other of ``names`` has: two alike differ by founding year or region."""
    trades = TRADES[strand.script]
    for _ in range(MOST_TRIES):
        trade = trades[int(rng.random() ** 1.4 * len(trades))]
        native, roman = _owner(rng, strand)
        year = ""
        if native + trade.native in FAMOUS or not names.add(native + trade.native):
            if strand.script == "japanese":
                house = HOUSES[int(rng.random() * len(HOUSES))]
                native, roman = house.native + native, f"{house.roman} {roman}"
            else:
                year = str(FIRST_YEAR + int(rng.random() * 49))
            if not names.add(native + trade.native + year):
                continue
        break
    return _named(region, strand.script, trade, native, roman, year, SIZES[rng.getrandbits(8)])


def _owner(rng: Random, strand: Strand) -> tuple[str, str]:
    """Return what the name begins with; a Chinese clan name (แซ่ …) does not make a Thai company name."""
    if strand.script == "bengali":
        return _bengali_owner(rng, strand)
    table = strand.family["male", False]
    family = table[rng.getrandbits(strand.family_bits)]
    while family.native.startswith("แซ่"):
        family = table[rng.getrandbits(strand.family_bits)]
    return family.native, family.roman


def _bengali_owner(rng: Random, strand: Strand) -> tuple[str, str]:
    """Return an owner's given name, a family and brothers, or a river, perhaps a new one."""
    kind = rng.random()
    if kind < 0.5:
        table = strand.given["male", rng.random() < 0.5]
        given = table[rng.getrandbits(strand.given_bits)]
        return given.native.removeprefix("মোঃ "), given.roman.removeprefix("Md. ")
    if kind < 0.7:
        family = OWNERS[int(rng.random() * len(OWNERS))]
        return f"{family.native} ব্রাদার্স", f"{family.roman} Brothers"
    one = (OWNERS + EMBLEMS)[int(rng.random() * len(OWNERS + EMBLEMS))]
    return (f"নিউ {one.native}", f"New {one.roman}") if kind < 0.8 else (one.native, one.roman)


def _named(  # noqa: PLR0917 (parts of one name, in their order)
    region: Region, script: str, trade: Trade, native: str, roman: str, year: str, size: str
) -> Company:
    brackets = f" ({year})" if year else ""
    latin = f"{roman} {trade.roman}{brackets}"
    full = f"{latin} {region.legal_form}"
    short = latin
    if script == "thai":
        buddhist = f" ({int(year) + 543})" if year else ""
        short = f"{native}{trade.native}{buddhist}"
        own = f"บริษัท {short} จำกัด"
    elif script == "japanese":
        short = f"{native}{trade.native}"
        own = f"株式会社{short}"
        full = f"{latin} K.K."
    elif script == "bengali":
        short = f"{native} {trade.native}{brackets}"
        own = f"মেসার্স {short}" if size == "1-10" else f"{short} লিমিটেড"
    else:
        short = f"{native} {trade.native}{brackets}"
        own = f"{short} {region.legal_form}"
    return Company(own, full, short, slug(f"{roman}{trade.roman}{year}"), trade.industry, size)
