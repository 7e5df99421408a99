"""The admin of campaigns."""

from campaigns.admin import assets, ledgers, sharing, usage

__all__ = ["assets", "ledgers", "sharing", "usage"]
