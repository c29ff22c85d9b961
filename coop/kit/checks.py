"""Whether the rules that the database keeps by itself are all in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from coop.kit import triggers
from coop.kit.audit import invariant

HINT = "Put it back with: manage.py install_triggers"


@register(Tags.database)
def triggers_are_there(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every registered trigger is in the database as we wrote it.

    Nothing is said while migrations wait: they may be the ones that bring it.
    """
    messages: list[CheckMessage] = []
    for alias in databases or []:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            continue
        problems = triggers.problems(connections[alias])
        messages += [Error(one, hint=HINT, id="kit.E001") for one in problems]
    return messages


@invariant(1, _("The rules that the database keeps by itself are all in place."))
def triggers_in_place() -> Iterator[str]:
    """Names every trigger that is missing, changed or switched off."""
    yield from triggers.problems(connection)
