"""Who may open a page: decorators that answer kindly."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop.kit.office import is_at_work, refused_page
from coop.people.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def person(request: HttpRequest) -> User:
    """Who is asking. Raises PermissionDenied for a stranger, who should not have come so far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def requires(*permissions: str) -> Callable[[View[P]], View[P]]:
    """Only for people who have at least one of `permissions`, such as "ledger.read_books"."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(request.user.has_perm(one) for one in permissions):
                if is_at_work(request):
                    return refused_page(
                        request,
                        _("Your role does not open it. If you think it should, ask the secretary."),
                        title=_("This page is for others"),
                        status=403,
                    )
                sentence = _("This page is for others. Your role does not open it.")
                return render(request, "refusal.html", {"sentence": sentence}, status=403)
            return view(request, *args, **kwargs)

        return cast("View[P]", guarded)

    return decorate
