"""Customers and what belongs directly to them."""

from profiles.models.contact_point import ContactPoint
from profiles.models.event import CustomerEvent
from profiles.models.identifier import ProfileIdentifier
from profiles.models.profile import Profile
from profiles.models.segment import Segment, SegmentMembership
from profiles.models.tag import ProfileTag, Tag
from profiles.models.tally import ProfileTally

__all__ = [
    "ContactPoint",
    "CustomerEvent",
    "Profile",
    "ProfileIdentifier",
    "ProfileTag",
    "ProfileTally",
    "Segment",
    "SegmentMembership",
    "Tag",
]
