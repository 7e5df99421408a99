"""What Siam Retail's people say, in Thai and English: home goods and cooking courses."""

from __future__ import annotations

from cdm.demo.words import CALL, MEETING, Chore, Offer, Talk, When, Words

_EATING = ("Food and beverage", "Hospitality")
_ROOMS = ("Real estate", "Travel", "Hospitality")
_DESKS = ("Technology", "Professional services", "Engineering", "Electronics", "Printing")
_CANTEENS = ("Construction", "Logistics", "Automotive", "Manufacturing", "Agriculture")
_SHOPS = ("Retail", "Wholesale", "Beauty and health", "Textiles", "Healthcare", "Furniture")

SIAM_RETAIL = Words(
    message="line",
    talks=(
        Talk("ถามเรื่องกระทะเหล็ก", "สนใจกระทะ 28 ซม. ถามว่าใช้กับเตาแม่เหล็กไฟฟ้าได้ไหม ตอบว่าได้", "สนใจ"),
        Talk(
            "สั่งกระทะเหล็ก",
            "ถามว่ากระทะ 28 ซม. ใช้กับเตาแม่เหล็กไฟฟ้าได้ไหม ตอบว่าได้ สั่งทางเว็บเลย",
            "ซื้อแล้ว",
            When.BEFORE,
            "PAN-28C",
        ),
        Talk("ติดตามการจัดส่ง", "ของถึงแล้ว กล่องบุบเล็กน้อยแต่สินค้าปกติดี ลูกค้าพอใจ", "พอใจ", When.AFTER),
        Talk(
            "เสนอคอร์สทำอาหารไทย",
            "อยากเรียนกับลูกสาววันเสาร์ ขอดูตารางเดือนหน้า",
            "ขอคิดดูก่อน",
            asks_to_follow_up=True,
        ),
        Talk(
            "Curry spices for the next two months",
            "Has nearly run out; asked for a reminder by LINE instead of calls next time.",
            "Bought",
            When.BEFORE,
            "SPC-CUR",
        ),
        Talk(
            "หม้อหุงข้าวมีปัญหา",
            "ไฟไม่ติด แนะนำให้ส่งซ่อมในประกัน ลูกค้าจะนำมาที่สาขาสีลม",
            "ส่งซ่อม",
            When.AFTER,
            "RCE-10C",
            direction="inbound",
            asks_to_follow_up=True,
        ),
        Talk(
            "Which knife to begin with",
            "Cooks most evenings. Recommended the 21 cm chef's knife; ordered it the next day.",
            "Bought",
            When.BEFORE,
            "KNF-210",
        ),
        Talk(
            "ขอใบกำกับภาษี",
            "ขอใบกำกับภาษีของคำสั่งซื้อล่าสุด ส่งให้ทางอีเมลแล้ว",
            "ส่งแล้ว",
            When.AFTER,
            direction="inbound",
        ),
        Talk(
            "Pleased with the blender",
            "Smoothies every morning, asked for a second jug. We do not sell it singly yet.",
            "Satisfied",
            When.AFTER,
            "BLD-700",
        ),
        Talk("แต้มสมาชิก", "ถามแต้มคงเหลือ และขอใช้แต้มแทนส่วนลดครั้งหน้า", "พอใจ", for_members=True),
        Talk(
            "Members' evening",
            "Was invited, will bring a friend and asks where to park.",
            "Comes",
            for_members=True,
        ),
        Talk(
            "ราวตากผ้าช่วงหน้าฝน",
            "ห้องเล็ก ขอรุ่นพับเก็บได้ ส่งรูปและขนาดให้แล้ว",
            "สนใจ",
            asks_to_follow_up=True,
        ),
        Talk(
            "Dehumidifier or drying rack",
            "Flat faces north, walls are damp. Compared both, measures the balcony first.",
            "Interested",
        ),
        Talk("มาดูของที่สาขา", "นัดดูชั้นวางและเก้าอี้ไม้โอ๊คที่สาขาเอกมัย ชอบแต่รอโบนัส", "สนใจ", ways=(MEETING,)),
        Talk("ไม่รับสาย", "โทรสองครั้งช่วงเช้า ไม่รับสาย จะลองช่วงเย็น", "", ways=(CALL,), direction="outbound"),
        Talk("No answer", "Rang twice, no answer. Left a voicemail.", "", ways=(CALL,), direction="outbound"),
    ),
    searches=("กระทะเหล็ก", "มีดเชฟ", "หม้อหุงข้าว", "ราวตากผ้า", "knife set", "wok", "desk lamp"),
    reasons={
        "product_view": ("Compared prices", "ยังไม่แน่ใจขนาด"),
        "add_to_cart": ("รอสิ้นเดือน", "Compared prices"),
        "checkout_initiated": ("ค่าส่งแพง", "High shipping cost"),
        "payment_failed": ("บัตรถูกปฏิเสธ", "Card declined"),
    },
    offers=(
        Offer("ชุดแก้วของขวัญปีใหม่ {n} ชุด", 500, 20, 80),
        Offer("เครื่องครัวร้านสาขาใหม่ {n} ที่นั่ง", 650, 40, 90, _EATING),
        Offer("มีดเชฟครัวกลาง {n} เล่ม", 1480, 10, 30, _EATING),
        Offer("Drying racks for {n} serviced rooms", 760, 20, 60, _ROOMS),
        Offer("Dehumidifiers for {n} show flats", 3800, 4, 12, ("Real estate", "Construction", "Furniture")),
        Offer("Desk lamps for {n} desks", 980, 15, 60, _DESKS),
        Offer("จานชามโรงอาหาร {n} ชุด", 1150, 20, 60, _CANTEENS),
        Offer("Mugs for resale, {n} sets", 460, 40, 120, _SHOPS),
        Offer("Cooking course for a team of {n}", 1900, 8, 20),
        Offer("อุปกรณ์แพนทรีออฟฟิศ {n} ชั้น", 9500, 1, 5),
    ),
    private_offers=(
        Offer("คอร์สทำอาหารวันเกิด {n} คน", 1900, 6, 12),
        Offer("Kitchen for a first flat, {n} pieces", 1100, 12, 28),
    ),
    lost=("ได้ราคาจากเจ้าอื่นถูกกว่า", "Budget put off to next year", "Took another supplier"),
    after_an_order=Chore("ยืนยันวันจัดส่ง", "call"),
    for_members=Chore("ชวนมางาน Members' evening", "message"),
    before_a_quotation=Chore("ส่งใบเสนอราคา", "todo"),
    after_a_quotation=Chore("โทรถามผลใบเสนอราคา", "call"),
    professions=("ครู", "พยาบาล", "เจ้าของร้านอาหาร", "Accountant", "วิศวกร", "Designer", "ข้าราชการ"),
)
