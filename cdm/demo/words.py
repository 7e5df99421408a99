"""What people of the demo companies say and write."""

from __future__ import annotations

from typing import NamedTuple


class Talk(NamedTuple):
    """One conversation: subject, notes, outcome."""

    subject: str
    notes: str
    outcome: str


TALKS: dict[str, tuple[Talk, ...]] = {
    "TH": (
        Talk("ถามเรื่องกระทะเหล็ก", "ลูกค้าสนใจกระทะ 28 ซม. ถามว่าใช้กับเตาแม่เหล็กไฟฟ้าได้ไหม ตอบว่าได้", "สนใจ"),
        Talk("ติดตามการจัดส่ง", "ของถึงแล้ว กล่องบุบเล็กน้อยแต่สินค้าปกติดี ลูกค้าพอใจ", "พอใจ"),
        Talk("เสนอคอร์สทำอาหารไทย", "อยากเรียนกับลูกสาววันเสาร์ ขอดูตารางเดือนหน้า", "ขอคิดดูก่อน"),
        Talk(
            "Reorder of curry spices",
            "Runs out every two months, asked for a reminder by LINE instead of calls.",
            "Bought",
        ),
        Talk(
            "Corporate gifts",
            "Needs 40 mug sets before the New Year party, wants a quotation with VAT.",
            "Wants a quotation",
        ),
        Talk("หม้อหุงข้าวมีปัญหา", "ไฟไม่ติด แนะนำให้ส่งซ่อมในประกัน ลูกค้าจะนำมาที่สาขาสีลม", "ส่งซ่อม"),
        Talk("Birthday discount", "Thanked us for the greeting, used the code for a chef's knife.", "Bought"),
        Talk("ไม่รับสาย", "โทรสองครั้งช่วงเช้า ไม่รับสาย จะลองช่วงเย็น", ""),
    ),
    "ZA": (
        Talk(
            "Tent for the Drakensberg trip",
            "Leaves on the 18th, needs the two-man tent and a lekker warm bag.",
            "Interested",
        ),
        Talk(
            "Voetslaan-stewels",
            "Die grootte 9 druk, ruil dit om vir 'n 10. Sal Vrydag kom haal.",
            "Exchange agreed",
        ),
        Talk(
            "Braai stand delivery",
            "Courier came while they were out; delivery moved to Tuesday, just now phoned to confirm.",
            "Satisfied",
        ),
        Talk(
            "Club order",
            "The hiking club wants twelve headlamps, asked for a better price per dozen.",
            "Wants a quotation",
        ),
        Talk("No answer", "Rang twice before lunch, no answer. Better after five, says the voicemail.", ""),
        Talk(
            "Waarborg op die stoof",
            "Gasstoof lek by die klep. Onder waarborg, nuwe klep is bestel.",
            "Repair under way",
        ),
        Talk(
            "Loyalty card",
            "Happy with the points, is it not so nice? Wants to know of the spring sale.",
            "Interested",
        ),
    ),
}
SEARCHES = {
    "TH": ("กระทะเหล็ก", "มีดเชฟ", "หม้อหุงข้าว", "ชาเขียว", "knife set", "wok"),
    "ZA": ("two-man tent", "braai stand", "hiking boots", "headlamp", "koelboks", "stap stewels"),
}
REASONS = {
    "TH": ("ค่าส่งแพง", "รอสิ้นเดือน", "บัตรถูกปฏิเสธ", "High shipping cost", "Compared prices"),
    "ZA": (
        "Delivery to the farm too dear",
        "Card declined",
        "Wag vir einde van die maand",
        "Compared prices",
    ),
}
DEALS = {
    "TH": (
        "ชุดของขวัญปีใหม่ 40 ชุด",
        "เครื่องครัวร้านอาหารใหม่",
        "Cooking course for a team of 12",
        "อุปกรณ์ห้องครัวออฟฟิศ",
        "Knives for the cooking school",
    ),
    "ZA": (
        "Gear for the school's hiking club",
        "Safari lodge: 20 cool boxes",
        "Kampeer-toerusting vir die kerkjeug",
        "Headlamps for the mine rescue team",
    ),
}
TASKS = {
    "TH": ("ส่งใบเสนอราคา", "โทรถามผลการซ่อม", "Send the course schedule", "ยืนยันวันจัดส่ง"),
    "ZA": (
        "Send the quotation",
        "Bel oor die stewels",
        "Confirm the delivery date",
        "Check stock of headlamps",
    ),
}
RELATIVES = {
    "TH": {
        "spouse": ("มาลี", "สมชาย", "Nok", "วิชัย"),
        "child": ("ปลา", "Ben", "ต้น", "ใบเตย"),
        "parent": ("สมศรี", "ประเสริฐ"),
        "sibling": ("นิด", "Lek"),
        "grandparent": ("ยายจัน",),
    },
    "ZA": {
        "spouse": ("Annelie", "Sipho", "Johan", "Lerato"),
        "child": ("Kagiso", "Pieter", "Naledi"),
        "parent": ("Ouma Sarie", "Themba"),
        "sibling": ("Bongi", "Hendrik"),
        "grandparent": ("Gogo Dlamini",),
    },
}
PROFESSIONS = {
    "TH": ("ครู", "พยาบาล", "เจ้าของร้านอาหาร", "Accountant", "วิศวกร"),
    "ZA": ("Teacher", "Nurse", "Boer", "Engineer", "Game ranger"),
}
AVAILABLE = ("10:00-12:00", "13:00-16:00", "17:00-19:00", "evenings", "mornings")
