"""What waits on the pages: drafts that nobody has published."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from coop.kit.waiting import Waiting, source

WRITE = "wagtailimages.add_image"
#: Each draft has its own line and button; more than these are not told at once.
MOST = 8


@source(order=80)
def drafts(person: AbstractUser) -> Iterator[Waiting]:
    """Pages with words that no visitor sees yet."""
    if not person.has_perm(WRITE):
        return
    pages = Page.objects.filter(depth__gt=1, has_unpublished_changes=True)
    newest = pages.order_by("-latest_revision_created_at", "pk").values_list("pk", "draft_title")
    for pk, title in newest[:MOST]:
        yield Waiting(
            count=1,
            sentence=_("“%(page)s” has changes that no visitor sees yet.") % {"page": title},
            button=_("Read and publish"),
            url=reverse("wagtailadmin_pages:edit", args=[pk]),
            menu="explorer",
            icon="folder-open-inverse",
        )
