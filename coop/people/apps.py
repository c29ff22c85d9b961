"""Who is who: people, their roles, and how they come in."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "coop.people"
    label = "people"
    default = True

    def ready(self) -> None:
        # It registers itself when it is imported.
        from coop.people import triggers


class PeopleInOfficeConfig(WagtailUsersAppConfig):
    """Wagtail's pages for people, with forms that give nobody more than a post allows."""

    user_viewset = "coop.people.office.PersonViewSet"
