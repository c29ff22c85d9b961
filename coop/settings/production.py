"""The default: what a cooperative runs."""

from coop.settings.base import *  # noqa: F403
