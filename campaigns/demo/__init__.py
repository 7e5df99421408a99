"""What the marketing teams of the two demo companies have planned."""

from campaigns.demo.making import plan_campaigns

__all__ = ["plan_campaigns"]
