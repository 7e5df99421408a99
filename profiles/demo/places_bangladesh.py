"""Towns and Dhaka neighbourhoods of Bangladesh with their postcodes and roads."""

from __future__ import annotations

from profiles.demo.places import read_places

STATES = {
    "ঢাকা": "Dhaka",
    "চট্টগ্রাম": "Chattogram",
    "সিলেট": "Sylhet",
    "রাজশাহী": "Rajshahi",
    "রংপুর": "Rangpur",
    "খুলনা": "Khulna",
    "বরিশাল": "Barishal",
    "ময়মনসিংহ": "Mymensingh",
}
PLACES = read_places("bangladesh", states=STATES)
