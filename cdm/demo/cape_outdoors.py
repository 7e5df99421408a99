"""What Cape Outdoors' people say, in English and Afrikaans: gear and guided walks."""

from __future__ import annotations

from cdm.demo.words import CALL, MEETING, Chore, Offer, Talk, When, Words

_OUTSIDE = ("Construction", "Logistics", "Engineering", "Agriculture")
_GUESTS = ("Travel", "Hospitality", "Food and beverage")
_OFFICES = ("Professional services", "Technology", "Printing", "Travel", "Real estate")

CAPE_OUTDOORS = Words(
    message="whatsapp",
    talks=(
        Talk(
            "Tent for the Drakensberg",
            "Goes with a friend at the end of the month, wavers between two-man and four-man.",
            "Interested",
            asks_to_follow_up=True,
        ),
        Talk(
            "Two-man tent",
            "Asked how it stands in wind. Sent the video of the pegs; orders it online.",
            "Bought",
            When.BEFORE,
            "TNT-2MN",
        ),
        Talk(
            "Voetslaan-stewels",
            "Die grootte 9 druk, ruil dit om vir 'n 10. Sal Vrydag kom haal.",
            "Exchange agreed",
            When.AFTER,
            "BOT-HIK",
            direction="inbound",
        ),
        Talk(
            "Which boots for a first hike",
            "Recommended a walk round the shop on the ramp; took the hiking boots.",
            "Bought",
            When.BEFORE,
            "BOT-HIK",
        ),
        Talk(
            "Delivery",
            "Courier came while they were out; moved to Tuesday and phoned just now to confirm.",
            "Satisfied",
            When.AFTER,
        ),
        Talk(
            "Waarborg op die stoof",
            "Gasstoof lek by die klep. Onder waarborg, nuwe klep is bestel.",
            "Repair under way",
            When.AFTER,
            "STV-GAS",
            direction="inbound",
            asks_to_follow_up=True,
        ),
        Talk(
            "Headlamp",
            "Night run on Lion's Head, wants to know how long the battery lasts. Took one.",
            "Bought",
            When.BEFORE,
            "LMP-HED",
        ),
        Talk(
            "Rain jacket passed its test",
            "Two days of rain in the Cederberg and dry underneath. Sends us a photo.",
            "Satisfied",
            When.AFTER,
            "JCK-RAN",
        ),
        Talk(
            "Points on the card",
            "Asked how many points there are; keeps them for the spring sale.",
            "Satisfied",
            for_members=True,
        ),
        Talk(
            "Invoice for the last order",
            "Needs it for the club's books. Sent by e-mail.",
            "Sent",
            When.AFTER,
            direction="inbound",
        ),
        Talk(
            "Guided walk on Sunday",
            "Asks whether a ten-year-old keeps up at Silvermine: yes, three hours with a break.",
            "Interested",
            asks_to_follow_up=True,
        ),
        Talk(
            "Stap by Tafelberg",
            "Wil weet of die kabelkar ingesluit is. Nee, ons stap op en af.",
            "Interested",
        ),
        Talk(
            "Came by the shop",
            "Tried the 60 l pack with weight in it, waits for payday.",
            "Interested",
            ways=(MEETING,),
        ),
        Talk(
            "No answer",
            "Rang twice before lunch, no answer. Better after five, says the voicemail.",
            "",
            ways=(CALL,),
            direction="outbound",
        ),
        Talk("Geen antwoord", "Twee keer gebel, geen antwoord nie.", "", ways=(CALL,), direction="outbound"),
    ),
    searches=("two-man tent", "braai stand", "hiking boots", "headlamp", "koelboks", "stapstewels"),
    reasons={
        "product_view": ("Compared prices", "Size not in stock"),
        "add_to_cart": ("Wag vir einde van die maand", "Compared prices"),
        "checkout_initiated": ("Delivery to the farm too dear", "High shipping cost"),
        "payment_failed": ("Card declined",),
    },
    offers=(
        Offer("Headlamps for a night crew of {n}", 430, 10, 40, _OUTSIDE),
        Offer("Stewels vir 'n span van {n}", 1850, 5, 16, _OUTSIDE),
        Offer("Cool boxes for {n} vehicles", 1100, 5, 18, _GUESTS),
        Offer("Rain jackets with logo, {n} pieces", 1450, 8, 30),
        Offer("Silvermine walk for a team of {n}", 240, 12, 40),
        Offer("Daypacks for {n} delegates", 870, 15, 50, _OFFICES),
        Offer("Water bottles for resale, {n} pieces", 180, 50, 200, ("Retail", "Food and beverage")),
        Offer("Braai stands as {n} staff prizes", 800, 4, 15),
    ),
    private_offers=(
        Offer("Camping kit for a family of {n}", 5200, 3, 5),
        Offer("Gear for a hiking club of {n}", 1250, 8, 20),
    ),
    lost=("Took another supplier", "Begroting uitgestel tot volgende jaar", "Too dear for this season"),
    after_an_order=Chore("Confirm the delivery date", "call"),
    for_members=Chore("Tell of the next guided walk", "message"),
    before_a_quotation=Chore("Send the quotation", "todo"),
    after_a_quotation=Chore("Ask about the quotation", "call"),
    professions=("Teacher", "Nurse", "Boer", "Engineer", "Game ranger", "Winemaker", "Accountant"),
)
