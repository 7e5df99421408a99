"""Towns and suburbs of South Africa with their street postcodes."""

from __future__ import annotations

from profiles.demo.places import read_places

PLACES = read_places("south_africa")
TOWNSHIPS = {"Soweto", "Khayelitsha", "Mitchells Plain", "Chatsworth", "Phoenix"}
SUBURBS = [(place, weight) for place, weight in PLACES if place.city not in TOWNSHIPS]
# How much oftener than by size of town people of a language live in a province.
LEANINGS = {
    "zulu": {
        "KwaZulu-Natal": 5.0,
        "Gauteng": 1.2,
        "Mpumalanga": 1.5,
        "Western Cape": 0.1,
        "Northern Cape": 0.1,
    },
    "xhosa": {"Eastern Cape": 6.0, "Western Cape": 1.5, "Gauteng": 0.6, "Limpopo": 0.1, "KwaZulu-Natal": 0.3},
    "sotho": {"Gauteng": 1.2, "Free State": 4.0, "Limpopo": 4.0, "North West": 4.0, "Western Cape": 0.1},
    "south_african_indian": {
        "KwaZulu-Natal": 6.0,
        "Eastern Cape": 0.2,
        "Free State": 0.0,
        "Northern Cape": 0.1,
    },
}
ELSEWHERE = {
    "zulu": {"Chatsworth", "Phoenix", "Mitchells Plain"},
    "xhosa": {"Chatsworth", "Phoenix", "Mitchells Plain"},
    "sotho": {"Chatsworth", "Phoenix", "Mitchells Plain"},
    "south_african_indian": {"Soweto", "Khayelitsha", "Mitchells Plain"},
}
HOMELANDS = {
    language: [
        (place, weight * leaning.get(place.state, 0.5))
        for place, weight in PLACES
        if place.city not in ELSEWHERE[language] and leaning.get(place.state, 0.5) > 0
    ]
    for language, leaning in LEANINGS.items()
}
