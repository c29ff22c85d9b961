"""The demo cooperative, built by calling the services."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "coop.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
