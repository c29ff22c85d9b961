"""A buyer's list between being read and being confirmed: signed, so that nobody changes it.

The same for the buyer herself and for the office on her behalf.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from coop.kit.days import today
from coop.kit.money import to_minor
from orders.shop import queries, wholesale_files
from orders.shop.errors import StaleUpload
from orders.shop.models import Buyer, Order
from orders.shop.wholesale_files import Problem, Reading

_SALT = "orders.shop.uploads"
_GOOD_FOR_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Preview:
    """What would be ordered, and the sealed file to confirm it with."""

    reading: Reading
    sealed: str
    # The same pieces, ordered lately: perhaps the file was sent twice.
    twin: Order | None


@dataclass(frozen=True)
class Unsealed:
    """A confirmed file, its own key, and the sum that was shown."""

    data: bytes
    reference: str
    total_minor: int


def preview(*, buyer: Buyer, file: UploadedFile) -> Preview:
    """Read and judge `file`; nothing is written."""
    data = file.read(wholesale_files.MOST_BYTES + 1)
    reading = wholesale_files.read(data, on=today())
    if not reading.is_good:
        return Preview(reading, "", None)
    sealed = signing.dumps(
        {
            "buyer": buyer.pk,
            "key": str(uuid4()),
            "data": data.decode("latin-1"),
            "total": to_minor(reading.total),
        },
        salt=_SALT,
        compress=True,
    )
    return Preview(reading, sealed, _twin(buyer, reading))


def refused(problems: Iterable[tuple[int, str]]) -> Preview:
    """A list that was read before, and was not taken, by what was wrong in it."""
    return Preview(Reading(problems=[Problem(*one) for one in problems]), "", None)


def preview_again(*, buyer: Buyer, sealed: str) -> Preview:
    """A list that was read before, judged as of today. Raises StaleUpload."""
    reading = wholesale_files.read(unseal(buyer=buyer, sealed=sealed).data, on=today())
    return Preview(reading, sealed, _twin(buyer, reading) if reading.is_good else None)


def _twin(buyer: Buyer, reading: Reading) -> Order | None:
    wanted = {one.variant.pk: one.quantity for one in reading.wanted}
    return queries.same_as_before(buyer, wanted)


def unseal(*, buyer: Buyer, sealed: str) -> Unsealed:
    """The file that was previewed for this buyer. Raises StaleUpload."""
    try:
        kept = signing.loads(sealed, salt=_SALT, max_age=_GOOD_FOR_SECONDS)
    except signing.BadSignature as problem:
        raise StaleUpload from problem
    if kept["buyer"] != buyer.pk:
        raise StaleUpload
    reference = f"csv:{buyer.pk}:{kept['key']}"
    return Unsealed(kept["data"].encode("latin-1"), reference, kept["total"])
