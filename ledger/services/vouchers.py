"""Vouchers: kept as soon as they arrive, then given to an entry or a payment."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from coop.kit.photographs import cleaned
from coop.people.models import User
from ledger.errors import VoucherTaken
from ledger.models import JournalEntry, Payment, Voucher

#: A photograph that nothing was written with is forgotten after so long.
FORGET_AFTER = timedelta(days=2)


@transaction.atomic
def keep_voucher(*, file: UploadedFile, actor: User) -> Voucher:
    """Clean the photograph of a paper and keep it, for an entry or payment that is to come.

    Raises ValidationError for what is no whole picture.
    """
    picture = cleaned(file)
    picture.seek(0)
    content = picture.read()
    # No name that somebody gave the file on her phone is kept.
    name = f"{uuid4().hex}{PurePath(picture.name or '').suffix}"
    voucher = Voucher(sha256=hashlib.sha256(content).hexdigest(), uploaded_by=actor)
    voucher.file.save(name, ContentFile(content), save=True)
    return voucher


@transaction.atomic
def give_vouchers(
    *,
    vouchers: Iterable[Voucher],
    entry: JournalEntry | None = None,
    payment: Payment | None = None,
) -> None:
    """Give photographs to an entry or a payment, for good. Again it changes nothing.

    Raises VoucherTaken for one that belongs to another.
    """
    for one in vouchers:
        held = Voucher.objects.select_for_update().get(pk=one.pk)
        wanted = (entry.pk if entry else None, payment.pk if payment else None)
        if (held.entry_id, held.payment_id) == wanted:
            continue
        if held.entry_id or held.payment_id:
            raise VoucherTaken
        held.entry, held.payment = entry, payment
        held.save(update_fields=["entry", "payment"])


def forget_loose_vouchers() -> int:
    """Delete photographs that were sent with something that was never written; how many."""
    loose = Voucher.objects.filter(entry=None, payment=None, at__lt=timezone.now() - FORGET_AFTER)
    count = 0
    for one in loose[:500]:
        with transaction.atomic():
            one.delete()
            transaction.on_commit(_remover(one))
        count += 1
    return count


def _remover(voucher: Voucher) -> Callable[[], object]:
    storage, name = voucher.file.storage, str(voucher.file.name)
    return lambda: storage.delete(name)
