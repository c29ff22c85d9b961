"""Which column of a bank's table is what: said once, remembered for the bank."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.bank.reading.values import Order

#: What a column can be, in the words of the form that asks.
ROLES: dict[str, Promise] = {
    "day": _("Day"),
    "text": _("What it is (text)"),
    "amount": _("Amount, with its sign"),
    "out": _("Money that left (debit)"),
    "in": _("Money that came (credit)"),
    "sign": _("Debit or credit (D/C)"),
    "balance": _("Balance after it"),
    "currency": _("Currency"),
    "foreign": _("Amount in that other currency"),
    "counterparty": _("Who paid, or was paid"),
    "reference": _("Operation number"),
    "bank_id": pgettext_lazy("a column", "The bank's own unique number"),
}

#: Heads of columns as banks write them, without accents and marks, the plainest first.
_KNOWN: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "fecha", "fecha operacion", "fecha de operacion", "booking date",
            "transaction date", "fecha proceso", "fecha contable", "f operacion", "posting date"),
    "text": ("label", "text", "description", "descripcion", "concepto", "detalle", "glosa",
             "descripcion operacion", "movimiento", "operacion", "details", "memo", "narrative"),
    "amount": ("amount", "monto", "importe", "monto operacion", "valor", "transaction amount"),
    "out": ("debit", "debito", "cargo", "cargos", "debe", "retiro", "retiros", "withdrawal",
            "withdrawals", "paid out", "money out", "egreso"),
    "in": ("credit", "credito", "abono", "abonos", "haber", "deposito", "depositos", "deposit",
           "deposits", "paid in", "money in", "ingreso"),
    "sign": ("d c", "dc", "d h", "dr cr", "debit credit", "debito credito", "cargo abono",
             "tipo movimiento", "signo"),
    "balance": ("balance", "saldo", "running balance", "saldo contable", "saldo disponible"),
    "currency": ("currency", "moneda", "divisa", "ccy"),
    "foreign": ("amount currency", "monto moneda", "importe divisa", "amount in currency"),
    "counterparty": ("partner name", "counterparty", "payee", "beneficiario", "ordenante",
                     "nombre", "name", "contraparte", "remitente"),
    "reference": ("reference", "referencia", "numero de operacion", "nro operacion",
                  "num operacion", "operacion numero", "no operacion", "ref", "n operacion",
                  "numero operacion"),
    "bank_id": ("transaction id", "id transaccion", "fitid", "unique id"),
}  # fmt: skip


def plain(head: str) -> str:
    """A column's head in small letters, without accents and marks."""
    bare = unicodedata.normalize("NFKD", head).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.lower()).split())


@dataclass(frozen=True)
class Columns:
    """Which column (from zero) plays which role; `order` is how days are written."""

    places: Mapping[str, int] = field(default_factory=dict)
    order: Order | None = None

    @property
    def is_enough(self) -> bool:
        """Whether day and amount can be read with it."""
        has_amount = "amount" in self.places or {"in", "out"} <= set(self.places)
        return "day" in self.places and has_amount

    @classmethod
    def guess(cls, header: Sequence[str]) -> "Columns":
        """What the heads say by themselves; each role once, each column once."""
        plains = [plain(one) for one in header]
        places: dict[str, int] = {}
        for role, names in _KNOWN.items():
            for name in names:
                if name in plains and plains.index(name) not in places.values():
                    places[role] = plains.index(name)
                    break
        if "amount" in places:
            places = {role: at for role, at in places.items() if role not in {"in", "out"}}
        return cls(places)


@dataclass(frozen=True)
class Hints:
    """What is known before a file is opened: remembered columns by head, and how days stand."""

    #: By the head that they were said for (`signature`).
    known: Mapping[str, Columns] = field(default_factory=dict)
    #: Said for just this file.
    columns: Columns | None = None
    order: Order | None = None


def signature(header: Sequence[str]) -> str:
    """A head as one text, by which its columns are remembered."""
    return "|".join(plain(one) for one in header)[:1000]
