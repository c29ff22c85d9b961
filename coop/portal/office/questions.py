"""Questions about pay: who asks, what is wrong, and the treasurer's answer."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coop.kit.errors import Refusal
from coop.kit.office import Crumb, OfficeForm, office_page, page_of
from coop.members.models import Member
from coop.people.access import person, requires
from coop.portal.errors import NothingAnswered
from coop.portal.models import PayQuestion
from coop.portal.office import ANSWER
from coop.portal.pay_story import pay_story
from coop.portal.services import answer_pay_question
from ledger.office import READ


class AnswerForm(OfficeForm):
    """Short words, which she hears read aloud."""

    blames = {NothingAnswered: "answer"}

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "In short sentences: her phone shows them, and reads them if it can."
        ),
    )


@require_safe
@requires(ANSWER)
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; then those that were answered."""
    rows = PayQuestion.objects.select_related("member", "answered_by")
    return office_page(
        request,
        "portal/office/questions.html",
        title=_("Questions about pay"),
        icon="help",
        waiting=rows.filter(answered_at=None).order_by("pk"),
        page=page_of(request, rows.filter(answered_at__isnull=False)),
    )


_VARIANT = "assignment__work_order__variant__design"


@requires(ANSWER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, what the house owes her, and the answer."""
    one = get_object_or_404(PayQuestion.objects.select_related("member__account", _VARIANT), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_pay_question(
                question=one, answer=form.cleaned_data["answer"], actor=person(request)
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("She sees your answer on her pay screen."))
            return redirect("portal_office:questions")
    account = one.member.account
    return office_page(
        request,
        "portal/office/answer.html",
        title=str(one.member),
        trail=[(_("Questions about pay"), reverse("portal_office:questions"))],
        icon="help",
        question=one,
        story=pay_story(one.member, account) if account else None,
        links=_links(request, one.member),
        form=form,
    )


def _links(request: HttpRequest, member: Member) -> list[Crumb]:
    """Where more of it stands, for whoever may look there."""
    account = member.account
    doors: list[tuple[bool, str | Promise, str]] = [
        (
            account is not None and request.user.has_perm(READ),
            _("Her account"),
            reverse("ledger_office:account", args=[account.code]) if account else "",
        ),
        (
            request.user.has_perm("members.view_member"),
            _("Her record"),
            reverse("members_office:member", args=[member.code]),
        ),
    ]
    return [(label, url) for is_hers, label, url in doors if is_hers]
