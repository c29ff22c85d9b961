"""Who is who: people, their roles, and how they come in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "coop.people"
    label = "people"
