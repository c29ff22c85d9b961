"""Who is who: people, their roles, and how they come in."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "coop.people"
    label = "people"
    default = True

    def ready(self) -> None:
        # They register themselves when they are imported.
        from coop.people import triggers, waiting


class PeopleInOfficeConfig(WagtailUsersAppConfig):
    """Wagtail's pages for people, with forms that give nobody more than a post allows."""

    user_viewset = "coop.people.office.PersonViewSet"
