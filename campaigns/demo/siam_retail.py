"""Siam Retail, Bangkok: home goods in shops and online; budgets in baht."""

from __future__ import annotations

from campaigns.demo.siam_brand import GUIDE
from campaigns.demo.story import Flow, Plan, Story

BANGKOK = {"latitude": 13.7563, "longitude": 100.5018, "radius": 40, "unit": "km"}
TEAM = "marketing@siam-retail.example.com"

SIAM_RETAIL = Story(
    targets={
        "bangkok": {
            "name": "Bangkok women, 25 to 44",
            "description": "Furnish a first flat or the second child's room; read LINE on the way to work.",
            "demographics": {
                "ageRange": {"min": 25, "max": 44},
                "gender": "female",
                "location": {"countries": ["TH"]},
                "incomeRange": {"min": 300000, "max": 1200000, "currency": "THB"},
            },
            "behavior": {
                "devicePreferences": ["mobile"],
                "purchaseBehavior": ["frequent_buyer"],
                "socialMediaPlatforms": ["line", "instagram", "tiktok"],
                "onlineActivityLevel": "very_active",
            },
            "persona": {
                "name": "Ploy, 34",
                "description": "Project manager, one daughter, a flat near Ekkamai, always a room short.",
                "motivations": ["A home that looks calm", "Delivery on the day that was said"],
                "painPoints": ["Furniture that does not fit the lift", "Prices that change in the cart"],
                "values": ["quality", "honesty", "time"],
            },
            "isDefault": True,
        },
        "families": {
            "name": "Newsletter readers with a birthday club card",
            "description": "People who asked to hear from us; they open mails and come for workshops.",
            "demographics": {"ageRange": {"min": 20, "max": 65}},
            "interests": ["newsletter", "birthday club", "workshop"],
        },
        "seniors": {
            "name": "Sixty and over",
            "description": "Buy less often and better; ask for the shop by phone.",
            "demographics": {"ageRange": {"min": 60}, "location": {"countries": ["TH"]}},
            "persona": {
                "name": "Khun Somsak, 67",
                "painPoints": ["Small print", "Self-assembly"],
                "motivations": ["Things that last", "Somebody who explains"],
            },
        },
        "nearby": {
            "name": "Within 40 km of the Bangkok shops",
            "description": "For openings and same-day delivery. Counts customers whose coordinates we know.",
            "demographics": {"location": {"radius": BANGKOK}},
        },
    },
    brands={
        "siam": {
            "brandName": "Siam Retail",
            "industry": "Home goods",
            "brandValues": ["useful", "fair", "close by"],
            "detailLevel": "full",
            "fullStyleGuide": GUIDE,
        },
        "baan": {
            "brandName": "Baan Suan",
            "industry": "Garden",
            "brandValues": ["patient", "green"],
            "detailLevel": "high-level",
            "highLevelGuidelines": {
                "logo": {"usageRules": ["Leaf above the name, always in Fern"]},
                "colors": {
                    "primary": [{"name": "Fern", "hex": "#2F6B3A"}, {"name": "Clay", "hex": "#B5653B"}],
                    "neutral": [{"name": "Paper", "hex": "#FAF8F2"}],
                },
                "typography": {"primaryFont": "Sarabun", "typeSizes": ["16px", "24px", "36px"]},
                "voice": "Unhurried. Tells what to plant this month, then what to buy for it.",
            },
        },
    },
    budgets={
        "social": {
            "name": "Social media, monthly",
            "amount": "45000",
            "startsOn": -90,
            "period": "MONTHLY",
            "deliveryMethod": "STANDARD",
            "isShared": True,
            "alerts": [{"threshold": 80, "emails": [TEAM]}, {"threshold": 100, "emails": [TEAM]}],
        },
        "season": {
            "name": "Rainy season sale",
            "amount": "90000",
            "period": "CUSTOM",
            "deliveryMethod": "STANDARD",
            "startsOn": -24,
            "endsOn": 20,
            "alerts": [{"threshold": 50, "emails": [TEAM]}, {"threshold": 90, "emails": [TEAM]}],
        },
        "opening": {
            "name": "Opening of the Chiang Mai shop",
            "amount": "25000",
            "period": "CUSTOM",
            "deliveryMethod": "ACCELERATED",
            "startsOn": -40,
            "endsOn": -5,
            "status": "ENDED",
            "alerts": [{"threshold": 100, "emails": [TEAM]}],
        },
        "garden": {
            "name": "Baan Suan, quarterly",
            "amount": "30000",
            "startsOn": -90,
            "period": "QUARTERLY",
            "type": "CHANNEL",
            "status": "PAUSED",
        },
    },
    containers={
        "house": {
            "name": "Siam Retail, house style",
            "description": "What most campaigns start from.",
            "customerProfileId": "bangkok",
            "brandGuidelinesId": "siam",
            "budgetId": "social",
            "isDefault": True,
            "isPrimary": True,
        },
        "season_set": {
            "name": "Rainy season",
            "description": "Umbrella stands, drying racks, dehumidifiers.",
            "customerProfileId": "bangkok",
            "brandGuidelinesId": "siam",
            "budgetId": "season",
        },
        "garden_set": {
            "name": "Baan Suan spring",
            "description": "Waits for the garden team's budget to be approved.",
            "customerProfileId": "seniors",
            "brandGuidelinesId": "baan",
            "status": "DRAFT",
        },
    },
    campaigns={
        "rain": Plan(
            {
                "name": "Rainy season sale",
                "description": "Six weeks of drying racks and dehumidifiers, on LINE and Meta.",
                "externalId": "meta-120211498",
                "status": "ACTIVE",
                "startsOn": -24,
                "endsOn": 20,
            },
            {"containerId": "season_set"},
            {"impressions": "128430", "clicks": "3812", "orders": "61"},
            was="house",
        ),
        "welcome": Plan(
            {
                "name": "Welcome series",
                "description": "Three messages after the first order; runs all year.",
                "externalId": "meta-120209001",
                "status": "ACTIVE",
                "startsOn": -90,
            },
            {"containerId": "house"},
            {"impressions": "40280", "clicks": "2193", "orders": "48"},
        ),
        "members": Plan(
            {
                "name": "Members' evening",
                "description": "An invitation to newsletter readers: the house style, another audience.",
                "status": "ACTIVE",
                "startsOn": -6,
                "endsOn": 8,
            },
            {"containerId": "house", "customerProfileId": "families"},
            {"impressions": "6120", "clicks": "431"},
        ),
        "chiang_mai": Plan(
            {
                "name": "Chiang Mai opening",
                "description": "Ended; over budget by the printed maps.",
                "status": "ENDED",
                "startsOn": -40,
                "endsOn": -5,
            },
            {"customerProfileId": "seniors", "brandGuidelinesId": "siam", "budgetId": "opening"},
            {"impressions": "51200", "clicks": "982", "visits": "231"},
        ),
        "spring": Plan(
            {"name": "Spring in the garden", "description": "Brief is being written.", "status": "DRAFT"},
            {"containerId": "garden_set"},
        ),
    },
    flows=(
        Flow("season", "rain", 2480, 24),
        Flow("social", "welcome", 920, 28),
        Flow("social", "members", 610, 6, "LINE"),
        Flow("opening", "chiang_mai", 790, 34),
    ),
    changes=(
        ("siam", {"brandValues": ["useful", "fair", "close by", "calm"]}),
        ("bangkok", {"description": "Furnish a first flat or a child's room; read LINE on the way to work."}),
        ("season", {"amount": "95000"}),
        ("rain", {"description": "Seven weeks of drying racks and dehumidifiers, on LINE, Meta and TikTok."}),
    ),
    templates={
        "bangkok": ("City women, mobile first", "Age, income and behaviour of the Bangkok target."),
        "social": ("Monthly channel budget", "Even delivery, alerts at 80 and 100 %."),
    },
    follows=("bangkok",),
    binned=("nearby",),
)
