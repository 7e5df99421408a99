"""The agent's working day: family, talk, behaviour, orders, deals, numbers and recommendations."""

from cdm.models.automation_rule import AutomationRule, RuleFiring
from cdm.models.behaviour import BehaviourEvent, DropOff
from cdm.models.customer_summary import CustomerSummary
from cdm.models.family_member import FamilyMember
from cdm.models.interaction import Interaction
from cdm.models.occasion_reminder import OccasionReminder
from cdm.models.order import Order, OrderLine
from cdm.models.ownership import Ownership
from cdm.models.pipeline import ActivityTask, Billing, Deal, Quotation
from cdm.models.product import Product, ProductCategory
from cdm.models.recommendation import CallListing, InsightFit, Recommendation, RecommendationFeedback
from cdm.models.saved_view import SavedView
from cdm.models.summary_tally import SummaryTally
from cdm.models.working_rules import WorkingRules

__all__ = [
    "ActivityTask",
    "AutomationRule",
    "BehaviourEvent",
    "Billing",
    "CallListing",
    "CustomerSummary",
    "Deal",
    "DropOff",
    "FamilyMember",
    "InsightFit",
    "Interaction",
    "OccasionReminder",
    "Order",
    "OrderLine",
    "Ownership",
    "Product",
    "ProductCategory",
    "Quotation",
    "Recommendation",
    "RecommendationFeedback",
    "RuleFiring",
    "SavedView",
    "SummaryTally",
    "WorkingRules",
]
