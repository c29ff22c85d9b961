"""Whom the door by e-mail lets in, and where she goes first."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop.people.doors import is_shut_to


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own, but people who work in the office land there."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return str(super().get_login_redirect_url(request))

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Asked by every way in, the passkey's too: the demo's log-ins work here only."""
        if is_shut_to(request, user):
            return render(request, "people/away.html", status=403)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response
