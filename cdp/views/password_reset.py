"""A new password by mail."""

from __future__ import annotations

from typing import Any

from axes.utils import reset as forget_failures
from django.contrib import admin
from django.contrib.auth import views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from cdp.forms.password import NewPasswordForm, PasswordResetForm
from cdp.operations.request_password_reset import TooManyRequests, request_password_reset
from cdp.views.client_address import client_address


class _Page:
    """Puts the looks of the log-in page around the form."""

    title: Any = ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        around = admin.site.each_context(self.request)  # type: ignore[attr-defined]
        found: dict[str, Any] = super().get_context_data(**context)  # type: ignore[misc]
        return {**around, **found, "title": self.title}


class AskView(_Page, FormView):  # type: ignore[type-arg]
    """Asks for the e-mail address; the answer does not tell whether it is known."""

    form_class = PasswordResetForm
    template_name = "registration/password_reset_form.html"
    success_url = reverse_lazy("password_reset_done")
    title = _("Forgotten password")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        try:
            request_password_reset(
                email=form.cleaned_data["email"],
                site_url=f"{self.request.scheme}://{self.request.get_host()}",
                client_address=client_address(self.request),
            )
        except TooManyRequests as error:
            form.add_error(None, error.detail)
            return self.render_to_response(self.get_context_data(form=form), status=error.status)
        return super().form_valid(form)


class AskedView(_Page, TemplateView):
    """Says that a mail is on its way, if there is such a person."""

    template_name = "registration/password_reset_done.html"
    title = _("Look into your mail")


class SetView(_Page, views.PasswordResetConfirmView):
    """Takes the new password, once, from whoever holds the link."""

    form_class = NewPasswordForm
    template_name = "registration/password_reset_confirm.html"
    success_url = reverse_lazy("password_reset_complete")
    title = _("New password")

    def form_valid(self, form: Any) -> HttpResponse:
        # Whoever reads the person's mail is the person: their failed log-ins are forgotten.
        forget_failures(username=form.user.email)
        return super().form_valid(form)


class CompleteView(_Page, TemplateView):
    """Says that the new password holds."""

    template_name = "registration/password_reset_complete.html"
    title = _("Your password is changed")
