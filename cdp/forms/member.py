"""Forms for the people of a company."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminTextInputWidget

from cdp.forms.refusal import RefusalForm
from cdp.models import Membership


class InvitationForm(RefusalForm):
    """Who is to become a member, and as what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=UnfoldAdminEmailInputWidget({"autocomplete": "off"}),
        help_text=_(
            "They get a mail with a link. Who works in another company already joins by accepting it."
        ),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget({"autocomplete": "off"}),
    )

    class Meta:
        model = Membership
        fields = ("role",)


class MemberForm(RefusalForm):
    """What a member may do, and whether they may come in."""

    class Meta:
        model = Membership
        fields = ("role", "is_active")
        help_texts = {"is_active": _("Without it the person is shut out from their next click on.")}
