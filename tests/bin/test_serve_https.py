"""bin/serve --https: what it refuses in one line, what it tells the house, when it looks again."""

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from house import https, servers, stand_in
from house.console import Console, Failure
from house.data import DataFolder
from house.database import Database
from house.https import Tls
from house.prepare import House
from tests.bin.test_serve_refuses import assert_refused, copy_of_bin, serve

__all__ = ["copy_of_bin"]

TLS = Tls(
    certificate="server.crt",
    key="server.key",
    authority="authority.crt",
    fingerprint="ab" * 32,
    names=("localhost", "telar.local", "127.0.0.1", "192.168.1.20"),
    main="192.168.1.20",
    renew_at=4_000_000_000.0,
    is_new_authority=True,
)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def house(tmp_path: Path, tls: Tls | None = TLS) -> House:
    data = DataFolder(tmp_path / "data")
    data.make()
    return House(data, Database.of(None, data.path), 8000, tls=tls)


# Refused at once ---------------------------------------------------------------------------
def test_a_site_url_without_https_goes_against_it(tmp_path):
    done = serve("--https", "--data", str(tmp_path / "data"), SITE_URL="http://tienda.example")

    assert_refused(done, "--https", "SITE_URL=http://tienda.example")
    assert not (tmp_path / "data").exists()


def test_it_needs_the_port_above(tmp_path):
    done = serve("--https", "--port", "65535", "--data", str(tmp_path / "data"))

    assert_refused(done, "--https", "lower")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("words", "below"), [(["--https"], 1), (["--https", "--fake-stripe"], 2)])
def test_a_taken_port_above_is_named(tmp_path, taken, words, below):
    done = serve(*words, "--port", str(taken - below), "--data", str(tmp_path / "data"))

    assert_refused(done, str(taken), "in use")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ModuleNotFoundError: No module named 'cryptography'", "cryptography is not installed"),
        ("authority.key cannot be read (Permission denied): give it", "authority.key cannot be"),
        ("this machine's clock says 1970-01-01", "clock says 1970-01-01"),
    ],
)
def test_what_the_certificate_lacks_is_one_line(tmp_path, monkeypatch, said, line):
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\necho "Traceback" >&2\necho "{said}" >&2\nexit 1\n')
    script.chmod(0o755)
    monkeypatch.setattr(https, "PYTHON", script)

    with pytest.raises(Failure, match=line) as refusal:
        https.make_certificate(tmp_path)

    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("--https: ")


def test_without_a_folder_to_write_in_it_says_so(tmp_path):
    with pytest.raises(Failure, match="--https: /proc/minka"):
        https.make_certificate(Path("/proc/minka"))


# What the house is told --------------------------------------------------------------------
def test_the_house_answers_to_all_its_names(monkeypatch):
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)

    told = https.told(TLS, 8000)

    assert told["SITE_URL"] == "https://192.168.1.20:8000"
    assert told["ALLOWED_HOSTS"] == "127.0.0.1,localhost,telar.local,192.168.1.20"
    assert told["MINKA_OWN_ADDRESSES"] == "127.0.0.1,192.168.1.20"
    assert "MINKA_DEMO_PASS" not in told


def test_what_was_set_by_hand_stays(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://tienda.example")
    monkeypatch.setenv("ALLOWED_HOSTS", "tienda.example")

    told = https.told(TLS, 8000)

    assert (told["SITE_URL"], told["ALLOWED_HOSTS"]) == ("https://tienda.example", "tienda.example")


def test_only_with_it_a_demo_listens_to_the_network():
    assert servers.address_to_bind("demo") == servers.LOCAL
    assert servers.address_to_bind("demo", is_https=True) == https.EVERYWHERE


def test_its_programs_are_the_web_server_with_the_certificate_the_worker_and_the_gate(tmp_path):
    web, _worker, gate = servers.programs(house(tmp_path), https.EVERYWHERE)

    words = [str(word) for word in web.command]
    assert words[words.index("--ssl-certificate") + 1] == "server.crt"
    assert words[words.index("--ssl-protocol-min") + 1] == "tls1.2"
    assert "8001" in gate.command
    assert len(servers.programs(house(tmp_path, None), servers.LOCAL)) == 2


def test_the_stand_in_for_stripe_moves_one_port_up(tmp_path):
    assert stand_in.address(house(tmp_path)).endswith(":8002")
    assert stand_in.address(house(tmp_path, None)).endswith(":8001")


# What is said ------------------------------------------------------------------------------
def test_it_says_what_is_open_and_shows_the_fingerprint_and_two_qrs(capsys):
    https.show(Console(), TLS, 8000, {"MINKA_DEMO_PASS": "let-me"})

    said = capsys.readouterr().out
    assert "http://192.168.1.20:8001/trust/" in said
    assert "https://192.168.1.20:8000/let-in/let-me/" in said
    assert "AB AB AB AB" in said
    assert "Open to everybody on this network" in said
    assert "refuse everybody else" in said
    assert said.count("█ ▄▄▄▄▄ █") >= 4


def test_a_real_house_prints_no_pass(capsys):
    https.show(Console(), replace(TLS, is_new_authority=False), 8000, {})

    said = capsys.readouterr().out
    assert "https://192.168.1.20:8000/m/" in said
    assert "let-in" not in said
    assert "demo" not in said


# While it is open --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("way_out", "renew_at", "must"),
    [
        ("192.168.1.20", 4e9, False),
        ("", 4e9, False),  # no network at the moment: nothing better to offer
        ("10.0.0.7", 4e9, True),
        ("192.168.1.20", 0.0, True),
    ],
)
def test_it_notices_a_new_address_and_the_end_of_the_certificate(
    monkeypatch, way_out, renew_at, must
):
    clock = [0.0]
    monkeypatch.setattr(https.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(https, "_way_out", lambda: way_out)
    lookout = https.Lookout(replace(TLS, renew_at=renew_at))

    assert not lookout.must_renew()
    clock[0] = 31.0

    assert lookout.must_renew() == must


def test_a_real_certificate_is_made_by_the_houses_own_python(tmp_path, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)

    tls = https.make_certificate(tmp_path / "https")

    assert "127.0.0.1" in tls.names
    assert os.path.exists(tls.certificate)  # noqa: PTH110
    assert tls.trusting().get_ca_certs()
