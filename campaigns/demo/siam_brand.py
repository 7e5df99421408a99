"""How Siam Retail looks and speaks."""

from __future__ import annotations

from typing import Any

GUIDE: dict[str, Any] = {
    "logoGuidelines": {
        "logos": [
            {"name": "Elephant and wordmark", "variant": "horizontal", "background": "light"},
            {"name": "Elephant alone", "variant": "symbol", "background": "any"},
        ],
        "clearSpace": "The height of the elephant's ear on every side",
        "minimumSize": {"width": 96, "height": 32},
        "usageRules": [
            "On white or on Rice; on photographs only in white",
            "The elephant walks to the right, towards the price",
            "Beside a supplier's logo: same height, a line between them",
        ],
        "misuse": ["Do not turn it or give it a shadow", "Do not set the name in another typeface"],
    },
    "colorPalette": {
        "primary": [
            {"name": "Temple teal", "hex": "#0F6B66", "usage": "Buttons, headings, the elephant"},
            {"name": "Rice", "hex": "#F7F3E8", "usage": "Grounds"},
        ],
        "secondary": [
            {"name": "Ink", "hex": "#1E2A2A", "usage": "Text"},
            {"name": "Mist", "hex": "#C9D8D5", "usage": "Lines and quiet grounds"},
        ],
        "accent": [
            {"name": "Marigold", "hex": "#F2A516", "usage": "Prices and offers, never for text"},
            {"name": "Lotus", "hex": "#B8336A", "usage": "Members' offers"},
        ],
    },
    "typographyGuidelines": {
        "primaryFont": {
            "family": "IBM Plex Sans Thai",
            "weights": [400, 600],
            "fallbacks": ["Noto Sans Thai", "sans-serif"],
            "usage": "Everything people read, Thai and Latin alike",
        },
        "secondaryFont": {
            "family": "Charm",
            "weights": [700],
            "fallbacks": ["cursive"],
            "usage": "Festival headlines only",
        },
        "typeScale": [
            {"name": "Headline", "size": "40px", "lineHeight": "48px", "weight": 600},
            {"name": "Title", "size": "24px", "lineHeight": "32px", "weight": 600},
            {"name": "Text", "size": "16px", "lineHeight": "26px", "weight": 400},
            {"name": "Small print", "size": "13px", "lineHeight": "20px", "weight": 400},
        ],
    },
    "voiceGuidelines": {
        "brandVoice": "A neighbour who knows the shop: warm, exact about prices, never loud.",
        "primaryTone": ["warm", "helpful", "precise"],
        "tonesToAvoid": ["pushy", "ironic"],
        "messagingPillars": [
            {"title": "Made to be used", "description": "Show the pan on the stove, not on a pedestal."},
            {
                "title": "A fair price, said first",
                "description": "The baht figure stands beside the picture.",
            },
            {"title": "Close by", "description": "Name the branch and the delivery day."},
        ],
        "bannedWords": ["cheap", "guaranteed", "last chance"],
        "requiredWords": ["Siam Retail"],
        "maxReadingGrade": 8,
    },
}
