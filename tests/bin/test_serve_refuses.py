"""bin/serve refuses in one clear line, with exit 1, before any long work and leaving nothing.

Each test runs a copy of bin/, apart from the house: should a refusal fail to come, nothing of
the house we stand in can be touched.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from house.console import Console, Failure
from house.environment import ROOT
from house.processes import Program, run_steps

pytestmark = pytest.mark.whole

NO_ROOM = """
import errno, os

def mkdir(*args, **options):
    raise OSError(errno.ENOSPC, "No space left on device")

os.mkdir = mkdir
"""
COPY = Path(tempfile.mkdtemp(prefix="minka-bin-"))
SERVE = COPY / "bin" / "serve"


@pytest.fixture(scope="module", autouse=True)
def copy_of_bin():
    shutil.copytree(ROOT / "bin", COPY / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    yield
    assert not (COPY / ".venv").exists()
    shutil.rmtree(COPY)


def serve(*words: str, path: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bin/serve to its end, with the Python of these tests first on the path."""
    unwanted = {"DATABASE_URL", "MINKA_DATA", "SECRET_KEY", "SITE_URL"}
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    env["PATH"] = path or f"{Path(sys.executable).parent}:{env['PATH']}"
    return subprocess.run(
        [SERVE, *words],
        env=env | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on stderr, which holds each of `words`."""
    assert done.returncode == 1, done
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("bin/serve: ")
    for word in words:
        assert word in lines[0]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def port_in_use():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield str(listener.getsockname()[1])


def test_an_unknown_option(tmp_path):
    assert_refused(serve("--htps", "--data", str(tmp_path / "data")), "--htps", "--help")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "web", "８０"])
def test_a_port_that_is_none(port, tmp_path):
    assert_refused(serve(f"--port={port}", "--data", str(tmp_path / "data")), port, "not a port")


def test_a_port_in_use(port_in_use, tmp_path):
    done = serve("--port", port_in_use, "--data", str(tmp_path / "data"))

    assert_refused(done, port_in_use, "in use", "--port")
    assert not (tmp_path / "data").exists()


def test_help_names_every_option():
    done = serve("--help")

    assert done.returncode == 0
    for option in ("--port", "--empty", "--data", "--https", "--fake-stripe"):
        assert option in done.stdout


def test_a_database_that_cannot_be_reached(free_port, tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        done = serve(
            "--port",
            free_port,
            "--data",
            str(tmp_path / "data"),
            DATABASE_URL=f"postgresql://minka:a-secret@{address}/minka",
        )

    assert_refused(done, "DATABASE_URL", address, "cannot be reached")
    assert "a-secret" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "url", ["mysql://root@localhost/minka", "nonsense", "postgresql://host:port/minka"]
)
def test_a_database_url_that_cannot_be_read(url, free_port, tmp_path):
    done = serve("--port", free_port, "--data", str(tmp_path / "data"), DATABASE_URL=url)

    assert_refused(done, "DATABASE_URL")
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_is_a_file(free_port, tmp_path):
    (tmp_path / "file").write_text("not a folder")

    done = serve("--port", free_port, "--data", str(tmp_path / "file"))

    assert_refused(done, "not a folder", str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_data_folder_that_cannot_be_written(free_port):
    # /proc refuses root as well.
    done = serve("--port", free_port, "--data", "/proc/minka")

    assert_refused(done, "/proc/minka")


def test_a_second_serve_on_the_same_data(free_port, tmp_path):
    holder = (
        "import sys, time; sys.path.insert(0, sys.argv[2]);"
        "from pathlib import Path; from house.data import DataFolder;"
        "data = DataFolder(Path(sys.argv[1])); data.make()\n"
        "with data.held(): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", holder, str(tmp_path / "data"), str(ROOT / "bin" / "lib")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "held\n"
        done = serve("--port", free_port, "--data", str(tmp_path / "data"))
        first.kill()

    assert_refused(done, "another bin/serve", str(tmp_path / "data"))


# A full disk, made by a Python that meets one ----------------------------------------------
@pytest.mark.parametrize(
    ("disk", "left"),
    [
        # Refused before anything is written.
        ("import shutil; shutil.disk_usage = lambda path: shutil._ntuple_diskusage(9, 8, 1)", True),
        # Met in the middle of the work, at the first folder that is made.
        (
            NO_ROOM,
            False,
        ),
    ],
    ids=["too little room", "no room at all"],
)
def test_a_full_disk(disk, left, free_port, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(disk)

    done = serve("--port", free_port, "--data", str(tmp_path / "data"), PYTHONPATH=str(tmp_path))

    assert_refused(done, "the disk is full")
    assert (tmp_path / "data").exists() == left
    assert not (tmp_path / "data" / "db.sqlite3").exists()


@pytest.mark.parametrize(
    "said",
    ["OSError: [Errno 28] No space left on device", "OperationalError: database or disk is full"],
)
def test_a_step_that_met_a_full_disk_says_so(said, tmp_path):
    step = Program(
        "database", ["/bin/sh", "-c", f"echo '{said}' >&2; exit 1"], tmp_path / "log", {}, ROOT
    )

    with pytest.raises(Failure, match="the disk is full"):
        run_steps(Console(), step, folder=tmp_path)


@pytest.mark.parametrize(("free", "said"), [(1_000, "the disk is full"), (10**9, "disk I/O error")])
def test_an_error_of_the_disk_is_a_full_disk_where_nothing_is_free(
    free, said, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        shutil, "disk_usage", lambda folder: SimpleNamespace(total=10**9, used=0, free=free)
    )
    line = "OperationalError: disk I/O error"
    step = Program(
        "demo", ["/bin/sh", "-c", f"echo '{line}' >&2; exit 1"], tmp_path / "log", {}, ROOT
    )

    with pytest.raises(Failure, match=said):
        run_steps(Console(), step, folder=tmp_path)


# Python ------------------------------------------------------------------------------------
def fake_python(folder: Path, script: str, name: str = "python3") -> str:
    """A PATH on which the only Python is a script of ours."""
    for tool in ("dirname", "env", "sh"):
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return str(folder)


def test_a_python_too_old(tmp_path):
    done = serve(path=fake_python(tmp_path, "echo 3.9"))

    assert_refused(done, "3.9", "3.11 or newer")


def test_a_python_without_venv(tmp_path):
    done = serve(path=fake_python(tmp_path, "echo 3.12; exit 1"))

    assert_refused(done, "3.12", "venv", "apt install python3-venv")


def test_no_python_at_all(tmp_path):
    done = serve(path=fake_python(tmp_path, "", name="no-python"))

    assert_refused(done, "3.11 or newer", "no python3")
