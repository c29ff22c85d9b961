"""How a payment reached who receives it, said once, with the payment."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from coop.kit.money import format_money
from coop.kit.strokes import is_drawing
from coop.people.models import User
from coop.people.pins import TypedPin, confirm_with_pin
from ledger.errors import (
    BoxNotOpened,
    CashFromNoBox,
    CodeStopped,
    NoOwnPhone,
    NotDrawn,
    NoTransferFromBox,
    OperationMissing,
    OperationUsed,
    WalletMissing,
    WitnessMissing,
    WitnessNotProven,
    WrongCode,
)
from ledger.models import Account, CodeTry, Handing, Payment

Means, Proof = Handing.Means, Handing.Proof

CODE_DIGITS = 4
#: After so many wrong ones she draws her name, or somebody is named who saw it.
MOST_TRIES = 5


@dataclass(frozen=True)
class How:
    """What whoever hands the money over says of it; see `Handing`."""

    means: str
    proof: str = ""
    code: str = ""
    witness: User | None = None
    #: What the witness typed just now, to say that it is she.
    typed: TypedPin | None = None
    drawing: str = ""
    wallet: str = ""
    wallet_number: str = ""
    operation: str = ""
    #: Somebody looked: this one operation pays several.
    pays_several: bool = False

    @classmethod
    def by_code(cls, code: str) -> "How":
        """In cash; she reads the code from her own phone."""
        return cls(Means.CASH, Proof.CODE, code=code.strip())

    @classmethod
    def by_signature(cls, drawing: str) -> "How":
        """In cash; she draws her name."""
        return cls(Means.CASH, Proof.SIGNATURE, drawing=drawing.strip())

    @classmethod
    def before(cls, witness: User | None, typed: TypedPin | None = None) -> "How":
        """In cash; somebody saw it, and says so with her own PIN."""
        return cls(Means.CASH, Proof.WITNESS, witness=witness, typed=typed)

    @classmethod
    def by_transfer(cls, operation: str) -> "How":
        """By bank transfer."""
        return cls(Means.TRANSFER, operation=operation.strip())

    @classmethod
    def by_wallet(cls, wallet: str, wallet_number: str, operation: str) -> "How":
        """By the wallet of a phone: which, to whose number, under which operation."""
        return cls(
            Means.WALLET,
            wallet=wallet,
            wallet_number=wallet_number.strip(),
            operation=operation.strip(),
        )


def one_time_code(payment: Payment) -> str:
    """The digits that her own phone shows who receives `payment`, once it is signed.

    They follow from the payment and the house's secret: no row holds them. Who says them to the
    treasurer was told them by her own screen; with the payment paid they are worth nothing.
    """
    digest = salted_hmac("ledger.handing", f"{payment.pk}:{payment.reference}").hexdigest()
    return f"{int(digest, 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def has_code(payment: Payment) -> bool:
    """Whether it lies in notes, and who receives has a screen of her own on which the code stands."""
    return payment.payee_id is not None and lies_in_notes(payment.from_account)


def may_be_paid_by(means: str, place: Account) -> bool:
    """Whether money can leave `place` so: notes leave a box, and out of a box leave only notes."""
    return place.is_box if means == Means.CASH else not lies_in_notes(place)


def lies_in_notes(place: Account) -> bool:
    """A cash box, also one that nobody has opened with its holder yet."""
    return place.is_box or place.role == Account.Role.CASH


def check_how(*, payment: Payment, how: How, actor: User) -> None:
    """Whether `how` says all that it has to, before anything is paid.

    A wrong code is counted, and the count stays whatever becomes of the payment. Raises
    CashFromNoBox, NoTransferFromBox, BoxNotOpened, OperationMissing, OperationUsed,
    WalletMissing, WitnessMissing, WitnessNotProven, NotDrawn, NoOwnPhone, WrongCode, CodeStopped,
    or what confirm_with_pin does.
    """
    _check_place(payment.from_account, how.means)
    if how.means == Means.WALLET and not (how.wallet and how.wallet_number):
        raise WalletMissing
    if how.means in {Means.TRANSFER, Means.WALLET} and not how.operation:
        raise OperationMissing
    if how.operation and not how.pays_several:
        _check_operation(payment, how)
    if how.proof == Proof.WITNESS:
        _check_witness(payment, how, actor)
    if how.proof == Proof.SIGNATURE and not is_drawing(how.drawing):
        raise NotDrawn
    if how.proof == Proof.CODE:
        _check_code(payment, how.code, actor)


def _check_place(place: Account, means: str) -> None:
    if may_be_paid_by(means, place):
        return
    if not lies_in_notes(place):
        raise CashFromNoBox(account=place.name)
    if not place.is_box:
        raise BoxNotOpened(account=place.name)
    raise NoTransferFromBox(account=place.name)


def _check_witness(payment: Payment, how: How, actor: User) -> None:
    """Nobody says for her that she saw it; her wrong PINs are counted as when she comes in."""
    if how.witness is None or how.witness.pk in {actor.pk, payment.payee_id}:
        raise WitnessMissing
    if how.typed is None or not how.typed.pin:
        raise WitnessNotProven(name=how.witness)
    confirm_with_pin(user=how.witness, typed=how.typed)


def _check_operation(payment: Payment, how: How) -> None:
    rows = Handing.objects.filter(
        means=how.means, wallet=how.wallet, operation=how.operation
    ).exclude(payment=payment)
    known = rows.select_related("payment__payee", "payment__from_account").first()
    if known is not None:
        raise OperationUsed(
            operation=how.operation,
            amount=format_money(known.payment.amount),
            name=known.payment.payee_label,
        )


def _check_code(payment: Payment, code: str, actor: User) -> None:
    if not has_code(payment):
        raise NoOwnPhone
    wrong: CodeStopped | WrongCode | None = None
    is_right = code == one_time_code(payment)
    with transaction.atomic():
        # One after the other: many at once are not more tries.
        Payment.objects.select_for_update().get(pk=payment.pk)
        if payment.code_tries.count() >= MOST_TRIES:
            wrong = CodeStopped()
        elif not is_right:
            CodeTry.objects.create(payment=payment, by=actor)
            wrong = WrongCode()
    if wrong is not None:
        raise wrong


def write_handing(*, payment: Payment, how: How, actor: User) -> Handing:
    """Write down how a payment that was paid just now reached her."""
    return Handing.objects.create(
        payment=payment,
        means=how.means,
        proof=how.proof,
        witness=how.witness,
        witness_proof=Handing.WitnessProof.PIN if how.witness else None,
        drawing=how.drawing,
        wallet=how.wallet,
        wallet_number=how.wallet_number,
        operation=how.operation,
        written_by=actor,
    )
