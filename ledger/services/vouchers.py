"""Vouchers: kept as soon as they arrive, then given to an entry or a payment; who sees them."""

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
from ledger.errors import PaperOfPerson, TooManyVouchers, VoucherTaken
from ledger.models import JournalEntry, Payment, Voucher, VoucherWord

#: A photograph that nothing was written with is forgotten after so long.
FORGET_AFTER = timedelta(days=2)
#: So many photographs one entry has at most.
MOST_OF_ENTRY = 12


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


@transaction.atomic
def add_voucher(
    *, entry: JournalEntry, file: UploadedFile, is_open: bool = False, actor: User
) -> Voucher:
    """Keep the photograph of a paper that belongs to an entry which is written already.

    Raises TooManyVouchers, or ValidationError for what is no whole picture.
    """
    # Two who send at once count one after the other.
    JournalEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.vouchers.count() >= MOST_OF_ENTRY:
        raise TooManyVouchers(count=MOST_OF_ENTRY)
    voucher = keep_voucher(file=file, actor=actor)
    give_vouchers(vouchers=[voucher], entry=entry)
    if is_open:
        show_voucher(voucher=voucher, is_open=True, actor=actor)
    return voucher


@transaction.atomic
def show_voucher(*, voucher: Voucher, is_open: bool, actor: User) -> None:
    """Say whether every member may look at a photograph. Said again it changes nothing.

    Raises PaperOfPerson for the paper of money that a person of the house received: that is hers.
    """
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    if is_open and is_of_person(voucher):
        raise PaperOfPerson
    newest = voucher.words.order_by("-pk").first()
    if is_open != (newest is not None and newest.is_open):
        VoucherWord.objects.create(voucher=voucher, is_open=is_open, said_by=actor)


def is_of_person(voucher: Voucher) -> bool:
    """Whether its payment went to a person of the house."""
    payment = voucher.payment or (voucher.entry.payment if voucher.entry else None)
    return payment is not None and payment.payee_id is not None


def forget_loose_vouchers() -> int:
    """Delete photographs that were sent with something that was never written; how many."""
    loose = Voucher.objects.filter(
        entry=None, payment=None, grant_budgets=None, at__lt=timezone.now() - FORGET_AFTER
    )
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
