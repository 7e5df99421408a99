"""Accepting or declining to work for a company."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cdp.operations.answer_invitation import (
    InvitationGone,
    accept_invitation,
    decline_invitation,
    open_invitation,
)
from cdp.operations.mail_password_link import password_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or take the answer; the link of the mail is all that is needed."""
    context = {**admin.site.each_context(request), "title": _("Invitation")}
    try:
        if request.method != "POST":
            context |= {"member": open_invitation(token)}
        elif "decline" in request.POST:
            context |= {"declined": decline_invitation(token=token)}
        else:
            member = accept_invitation(token=token)
            # Who has no password yet sets one now, as by a link of its own.
            is_ready = member.user.has_usable_password()
            return HttpResponseRedirect(reverse("start") if is_ready else password_link(member.user, ""))
    except InvitationGone as error:
        context |= {"gone": error.detail}
        return render(request, "registration/invitation.html", context, status=error.status)
    return render(request, "registration/invitation.html", context)
