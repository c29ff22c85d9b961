"""Whether the house is alive (the process answers) and ready (it can serve people)."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


def _problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are waiting"
    except DatabaseError:
        return "the database does not answer"
    return ""


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and every migration is applied; 503 with the reason otherwise."""
    problem = _problem()
    if problem:
        return JsonResponse({"status": "not ready", "why": problem}, status=503)
    return JsonResponse({"status": "ready"})
