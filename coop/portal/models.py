"""Rows of the members' screens; they stand beside what they are for."""

from coop.portal.offline.models import Told

__all__ = ["Told"]
