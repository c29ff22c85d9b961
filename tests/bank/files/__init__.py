"""Files as banks send them, and files that must be refused; some are made here."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

FILES = Path(__file__).parent

MT940 = """:20:STARTUMS
:25:00219331/1001-7733
:28C:3/1
:60F:C260301PEN1500,00
:61:2603020302D45,50NTRFNONREF//8834
:86:COMISION MANTENIMIENTO
:61:2603050305C1240,00NTRF00104233//9911
:86:TRANSF HOTEL TITILACA
:62F:C260305PEN2694,50
-
"""

HEAD = "Fecha;Descripción;Cargo;Abono;Saldo;Nro. operación"


def csv(*rows: str, head: str = HEAD) -> bytes:
    """A table of a bank in Peru."""
    return "\n".join([head, *rows, ""]).encode()


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """A workbook into whose package a part was put, in place of one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.infolist():
            if one.filename != name:
                after.writestr(one, before.read(one.filename))
        after.writestr(name, content)
    return out.getvalue()
