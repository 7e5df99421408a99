"""The admin of campaigns."""

from campaigns.admin import assets, ledgers, sharing

__all__ = ["assets", "ledgers", "sharing"]
