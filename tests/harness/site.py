"""The house, really running: the same servers that bin/serve starts, on a copy of a prepared one."""

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from house import https, servers
from house.console import Console, Failure
from house.data import DataFolder
from house.database import Database
from house.environment import PYTHON, ROOT
from house.prepare import House, collect_static, compile_messages, prepare
from house.processes import Program
from tests.factories.stripe_desk import Desk
from tests.fake_stripe import FakeStripe
from tests.harness import databases, run, worlds
from tests.harness.fixtures import on_copy_of

_TASKS_AT_WORK = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
# What shapes a prepared demo: all code, since it is built by calling the services.
_DEMO_SHAPED_BY = ("**/*.py", "**/*.toml", "**/*.csv", "**/demo/**/*", "requirements.txt")


@dataclass(frozen=True)
class Site:
    """A running house."""

    house: House
    url: str
    database: str

    @property
    def logins(self) -> list[dict[str, Any]]:
        """The demo's log-ins, as bin/serve prints them."""
        logins: list[dict[str, Any]] = json.loads(self.house.data.logins_file.read_text())
        return logins

    def manage(self, *command: str) -> str:
        """Run a management command in this house; what it printed. Fails when it fails."""
        done = subprocess.run(
            [PYTHON, ROOT / "manage.py", *command],
            env=self.house.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def mails(self) -> list[str]:
        """The text of every mail that the house has sent, oldest first."""
        folder = self.house.data.path / "mail"
        files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_text(encoding="utf-8") for file in files]

    def log(self) -> str:
        """What its web server printed."""
        return (self.house.data.logs / "web.log").read_text(encoding="utf-8")


@dataclass(frozen=True)
class CardSite:
    """A running house, and the stand-in for Stripe beside it."""

    site: Site
    desk: Desk


@pytest.fixture
def running_site(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[Site]:
    """A house of this test's own, running; the test's own queries see its database.

    `@pytest.mark.site("empty")` starts it without the demo, `"small"` with the small house. With
    `kept=True` its programs are those of the worker's test before, on a database put back.
    """
    kind = site_kind(request)
    marker = request.node.get_closest_marker("site")
    if marker and marker.kwargs.get("kept") and run.vendor() == "sqlite":
        kept: KeptHouses = request.getfixturevalue("kept_houses")
        with kept.open(kind) as site:
            yield site
        return
    with bare_environment():
        source, folder = prepared(kind, django_db_blocker)
        for copy in on_copy_of(lambda: source, django_db_blocker):
            with opened(copy, folder, tmp_path / "data") as site:
                yield site


class KeptHouses:
    """Running houses that the tests of a worker use one after the other: starting one takes
    several seconds of a processor. Each test finds the database, the mails and what is cached
    as the house was made. On SQLite only: it alone can be put back beneath running programs.
    """

    def __init__(self, folder: Path, django_db_blocker: Any) -> None:
        self.folder, self.blocker = folder, django_db_blocker
        self.open_until_the_end = contextlib.ExitStack()
        self.sites: dict[str, tuple[Site, str]] = {}

    @contextmanager
    def open(self, kind: str) -> Iterator[Site]:
        """The house of this kind as it was made; the caller's own queries see its database."""
        if kind not in self.sites:
            self.sites[kind] = self._start(kind)
        site, source = self.sites[kind]
        put_back(site, source)
        with self.blocker.unblock():
            before = databases.point_at(site.database)
            try:
                yield site
            finally:
                databases.point_at(before)

    def _start(self, kind: str) -> tuple[Site, str]:
        data = self.folder / kind
        with bare_environment():
            source, prepared_folder = prepared(kind, self.blocker)
            # What a program keeps in its own memory could not be put back.
            cache = {"CACHE_URL": f"filecache://{data / 'cache'}"}
            running = opened(databases.copy_of(source), prepared_folder, data, cache)
            return self.open_until_the_end.enter_context(running), source


@pytest.fixture(scope="session")
def kept_houses(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeptHouses]:
    """The running houses of this worker, closed at its end."""
    houses = KeptHouses(tmp_path_factory.mktemp("kept"), django_db_blocker)
    with houses.open_until_the_end:
        yield houses
    for site, _source in houses.sites.values():
        databases.drop(site.database)


def put_back(site: Site, source: str) -> None:
    """Make the database of a running house, its mails and its cache what they were when it was made."""
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as made,
        contextlib.closing(sqlite3.connect(site.database, timeout=30)) as used,
    ):
        wait_until(lambda: not used.execute(_TASKS_AT_WORK).fetchone()[0])
        made.backup(used)
    for name in ("cache", "mail"):
        shutil.rmtree(site.house.data.path / name, ignore_errors=True)


def wait_until(is_so: Callable[[], bool], within_s: float = 30) -> None:
    """Look again and again; fails when it is not so in time."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, "it never was so"
        time.sleep(0.02)


@pytest.fixture
def card_site(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    settings: Any,
) -> Iterator[CardSite]:
    """A house of this test's own that takes cards, beside a stand-in for Stripe that tells it.

    What the test itself calls speaks with the same one.
    """
    kind = site_kind(request)
    with bare_environment(), FakeStripe(currency="pen") as fake:
        source, folder = prepared(kind, django_db_blocker)
        extra = {
            "STRIPE_SECRET_KEY": fake.key,
            "STRIPE_WEBHOOK_SECRET": fake.secret,
            "STRIPE_API_BASE": fake.url,
        }
        for name, value in extra.items():
            setattr(settings, name, value)
        for copy in on_copy_of(lambda: source, django_db_blocker):
            with opened(copy, folder, tmp_path / "data", extra) as site:
                fake.control("webhook", url=f"{site.url}/stripe/webhook/")
                yield CardSite(site, Desk(fake))


@pytest.fixture
def https_site(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> Iterator[Site]:
    """A house of this test's own, as bin/serve --https opens it, with its gate; on loopback."""
    with bare_environment():
        source, folder = prepared(site_kind(request), django_db_blocker)
        for copy in on_copy_of(lambda: source, django_db_blocker):
            with opened(copy, folder, tmp_path / "data", is_https=True) as site:
                yield site


@pytest.fixture(scope="session")
def shared_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One running demo for all tests of a worker that only read. They see it by HTTP alone."""
    with bare_environment():
        source, folder = prepared("demo", django_db_blocker)
        copy = databases.copy_of(source)
        with opened(copy, folder, tmp_path_factory.mktemp("shared") / "data") as site:
            yield site
        databases.drop(copy)


def site_kind(request: pytest.FixtureRequest) -> str:
    """What `@pytest.mark.site` asks for."""
    marker = request.node.get_closest_marker("site")
    kind = str(marker.args[0]) if marker else "demo"
    assert kind in {"demo", "empty", "small"}, f"{request.node.nodeid}: no such site: {kind}"
    return kind


@contextmanager
def bare_environment() -> Iterator[None]:
    """The running house has production settings, not those of the tests."""
    names = ("DJANGO_SETTINGS_MODULE", "MINKA_DATA", "DATABASE_URL", "SECRET_KEY")
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(before)


@contextmanager
def opened(
    database: str,
    prepared: Path,
    data: Path,
    extra: dict[str, str] | None = None,
    *,
    is_https: bool = False,
) -> Iterator[Site]:
    """Open a house on `database`, with the files of the prepared one; `extra` is what its
    programs are told beyond that.
    """
    shutil.copytree(prepared, data, ignore=shutil.ignore_patterns("*.sqlite3", "static", "logs"))
    (data / "static").symlink_to(prepared / "static")
    folder = DataFolder(data)
    folder.make()
    port = free_pair() if is_https else free_port()
    house = House(folder, Database(databases.url_of(database)), port, extra or {})
    if is_https:
        house.tls = https.make_certificate(data / "https")
        house.extra |= https.told(house.tls, port) | https.demo_pass()
    with servers.running(house):
        scheme = "https" if is_https else "http"
        yield Site(house, f"{scheme}://127.0.0.1:{port}", database)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def free_pair() -> int:
    """A port of this machine on which nobody listens, nor on the one above."""
    while True:
        port = free_port()
        with contextlib.suppress(Failure):
            servers.refuse_port_in_use(servers.LOCAL, https.gate_port(port))
            return port


# Prepared houses: static files, and the demo, built once -----------------------------------
def prepared(kind: str, django_db_blocker: Any) -> tuple[str, Path]:
    """The database and the folder of a prepared house; made by the first who asks."""
    with databases.only_one(run.cache_dir() / "houses.lock"):
        static = _with_static()
        if kind != "demo":
            with django_db_blocker.unblock():
                is_small = kind == "small"
                place = worlds.place_of_small_house() if is_small else databases.prepared()
                return place, static.path
        return _with_demo(static, django_db_blocker)


def _with_static() -> DataFolder:
    folder = DataFolder(run.cache_dir() / "house")
    folder.make()
    house = House(folder, Database.of(None, folder.path), 8000)
    compile_messages(Console(), log=folder.logs / "setup.log")
    collect_static(house, Console())
    return folder


class _SmallDemo(House):
    """A house whose demo is a small one: the tests need its shape, not its year."""

    def manage(self, name: str, *command: str, env: dict[str, str] | None = None) -> Program:
        if command == ("demo",):
            command = ("demo", "--members", "11", "--months", "1", "--products", "18")
            command = (*command, "--orders", "4")
        return super().manage(name, *command, env=env)


def _with_demo(static: DataFolder, django_db_blocker: Any) -> tuple[str, Path]:
    made_from = databases.fingerprint(_DEMO_SHAPED_BY)
    if run.vendor() == "sqlite":
        place, name = run.cache_dir() / f"demo-{made_from}", "db.sqlite3"
        building = place.with_name("building-demo")
        url = None
    else:
        name = f"minka_demo_{made_from}_{run.run_dir().name[-8:]}".lower()
        place = run.run_dir() / "demo"
        building = place.with_name("building-demo")
        url = databases.url_of(name)
    if not place.exists():
        shutil.rmtree(building, ignore_errors=True)
        if url:
            # On SQLite the house migrates by itself; once is enough to show that it does.
            with django_db_blocker.unblock():
                databases.create_copy(name, databases.prepared())
        data = DataFolder(building)
        data.make()
        (building / "static").symlink_to(static.path / "static")
        data.stamp(static=static.stamps()["static"])
        prepare(_SmallDemo(data, Database.of(url, building), 8000), Console(), empty=False)
        building.rename(place)
        databases.forget_old("demo-*")
    return (name if url else str(place / name)), place
