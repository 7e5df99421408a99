"""Districts of Thailand with their postcodes and main roads."""

from __future__ import annotations

from profiles.demo.places import read_places

STATES = {
    "กรุงเทพมหานคร": "Bangkok",
    "นนทบุรี": "Nonthaburi",
    "สมุทรปราการ": "Samut Prakan",
    "ปทุมธานี": "Pathum Thani",
    "เชียงใหม่": "Chiang Mai",
    "เชียงราย": "Chiang Rai",
    "ขอนแก่น": "Khon Kaen",
    "นครราชสีมา": "Nakhon Ratchasima",
    "อุดรธานี": "Udon Thani",
    "อุบลราชธานี": "Ubon Ratchathani",
    "ชลบุรี": "Chon Buri",
    "ระยอง": "Rayong",
    "ภูเก็ต": "Phuket",
    "สงขลา": "Songkhla",
    "สุราษฎร์ธานี": "Surat Thani",
    "นครศรีธรรมราช": "Nakhon Si Thammarat",
    "พิษณุโลก": "Phitsanulok",
    "ลำปาง": "Lampang",
    "ประจวบคีรีขันธ์": "Prachuap Khiri Khan",
    "นครปฐม": "Nakhon Pathom",
    "สมุทรสาคร": "Samut Sakhon",
    "พระนครศรีอยุธยา": "Phra Nakhon Si Ayutthaya",
    "สระบุรี": "Saraburi",
    "บุรีรัมย์": "Buri Ram",
    "ร้อยเอ็ด": "Roi Et",
    "กระบี่": "Krabi",
    "ตรัง": "Trang",
}
PLACES = read_places("thailand", states=STATES)
