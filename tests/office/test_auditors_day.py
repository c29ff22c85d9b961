"""The auditor's first page: the audit's last result, and what is new in the journal for her."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from coop.kit import audit
from coop.people import roles
from coop.people.models import User
from ledger.models import AuditRun, JournalEntry, Reading
from ledger.services.audits import read_up_to
from tests.factories.ledger import Books, person
from tests.factories.office import browser_of

pytestmark = pytest.mark.django_db
JOURNAL = "/office/ledger/journal/"


@pytest.fixture
def books(new_books: Books) -> Books:
    """Books with a chart and people."""
    return new_books


@pytest.fixture
def auditor(books: Books) -> User:
    """Who reads and neither writes nor signs."""
    return person("Aurelia", roles.AUDITOR)


def told(user: User) -> dict[str, str]:
    """What her first page says, and where each line leads."""
    lines = browser_of(user).get("/office/").context["lines"]
    with translation.override("en"):
        return {line.sentence: line.url for line in lines}


def test_an_audit_that_holds_is_told_to_who_watches(auditor: User, books: Books) -> None:
    call_command("audit", stdout=StringIO())

    checks = len(audit.registered())
    assert any(one.startswith(f"{checks} checks of the audit hold, on ") for one in told(auditor))
    assert not any("audit" in one for one in told(books.president))
    page = browser_of(auditor).get("/office/ledger/audit/").content.decode()
    assert str(checks) in page


def test_rows_that_break_a_rule_stand_first_for_everybody_who_reads_the_books(
    auditor: User, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = audit.Invariant(99, "Nothing", "test.nothing", lambda: iter(["entry 7: torn"]))
    monkeypatch.setitem(audit._registered, "test.nothing", rule)

    with pytest.raises(CommandError):
        call_command("audit", stdout=StringIO())

    for user in (auditor, books.president, books.treasurer):
        first, url = next(iter(told(user).items()))
        assert first == "1 row breaks a rule of the house."
        assert "entry 7: torn" in browser_of(user).get(url).content.decode()


@pytest.mark.parametrize(
    ("language", "told_so"),
    [
        ("es", "el conteo 7 dice S/\u00a012.50, y sus billetes y monedas suman S/\u00a010.00"),
        ("en", "count 7 says S/\u00a012.50, and its notes and coins make S/\u00a010.00"),
    ],
)
def test_what_was_found_is_told_in_the_readers_language(
    auditor: User, monkeypatch: pytest.MonkeyPatch, language: str, told_so: str
) -> None:
    row = audit.finding(
        "count {count_id} says {said}, and its notes and coins make {summed}",
        count_id=7,
        said=audit.Amount(1250),
        summed=audit.Amount(1000),
    )
    rule = audit.Invariant(99, "Nothing", "test.nothing", lambda: iter([row]))
    monkeypatch.setitem(audit._registered, "test.nothing", rule)
    with pytest.raises(CommandError):
        call_command("audit", stdout=StringIO())
    auditor.language = language
    auditor.save()

    page = browser_of(auditor).get("/office/ledger/audit/").content.decode()
    assert f"[99] {told_so}" in page


def test_a_house_that_has_not_checked_itself_is_told(auditor: User) -> None:
    assert any("1 audit is due" in one for one in told(auditor))
    call_command("audit", stdout=StringIO())
    AuditRun.objects.update(at=timezone.now() - timedelta(days=3))

    assert any("1 audit is due" in one for one in told(auditor))


def test_what_came_since_she_last_read_is_new_to_her(auditor: User, books: Books) -> None:
    books.put_in_cash("500")
    client = browser_of(auditor)
    url = told(auditor)["1 entry of the journal is new to you."]

    page = client.get(url)
    assert len(page.context["rows"]) == 1
    answer = client.post(f"{JOURNAL}read/", {"entry": page.context["newest"].pk})
    assert answer.status_code == 302

    assert not any("new to you" in one for one in told(auditor))
    books.put_in_cash("7")
    assert [one.amount for _entry, _words, one, _parts in client.get(url).context["rows"]] == [7]


def test_reading_does_not_go_back(auditor: User, books: Books) -> None:
    books.put_in_cash("1")
    books.put_in_cash("2")
    first, last = JournalEntry.objects.order_by("pk")[:2]
    read_up_to(reader=auditor, entry=last)

    read_up_to(reader=auditor, entry=first)

    assert Reading.objects.get().entry == last


def test_an_entry_that_is_none_marks_nothing(auditor: User) -> None:
    for key in ("", "x", "999999", "9" * 40):
        assert browser_of(auditor).post(f"{JOURNAL}read/", {"entry": key}).status_code == 404
    assert not Reading.objects.exists()
