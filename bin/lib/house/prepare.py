"""From whatever stands in the data folder to a house ready to open; what is unchanged is skipped."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from house.console import Console, Failure
from house.data import DataFolder
from house.database import Database, Look, settle
from house.environment import PYTHON, REQUIREMENTS, ROOT
from house.https import Tls
from house.processes import Program, clean_environment, run_steps

APPS = ("coop", "catalog", "orders", "ledger", "cms")
_NEEDED_MB = 150


@dataclass
class House:
    """One house: its code here, its data there, its database, the port it opens on."""

    data: DataFolder
    database: Database
    port: int
    #: What its programs are told beyond that, such as where the stand-in for Stripe listens.
    extra: dict[str, str] = field(default_factory=dict)
    #: The certificate by which it is known; None where it speaks plain http.
    tls: Tls | None = None

    def environment(self, *, data: Path | None = None, database: str = "") -> dict[str, str]:
        """For its programs; `data` and `database` are other ones while they are being built."""
        env = clean_environment()
        env.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.production")
        env.setdefault("SITE_URL", f"http://127.0.0.1:{self.port}")
        return (
            env
            | self.extra
            | {
                "MINKA_DATA": str(data or self.data.path),
                "DATABASE_URL": database or self.database.url,
                "SECRET_KEY": self.data.secret_key(),
            }
        )

    def manage(self, name: str, *command: str, env: dict[str, str] | None = None) -> Program:
        """A management command as a step; `name` is what the person reads."""
        return Program(
            name,
            [PYTHON, ROOT / "manage.py", *command],
            self.data.logs / "setup.log",
            env or self.environment(),
            ROOT,
        )


def prepare(house: House, console: Console, *, empty: bool) -> Look:
    """Bring catalogues, database, demo and static files up to date; what the database holds then.

    Raises Failure, with nothing half done: an interrupted step is begun anew next time.
    """
    look = house.database.look()
    _refuse_mixture(house, look, empty=empty)
    if empty and not look.has_people:
        house.data.stamp(begun_empty=True)
    wants_demo = not (empty or look.has_people or house.data.stamps().get("begun_empty"))
    shutil.rmtree(house.data.building, ignore_errors=True)
    try:
        compile_messages(console, log=house.data.logs / "setup.log")
        if house.database.is_sqlite and (wants_demo or not look.migrations):
            _build_sqlite(house, console, with_demo=wants_demo)
        else:
            _migrate(house, console, look)
            if wants_demo:
                _fill_demo_in_place(house, console)
        collect_static(house, console)
    finally:
        shutil.rmtree(house.data.building, ignore_errors=True)
    return house.database.look()


def _refuse_mixture(house: House, look: Look, *, empty: bool) -> None:
    if empty and look.mode == "demo":
        raise Failure(
            f"the database {house.database.named} holds the demo: give --empty another folder"
            " with --data, or another DATABASE_URL."
        )
    if look.has_people and house.data.stamps().get("demo") == "being filled":
        raise Failure(
            f"the demo was interrupted while it was put into {house.database.named}:"
            " empty that database (drop it and make it again), then start again."
        )


# Catalogues and static files: made from the code alone -------------------------------------
def compile_messages(console: Console, *, log: Path) -> None:
    """Make the .mo file of each .po file that is newer than it."""
    changed = [
        catalogue
        for catalogue in sorted(ROOT.glob("locale/**/LC_MESSAGES/*.po"))
        if _time(catalogue.with_suffix(".mo")) < _time(catalogue)
    ]
    if changed:
        command = [PYTHON, ROOT / "bin" / "lib" / "compile_messages.py", *changed]
        step = Program("languages", command, log, clean_environment(), ROOT)
        run_steps(console, step, folder=ROOT)


def _time(file: Path) -> float:
    return file.stat().st_mtime if file.exists() else 0.0


def _hash_of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _static_step(house: House) -> Program | None:
    """The step that collects static files, unless none has changed since the last time."""
    # Of the apps by name: what is collected may stand in this very folder, in var/static.
    folders = [ROOT / "static", *(place for app in APPS for place in (ROOT / app).rglob("static"))]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    wanted = _hash_of([*files, ROOT / REQUIREMENTS, *ROOT.glob("coop/settings/*.py")])
    collected = house.data.path / "static"
    if house.data.stamps().get("static") == wanted and collected.is_dir():
        return None
    house.data.stamp(static_wanted=wanted)
    env = house.environment(data=house.data.building)
    return house.manage("static files", "collectstatic", "--noinput", "--verbosity=0", env=env)


def collect_static(house: House, console: Console) -> None:
    """Collect static files beside the old ones, then swap."""
    step = _static_step(house)
    if step:
        house.data.building.mkdir(exist_ok=True)
        run_steps(console, step, folder=house.data.path)
        _keep_static(house)


def _keep_static(house: House) -> None:
    collected = house.data.path / "static"
    shutil.rmtree(collected, ignore_errors=True)
    (house.data.building / "static").replace(collected)
    house.data.stamp(static=house.data.stamps()["static_wanted"])


# The database ------------------------------------------------------------------------------
def _migrations_wanted() -> str:
    files = [file for app in APPS for file in (ROOT / app).glob("**/migrations/*.py")]
    return _hash_of([*files, ROOT / REQUIREMENTS, *ROOT.glob("coop/settings/*.py")])


def _remember_migrations(house: House) -> None:
    found = house.database.look().migrations
    house.data.stamp(migrations=[_migrations_wanted(), found])


def _migrate(house: House, console: Console, look: Look) -> None:
    """Migrate where it stands, unless this code has migrated this very database before."""
    if look.migrations and house.data.stamps().get("migrations") == [
        _migrations_wanted(),
        look.migrations,
    ]:
        return
    run_steps(
        console,
        house.manage("database", "migrate", "--noinput", "--verbosity=1"),
        folder=house.data.path,
    )
    _remember_migrations(house)


def _build_sqlite(house: House, console: Console, *, with_demo: bool) -> None:
    """Make a database in one go beside its place, and move it there when it is whole.

    Static files do not need it, and are collected at the same time.
    """
    building, place = house.data.building, house.database.file
    building.mkdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    _refuse_too_little_room(place.parent)
    half = building / "db.sqlite3"
    env = house.environment(data=building, database=f"sqlite:///{half}")
    steps = [house.manage("database", "migrate", "--noinput", "--verbosity=1", env=env)]
    static = _static_step(house)
    run_steps(console, *steps, *([static] if static else []), folder=house.data.path)
    if static:
        _keep_static(house)
    if with_demo:
        run_steps(
            console, house.manage("demo cooperative", "demo", env=env), folder=house.data.path
        )
    settle(half)
    settle(place)
    for made in building.iterdir():
        if made != half:
            _move_into(made, house.data.path / made.name)
    # Another disk, perhaps: the last move is within one folder, and happens or does not.
    arrived = place.with_name(f"{place.name}.new")
    shutil.move(half, arrived)
    arrived.replace(place)
    _remember_migrations(house)


def _refuse_too_little_room(folder: Path) -> None:
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < _NEEDED_MB:
        raise Failure(
            f"the disk is full: {free_mb} MB are free where {folder} stands, and a new house"
            f" needs about {_NEEDED_MB} MB."
        )


def _move_into(made: Path, place: Path) -> None:
    if made.is_dir() and place.is_dir():
        shutil.copytree(made, place, dirs_exist_ok=True)
    else:
        made.replace(place)


def _fill_demo_in_place(house: House, console: Console) -> None:
    """PostgreSQL has no file to move: a mark tells the next start when this was interrupted."""
    house.data.stamp(demo="being filled")
    run_steps(console, house.manage("demo cooperative", "demo"), folder=house.data.path)
    house.data.stamp(demo="complete")
