"""The ledger's figures: each round lets all sides take a turn; of the rounds the middle counts."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.console import Console
from measure.books import place
from measure.books.talk import Side
from measure.row import Row, median

NAMES = {
    "ledger.post": "entries of two postings, one by one (beside hordak, and raw inserts)",
    "ledger.bulk": "entries of two postings, all at once (beside hordak, and raw COPY)",
    "ledger.balance": "the balance of a busy account, now and as of a day (beside hordak)",
    "ledger.trial_balance": "the trial balance, now and as of a day (beside hordak)",
    "ledger.statement": "the newest fifty postings of a busy account (beside hordak)",
    "ledger.writers": "eight writers on accounts of their own (beside raw inserts)",
}
ACCOUNTS = 500
WRITERS = 8


@dataclass(frozen=True)
class Size:
    """How much is measured: postings in the books, rounds, and what a round does."""

    postings: tuple[int, ...]
    rounds: int
    posts: int
    bulk: int
    reads: int
    seconds: float
    #: Beyond so many postings, hordak takes no part: it takes minutes for one answer.
    peer_until: int = 1_000_000


QUICK = Size((10_000,), rounds=3, posts=30, bulk=300, reads=5, seconds=1.0)
WHOLE = Size((10_000, 100_000, 1_000_000), rounds=7, posts=200, bulk=10_000, reads=9, seconds=5.0)
#: `--long` goes on to here, alone.
LONG = Size((*WHOLE.postings, 10_000_000), rounds=7, posts=200, bulk=10_000, reads=9, seconds=5.0)


def rows(names: list[str], console: Console, size: Size) -> Iterator[Row]:
    """Every figure that was asked for. Raises Failure."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(_folder()))
        url = stack.enter_context(place.server())
        books = place.database(url, "bench_ours")
        ours = place.ours(books, folder / "ours")
        stack.callback(ours.end)
        peer = place.peer(place.database(url, "bench_hordak"), console)
        stack.callback(peer.end)
        ours.tell("setup", accounts=ACCOUNTS)
        peer.tell("setup", accounts=ACCOUNTS)
        filled = {"ours": 0, "peer": 0}
        for postings in size.postings:
            is_beside = postings <= size.peer_until
            console.say(f"  {postings} postings")
            _fill(ours, "ours", filled, postings)
            if is_beside:
                _fill(peer, "peer", filled, postings)
            yield from _at(names, ours, peer if is_beside else None, size, postings)
        if "ledger.writers" in names:
            yield from _writers(books, folder, size, filled["ours"])
        yield from _on_sqlite(names, folder, size)


def _folder() -> Any:
    return tempfile.TemporaryDirectory(prefix="minka-bench-")


def _fill(side: Side, name: str, filled: dict[str, int], wanted: int) -> None:
    more = wanted - filled[name]
    if more > 0:
        side.tell("fill", postings=more, before=filled[name])
        filled[name] = wanted


def _at(names: list[str], ours: Side, peer: Side | None, size: Size, n: int) -> Iterator[Row]:
    """The figures with `n` postings in the books."""
    if "ledger.post" in names:
        turns = _turns(ours, peer, "post", size.rounds, count=size.posts)
        yield from _rates("ledger.post", turns, size.posts, n)
    if "ledger.bulk" in names:
        turns = _turns(ours, peer, "bulk", max(3, size.rounds // 2), count=size.bulk)
        yield from _rates("ledger.bulk", turns, size.bulk, n)
    for name, command, dated in (
        ("ledger.balance", "balance", "balance_on"),
        ("ledger.trial_balance", "trial", "trial_on"),
        ("ledger.statement", "statement", ""),
    ):
        if name not in names:
            continue
        mine = ours.tell(command, rounds=size.reads * 3)
        theirs = peer.tell(command, rounds=size.reads if n < 1_000_000 else 3) if peer else None
        yield _less(name, mine, "hordak" if peer else "", theirs, n)
        if dated:
            yield _less(f"{name} as of a day", ours.tell(dated, rounds=size.reads), "", None, n)


def _turns(
    ours: Side, peer: Side | None, command: str, rounds: int, **values: Any
) -> dict[str, float]:
    """Seconds of the middle round of each side; before them, one round that does not count."""
    sides: dict[str, Callable[[], float]] = {
        "ours": lambda: ours.tell(command, **values),
        "raw": lambda: ours.tell(f"raw_{command}", **values),
    }
    if command == "post":
        sides["rows"] = lambda: ours.tell("rows_post", **values)
    if peer:
        sides["hordak"] = lambda: peer.tell(command, **values)
    spent: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds + 1):
        for name, turn in sides.items():
            spent[name].append(turn())
    return {name: median(times[1:]) for name, times in spent.items()}


def _rates(name: str, turns: dict[str, float], count: int, n: int) -> Iterator[Row]:
    mine = count / turns["ours"]
    for beside in ("hordak", "raw", "rows"):
        if beside in turns:
            theirs = count / turns[beside]
            yield Row(name, mine, "entries/s", f"{beside} {theirs:.0f} /s", mine / theirs, n)


def _less(name: str, mine: float, beside: str, theirs: float | None, n: int) -> Row:
    if theirs is None:
        return Row(name, mine * 1000, "ms", "none", 1.0, n)
    return Row(name, mine * 1000, "ms", f"{beside} {theirs * 1000:.2f} ms", theirs / mine, n)


def _writers(url: str, folder: Path, size: Size, n: int) -> Iterator[Row]:
    """Ours, raw and the same rows in turns, each with as many programs at once."""
    sides = [place.another(url, folder / "ours") for _ in range(WRITERS)]
    try:
        for side in sides:
            side.tell("setup", accounts=ACCOUNTS)
        rates: dict[str, list[float]] = {"ours": [], "raw": [], "rows": []}
        for _ in range(3):
            for kind, found in rates.items():
                found.append(_at_once(sides, kind, size.seconds))
    finally:
        for side in sides:
            side.end()
    mine = median(rates["ours"])
    for beside in ("raw", "rows"):
        theirs = median(rates[beside])
        yield Row(
            "ledger.writers", mine, "entries/s", f"{beside} {theirs:.0f} /s", mine / theirs, n
        )


def _at_once(sides: list[Side], kind: str, seconds: float) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(len(sides)) as pool:
        done = pool.map(
            lambda pair: pair[1].tell(
                "work", share=pair[0], of=len(sides), seconds=seconds, kind=kind
            ),
            enumerate(sides),
        )
        count = sum(done)
    return count / (time.perf_counter() - began)


def _on_sqlite(names: list[str], folder: Path, size: Size) -> Iterator[Row]:
    """Against raw inserts into the same file."""
    wanted = {"ledger.post", "ledger.bulk"} & set(names)
    if not wanted:
        return
    file = folder / "bench.sqlite3"
    ours = place.ours(f"sqlite:///{file}", folder / "sqlite")
    try:
        ours.tell("setup", accounts=ACCOUNTS)
        for name, command, count in (
            ("ledger.post", "post", size.posts),
            ("ledger.bulk", "bulk", size.bulk),
        ):
            if name in wanted:
                turns = _turns(ours, None, command, max(3, size.rounds // 2), count=count)
                for row in _rates(name, turns, count, count * 8):
                    yield Row(**{**row.__dict__, "name": f"{name} on SQLite"})
    finally:
        ours.end()
        shutil.rmtree(folder / "sqlite", ignore_errors=True)
