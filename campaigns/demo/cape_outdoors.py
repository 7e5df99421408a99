"""Cape Outdoors, Cape Town: tents, boots and guided walks; budgets in rand."""

from __future__ import annotations

from typing import Any

from campaigns.demo.story import Flow, Plan, Story

TEAM = "campaigns@cape-outdoors.example.com"

GUIDE: dict[str, Any] = {
    "logoGuidelines": {
        "logos": [{"name": "Table with a path", "variant": "stacked", "background": "light"}],
        "clearSpace": "Half the height of the mountain",
        "minimumSize": {"width": 80, "height": 64},
        "usageRules": ["Fynbos green on Sand, or Sand on Fynbos green", "On gear: stitched, one colour"],
        "misuse": ["Never over the horizon line of a photograph", "No outline around it"],
    },
    "colorPalette": {
        "primary": [
            {"name": "Fynbos", "hex": "#3E5C3A", "usage": "Headings and buttons"},
            {"name": "Sand", "hex": "#EFE6D2", "usage": "Grounds"},
        ],
        "secondary": [{"name": "Granite", "hex": "#3A3F44", "usage": "Text"}],
        "accent": [{"name": "Aloe", "hex": "#D9542B", "usage": "Offers, dates of walks"}],
    },
    "typographyGuidelines": {
        "primaryFont": {
            "family": "Work Sans",
            "weights": [400, 600],
            "fallbacks": ["Arial", "sans-serif"],
            "usage": "Everything",
        },
        "secondaryFont": {
            "family": "Zilla Slab",
            "weights": [600],
            "fallbacks": ["Georgia", "serif"],
            "usage": "Names of routes",
        },
        "typeScale": [
            {"name": "Route name", "size": "44px", "lineHeight": "48px", "weight": 600},
            {"name": "Heading", "size": "28px", "lineHeight": "36px", "weight": 600},
            {"name": "Text", "size": "17px", "lineHeight": "27px", "weight": 400},
        ],
    },
    "voiceGuidelines": {
        "brandVoice": "A guide who has walked it: short sentences, distances in kilometres, weather first.",
        "primaryTone": ["plain", "encouraging"],
        "tonesToAvoid": ["heroic"],
        "messagingPillars": [
            {"title": "You can walk this", "description": "Say the climb, the water and the way down."},
            {"title": "Gear that comes back", "description": "Repairs before replacements."},
        ],
        "bannedWords": ["conquer", "extreme", "bargain"],
        "requiredWords": [],
        "maxReadingGrade": 7,
    },
}

CAPE_OUTDOORS = Story(
    targets={
        "walkers": {
            "name": "Weekend walkers, 30 to 55",
            "description": "Walk twice a month with friends; boots every three years, socks every season.",
            "demographics": {"ageRange": {"min": 30, "max": 55}, "location": {"countries": ["ZA"]}},
            "behavior": {
                "devicePreferences": ["mobile", "desktop"],
                "purchaseBehavior": ["seasonal_buyer"],
                "socialMediaPlatforms": ["facebook", "strava"],
            },
            "persona": {
                "name": "Lerato, 41",
                "description": "Teacher in Claremont, walks Silvermine on Sundays.",
                "motivations": ["A morning off the phone", "Seeing the children keep up"],
                "painPoints": ["Boots that need a month", "Not knowing whether the path is open"],
                "values": ["company", "care for the mountain"],
            },
            "isDefault": True,
        },
        "young": {
            "name": "First tent, under 30",
            "description": "Borrowed gear so far; camps at festivals and on the Garden Route.",
            "demographics": {"ageRange": {"min": 18, "max": 29}},
        },
        "mailing": {
            "name": "Newsletter and workshops",
            "description": "Asked for dates of guided walks.",
            "interests": ["newsletter", "workshop"],
        },
    },
    brands={
        "cape": {
            "brandName": "Cape Outdoors",
            "industry": "Outdoor equipment",
            "brandValues": ["plain", "capable", "repairable"],
            "detailLevel": "full",
            "fullStyleGuide": GUIDE,
        }
    },
    budgets={
        "year": {
            "name": "Always on, monthly",
            "amount": "4000",
            "startsOn": -120,
            "period": "MONTHLY",
            "isShared": True,
            "alerts": [{"threshold": 75, "emails": [TEAM]}, {"threshold": 100, "emails": [TEAM]}],
        },
        "boots": {
            "name": "Boot season",
            "amount": "7000",
            "period": "CUSTOM",
            "startsOn": -18,
            "endsOn": 30,
            "alerts": [{"threshold": 25, "emails": [TEAM]}, {"threshold": 75, "emails": [TEAM]}],
        },
    },
    containers={
        "house": {
            "name": "Cape Outdoors, house style",
            "description": "Walkers, the brand and the monthly money.",
            "customerProfileId": "walkers",
            "brandGuidelinesId": "cape",
            "budgetId": "year",
            "isDefault": True,
        },
        "tents": {
            "name": "First tent",
            "description": "Needs a budget before the festival season.",
            "customerProfileId": "young",
            "brandGuidelinesId": "cape",
            "status": "DRAFT",
        },
    },
    campaigns={
        "boots": Plan(
            {
                "name": "Boots before the rains",
                "description": "Fit them in the shop, walk them in for a month.",
                "externalId": "meta-77120045",
                "status": "ACTIVE",
                "startsOn": -18,
                "endsOn": 30,
            },
            {"containerId": "house", "budgetId": "boots"},
            {"impressions": "10920", "clicks": "356", "orders": "9"},
        ),
        "walks": Plan(
            {
                "name": "Guided walks",
                "description": "Dates, distances and who leads; every second Thursday.",
                "status": "ACTIVE",
                "startsOn": -120,
            },
            {"containerId": "house", "customerProfileId": "mailing"},
            {"impressions": "2415", "clicks": "196", "bookings": "14"},
        ),
        "tents": Plan(
            {"name": "First tent", "description": "Waits for its budget.", "status": "DRAFT"},
            {"containerId": "tents"},
        ),
    },
    flows=(
        Flow("boots", "boots", 138, 18),
        Flow("year", "walks", 95, 28, "Mailing"),
    ),
    changes=(
        ("cape", {"brandValues": ["plain", "capable", "repairable", "local"]}),
        ("boots", {"amount": "7500"}),
        ("walkers", {"description": "Walk twice a month with friends; buy boots every third winter."}),
    ),
    templates={"walkers": ("Walkers by age", "Thirty to fifty-five, anywhere in the country.")},
    follows=("walkers",),
    binned=(),
)
