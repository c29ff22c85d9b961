"""Payments, looked for."""

from datetime import date

from django.db.models import Q, QuerySet

from ledger.models import Payment


def payments_matching(
    *, who: str = "", status: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Payment]:
    """Payments by part of a name, of what it is for or of the account, by status and by day."""
    found = Payment.objects.all()
    for word in who.split():
        found = found.filter(
            Q(payee__first_name__icontains=word)
            | Q(payee__last_name__icontains=word)
            | Q(payee_name__icontains=word)
            | Q(purpose__icontains=word)
            | Q(to_account__code__icontains=word)
        )
    if status:
        found = found.filter(status=status)
    if since:
        found = found.filter(requested_on__gte=since)
    if until:
        found = found.filter(requested_on__lte=until)
    return found
