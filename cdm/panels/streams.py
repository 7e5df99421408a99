"""What the agent's day adds to the mixed timeline: conversations, orders, drop-offs, merges."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cdm.choices import Direction, InteractionType, OrderStatus
from cdm.models import BehaviourEvent, DropOff, Interaction, Order
from cdm.orders.events import PURCHASE, REFUND
from cdm.wording import length, money
from cdp.permissions import PROFILE_READ
from profiles.models import CustomerEvent
from profiles.panels import PanelContext
from profiles.panels.streams import Moment, Stream, streams
from profiles.panels.trees import Node
from unify.models import Merge

ICONS = {
    InteractionType.CALL: "call",
    InteractionType.EMAIL: "mail",
    InteractionType.SMS: "sms",
    InteractionType.MEETING: "handshake",
    InteractionType.FACEBOOK: "chat",
    InteractionType.INSTAGRAM: "chat",
    InteractionType.WHATSAPP: "chat",
    InteractionType.LINE: "chat",
}
BEHAVIOUR_ICONS = {
    "product_view": "shopping_bag",
    "add_to_cart": "add_shopping_cart",
    "wishlist": "favorite",
    "search": "search",
}


def _details(said: Mapping[str, str]) -> Node:
    children = tuple(Node(label, value) for label, value in said.items() if value)
    return Node("", kind="branch", children=children) if children else Node("")


def _interactions(context: PanelContext) -> QuerySet[Interaction]:
    rows = Interaction.objects.filter(profile_id=context.profile.pk)
    return rows.select_related("agent__user")


def _interaction(row: Interaction, context: PanelContext) -> Moment:
    words = {"way": row.get_type_display(), "outcome": row.outcome or row.subject}
    is_inbound = row.direction == Direction.INBOUND
    if words["outcome"]:
        text = _("%(way)s from the customer: %(outcome)s") if is_inbound else _("%(way)s: %(outcome)s")
    else:
        text = _("%(way)s from the customer") if is_inbound else _("%(way)s to the customer")
    return Moment(
        id=row.pk,
        at=row.occurred_at,
        icon=ICONS.get(InteractionType(row.type), "chat"),
        text=text % words,
        kind="interaction",
        source=row.source,
        who=row.agent.shown_name if row.agent else "",
        note=length(row.duration_seconds),
        details=_details({_("Subject"): row.subject if row.outcome else "", _("Notes"): row.description}),
    )


def _orders(context: PanelContext) -> QuerySet[Order]:
    return Order.objects.filter(profile_id=context.profile.pk)


def _order(row: Order, context: PanelContext) -> Moment:
    words = {"number": row.number, "total": money(abs(row.total), row.currency)}
    if row.kind == "RETURN":
        icon, text = "assignment_return", _("Sent goods back for %(total)s")
    elif row.status == OrderStatus.CANCELLED:
        icon, text = "block", _("Cancelled an order of %(total)s")
    else:
        icon, text = "receipt_long", _("Ordered for %(total)s")
    return Moment(
        id=row.pk,
        at=row.ordered_at,
        icon=icon,
        text=text % words,
        kind="order",
        source=row.source,
        note=_("Order %(number)s") % words,
    )


def _without_orders(events: QuerySet[CustomerEvent]) -> QuerySet[CustomerEvent]:
    """Leave out what an order says as well; of a cancelled one the buying stays, as its row tells the end."""
    told = Order.objects.filter(
        profile_id=OuterRef("profile_id"), source=OuterRef("source"), number=OuterRef("order_number")
    ).exclude(status=OrderStatus.CANCELLED)
    return events.alias(order_number=KT("payload__orderId")).exclude(
        Q(type__in=(PURCHASE, REFUND)) & Exists(told)
    )


def _drop_offs(context: PanelContext) -> QuerySet[DropOff]:
    return DropOff.objects.filter(profile_id=context.profile.pk).select_related("product")


def _drop_off(row: DropOff, context: PanelContext) -> Moment:
    words = {"stage": row.get_stage_display(), "value": money(row.cart_value, context.tenant.currency)}
    text = _("Turned back: %(stage)s, %(value)s") if row.cart_value else _("Turned back: %(stage)s")
    about = str(row.product) if row.product else row.product_ref
    return Moment(
        id=row.pk,
        at=row.occurred_at,
        icon="remove_shopping_cart",
        text=text % words,
        kind="drop_off",
        note=_("Came back later") if row.recovered_at else "",
        details=_details({_("Product"): about, _("Reason"): row.reason}),
    )


def _visits(context: PanelContext) -> QuerySet[BehaviourEvent]:
    return BehaviourEvent.objects.filter(profile_id=context.profile.pk).select_related("product", "category")


def _visit(row: BehaviourEvent, context: PanelContext) -> Moment:
    about = str(row.product or row.category or row.product_ref or row.category_ref or row.query)
    return Moment(
        id=row.pk,
        at=row.occurred_at,
        icon=BEHAVIOUR_ICONS.get(row.type, "visibility"),
        text=f"{row.get_type_display()}: {about}" if about else row.get_type_display(),
        kind="behaviour",
        note=row.device_type,
    )


def _merges(context: PanelContext) -> QuerySet[Merge]:
    return Merge.objects.filter(winner_id=context.profile.pk).select_related("loser")


def _merge(row: Merge, context: PanelContext) -> Moment:
    name = row.loser.name or row.loser.email or row.loser.phone or str(row.loser.pk)
    return Moment(
        id=row.pk,
        at=row.merged_at,
        icon="join",
        text=_("%(name)s was merged into this customer") % {"name": name},
        kind="merge",
        note=_("Taken back since") if row.undone_at else row.get_origin_display(),
    )


STREAMS = {
    "interaction": Stream(
        gettext_lazy("Conversations"), PROFILE_READ, _interactions, _interaction, "occurred_at", "source"
    ),
    "order": Stream(
        gettext_lazy("Orders"),
        PROFILE_READ,
        _orders,
        _order,
        "ordered_at",
        "source",
        without_told=_without_orders,
    ),
    "behaviour": Stream(gettext_lazy("Shop visits"), PROFILE_READ, _visits, _visit, "occurred_at"),
    "drop_off": Stream(gettext_lazy("Drop-offs"), PROFILE_READ, _drop_offs, _drop_off, "occurred_at"),
    "merge": Stream(gettext_lazy("Merges"), PROFILE_READ, _merges, _merge, "merged_at"),
}


def add_streams() -> None:
    """Add the streams; called once, when the app is ready."""
    for key, stream in STREAMS.items():
        streams.register(key, stream)
