"""Forms of the pages; what they gather goes through the same records as every other way in."""

from campaigns.forms.base import AssetForm
from campaigns.forms.kinds import FORMS

__all__ = ["FORMS", "AssetForm"]
