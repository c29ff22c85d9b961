"""What waits on the pages: drafts that nobody has published, pictures that say nothing."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, TaskState

from cms.models import HomePage
from coop.kit.waiting import Waiting, source
from coop.people.models import User

#: Who writes the pages: what Wagtail grants on pages and pictures, `has_perm` does not know.
WRITE = "cms.change_cooperativesettings"
#: Each draft has its own line and button; more than these are not told at once.
MOST = 8


def _edit(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])


@source(order=78)
def drafts(person: AbstractUser) -> Iterator[Waiting]:
    """Pages with words that no visitor sees yet."""
    if not person.has_perm(WRITE):
        return
    pages = Page.objects.filter(depth__gt=1, has_unpublished_changes=True)
    newest = pages.order_by("-latest_revision_created_at", "pk").values_list("pk", "draft_title")
    for pk, title in newest[:MOST]:
        yield Waiting(
            rows=1,
            words=gettext_lazy("“%(page)s” has changes that no visitor sees yet."),
            facts={"page": title},
            button=_("Read and publish"),
            url=_edit(pk),
            menu="explorer",
            icon="folder-open-inverse",
        )


@source(order=79, has_badge=False)
def to_approve(person: AbstractUser) -> Iterator[Waiting]:
    """Pages that somebody handed in and that she may approve."""
    if not (isinstance(person, User) and person.has_perm(WRITE)):
        return
    states = TaskState.objects.reviewable_by(person).select_related("revision")
    for state in states.order_by("started_at", "pk")[:MOST]:
        page = state.revision.content_object
        yield Waiting(
            rows=1,
            words=gettext_lazy("“%(page)s” was handed in and waits for a yes."),
            facts={"page": page.get_admin_display_title()},
            button=_("Read and decide"),
            url=_edit(page.pk),
            menu="",
            icon="scroll",
        )


@source(order=80, has_badge=False)
def silent_pictures(person: AbstractUser) -> Iterator[Waiting]:
    """First pages whose large picture says nothing to who does not see it."""
    if not person.has_perm(WRITE):
        return
    pages = HomePage.objects.filter(live=True, hero__isnull=False, hero_alt="").order_by("pk")
    for pk, title in pages.values_list("pk", "draft_title")[:MOST]:
        yield Waiting(
            rows=1,
            words=gettext_lazy("The picture of “%(page)s” has no words for who does not see it."),
            facts={"page": title},
            button=_("Describe it"),
            url=_edit(pk),
            menu="",
            icon="picture",
        )
