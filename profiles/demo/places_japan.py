"""Wards and cities of Japan, each with a neighbourhood that has numbered blocks and its postcode."""

from __future__ import annotations

from profiles.demo.places import read_places

STATES = {
    "東京都": "Tokyo",
    "神奈川県": "Kanagawa",
    "埼玉県": "Saitama",
    "千葉県": "Chiba",
    "大阪府": "Osaka",
    "京都府": "Kyoto",
    "兵庫県": "Hyogo",
    "愛知県": "Aichi",
    "北海道": "Hokkaido",
    "宮城県": "Miyagi",
    "広島県": "Hiroshima",
    "福岡県": "Fukuoka",
    "石川県": "Ishikawa",
    "新潟県": "Niigata",
    "沖縄県": "Okinawa",
    "愛媛県": "Ehime",
}
PLACES = read_places("japan", states=STATES)
