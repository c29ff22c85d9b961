"""Eight programs post and undo at the same time; the books are whole after it."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from ledger.models import JournalEntry, Posting
from ledger.services import gather_all
from tests.factories.ledger import Books
from tests.harness import databases, run
from tests.ledger.behind import run as run_sql
from tests.ledger.test_audit import findings

WRITERS = 8
#: What each program does: twenty rounds, and on until its time is up; then it says what it did.
PROGRAM = """
import json, random, sys, time
import django
django.setup()
from django.db import OperationalError
from djmoney.money import Money
from coop.people.models import User
from ledger.errors import LedgerError
from ledger.models import Account, JournalEntry
from ledger.services import credit, debit, gather_block, post_entry, reverse_entry
from tests.factories.ledger import DAY
me, seconds = int(sys.argv[1]), float(sys.argv[2])
random.seed(me)
roles = ["rent", "supplier", "sales", "receivable", "wool_store"]
accounts = {one.role: one for one in Account.objects.filter(role__in=roles)}
actor = User.objects.get(username="u-tomasa")
ends, told, mine = time.monotonic() + seconds, {"posted": 0, "undone": 0, "refused": 0}, []
rounds = 0
while rounds < 20 or time.monotonic() < ends:
    rounds += 1
    one, two = (accounts[role] for role in random.sample(roles, 2))
    amount = Money(random.randint(1, 9999), "PEN") / 100
    try:
        if mine and random.random() < 0.3:
            reverse_entry(entry=mine.pop(), reason="storm", day=DAY, actor=actor)
            told["undone"] += 1
        elif random.random() < 0.02:
            gather_block()
        else:
            # Every fourth reference is one that all of them use: in the books once.
            shared = random.random() < 0.25
            number = told["posted"] // 4 if shared else f"{me}:{told['posted']}"
            entry = post_entry(
                day=DAY, kind="hand", memo="", lines=[debit(one, amount), credit(two, amount)],
                reference=f"storm:{number}", created_by=actor,
            )
            told["posted"] += 1
            if not shared:
                mine.append(entry)
    except LedgerError:
        told["refused"] += 1
print(json.dumps(told))
"""


def _let_them_write(seconds: float) -> list[dict[str, int]]:
    name = connection.settings_dict["NAME"]
    env = os.environ | {
        "DATABASE_URL": databases.url_of(str(name)),
        "DJANGO_SETTINGS_MODULE": "coop.settings.test",
        "MINKA_DATA": str(run.own_data_dir()),
        "PYTHONPATH": f"{run.ROOT}:{run.ROOT / 'bin' / 'lib'}",
    }
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(number), str(seconds)],
            env=env, cwd=run.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    answers = [one.communicate(timeout=seconds + 240) for one in programs]
    for program, (_out, err) in zip(programs, answers, strict=True):
        assert program.returncode == 0, err[-2000:]
    return [json.loads(out.splitlines()[-1]) for out, _err in answers]


@pytest.mark.storm
@pytest.mark.parametrize("seconds", [0, pytest.param(60, marks=pytest.mark.long)])
def test_eight_programs_post_and_undo_and_the_audit_is_clean(fresh_db: str, seconds: float):
    Books()
    connection.close()
    told = _let_them_write(seconds)

    assert all(one["posted"] for one in told)
    assert sum(one["undone"] for one in told) > 0
    references = JournalEntry.objects.values_list("reference", flat=True)
    assert len(set(references)) == len(references)
    undone = JournalEntry.objects.filter(kind="reversal").count()
    assert undone == sum(one["undone"] for one in told)
    gather_all()
    numbers = list(JournalEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert findings() == []

    # The audit would have seen it: one cent in one posting, past the rules.
    posting = Posting.objects.order_by("?").first()
    if connection.vendor == "postgresql":
        run_sql("SET session_replication_role = replica")
    else:
        run_sql("DROP TRIGGER ledger_posting_no_update")
    run_sql("UPDATE ledger_posting SET amount_minor = amount_minor + 1 WHERE id = %s", posting.pk)
    if connection.vendor == "postgresql":
        run_sql("SET session_replication_role = origin")
    assert any(f"({posting.entry.reference})" in one for one in findings())
