"""The certificate of bin/serve --https: whom it names, when it is made again, what it may vouch for."""

import ipaddress
import os
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certify
import pytest
from certify import Machine, Vouched, look_around, vouch
from cryptography import x509

from house.console import Failure

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
HERE = Machine(
    names=("localhost", "telar", "telar.local"),
    addresses=(ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv4Address("192.168.1.20")),
    networks=(ipaddress.IPv4Network("192.168.1.0/24"),),
    main=ipaddress.IPv4Address("192.168.1.20"),
)


def made(folder: Path, machine: Machine = HERE, wanted: str = "", now: datetime = NOW) -> Vouched:
    return vouch(folder / "https", machine, wanted, now)


def read(done: Vouched) -> x509.Certificate:
    return x509.load_pem_x509_certificate(Path(done.certificate).read_bytes())


def moved(*addresses: str) -> Machine:
    return replace(
        HERE,
        addresses=tuple(ipaddress.IPv4Address(one) for one in ("127.0.0.1", *addresses)),
        main=ipaddress.IPv4Address(addresses[0]),
    )


def test_it_names_this_machine_as_its_networks_know_it(tmp_path):
    done = made(tmp_path)

    assert done.names == ["localhost", "telar", "telar.local", "127.0.0.1", "192.168.1.20"]
    assert done.main == "192.168.1.20"
    assert done.is_new_authority


def test_keys_are_for_nobody_else_to_read(tmp_path):
    done = made(tmp_path)
    keys = [Path(done.key), Path(done.authority).with_suffix(".key")]

    assert [file.stat().st_mode & 0o777 for file in keys] == [0o600, 0o600]

    keys[1].chmod(0o644)  # as from a careless copy
    made(tmp_path)

    assert keys[1].stat().st_mode & 0o777 == 0o600


def test_a_browser_accepts_it_and_its_life_is_no_longer_than_apple_allows(tmp_path):
    done = made(tmp_path)
    context = ssl.create_default_context(cafile=done.authority)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    server.load_cert_chain(done.certificate, done.key)

    assert len(context.get_ca_certs()) == 1
    one = read(done)
    assert one.not_valid_after_utc - one.not_valid_before_utc <= timedelta(days=398)


def test_the_second_start_changes_nothing(tmp_path):
    before = made(tmp_path)
    files = {file: file.read_bytes() for file in (tmp_path / "https").iterdir()}

    again = made(tmp_path, now=NOW + timedelta(days=100))

    assert again == replace(before, is_new_authority=False)
    assert {file: file.read_bytes() for file in (tmp_path / "https").iterdir()} == files


def test_another_address_makes_another_certificate_of_the_same_authority(tmp_path):
    before = made(tmp_path)

    after = made(tmp_path, moved("10.0.0.7"))

    assert "10.0.0.7" in after.names
    assert "192.168.1.20" not in after.names
    assert after.fingerprint == before.fingerprint


def test_it_is_renewed_a_month_before_its_end(tmp_path):
    before = made(tmp_path)
    late = datetime.fromtimestamp(before.renew_at, UTC) + timedelta(minutes=1)

    after = made(tmp_path, now=late)

    assert after.renew_at > before.renew_at
    assert after.fingerprint == before.fingerprint


def test_an_authority_at_its_end_is_made_anew_and_this_is_said(tmp_path):
    before = made(tmp_path)

    after = made(tmp_path, now=NOW + timedelta(days=3640))

    assert after.is_new_authority
    assert after.fingerprint != before.fingerprint


def test_the_authority_vouches_for_local_networks_alone(tmp_path):
    done = made(tmp_path)
    authority = x509.load_pem_x509_certificate(Path(done.authority).read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    permitted = {str(one.value) for one in limits.value.permitted_subtrees or []}

    assert limits.critical
    assert {"192.168.0.0/16", "local", "telar"} <= permitted
    assert not any(one.endswith((".com", "0.0.0.0/0")) for one in permitted)
    # An address for which it may not speak is left out, not refused.
    assert made(tmp_path, moved("8.8.8.8")).main == "127.0.0.1"


def test_it_also_speaks_for_a_network_of_its_own_that_is_not_private(tmp_path):
    campus = replace(moved("130.92.4.5"), networks=(ipaddress.IPv4Network("130.92.4.0/24"),))

    assert made(tmp_path, campus).main == "130.92.4.5"


def test_the_name_of_site_url_is_in_it_or_refused(tmp_path):
    named = replace(HERE, names=(*HERE.names, "tienda.example"))
    assert "tienda.example" in made(tmp_path, named, "tienda.example").names

    other = replace(HERE, names=(*HERE.names, "otra.example"))
    with pytest.raises(Failure, match=r"SITE_URL names otra\.example.*trust anew"):
        made(tmp_path, other, "otra.example")
    with pytest.raises(Failure, match=r"203\.0\.113\.9"):
        made(tmp_path, HERE, "203.0.113.9")


# What goes wrong ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("file", "said"), [("authority.crt", "certificate"), ("authority.key", "key")]
)
def test_a_damaged_file_is_named(tmp_path, file, said):
    made(tmp_path)
    (tmp_path / "https" / file).write_text("spilled coffee")

    with pytest.raises(Failure, match=rf"{file} is no {said}.*move .*https away"):
        made(tmp_path)


def test_a_lost_key_of_the_authority_is_named(tmp_path):
    made(tmp_path)
    (tmp_path / "https" / "authority.key").unlink()

    with pytest.raises(Failure, match=r"authority\.key is missing"):
        made(tmp_path)


def test_a_key_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    made(tmp_path)
    whole = Path.read_bytes

    def closed(file: Path) -> bytes:
        if file.name == "authority.key":
            raise PermissionError(13, "Permission denied", str(file))
        return whole(file)

    monkeypatch.setattr(Path, "read_bytes", closed)  # root reads everything

    with pytest.raises(Failure, match=r"authority\.key cannot be read \(Permission denied\)"):
        made(tmp_path)


def test_a_key_of_another_authority_is_refused(tmp_path):
    made(tmp_path / "other")
    made(tmp_path)
    (tmp_path / "other" / "https" / "authority.key").replace(tmp_path / "https" / "authority.key")

    with pytest.raises(Failure, match="does not belong to"):
        made(tmp_path)


@pytest.mark.parametrize("file", ["server.crt", "server.key"])
def test_a_damaged_certificate_of_the_server_is_simply_made_again(tmp_path, file):
    made(tmp_path)
    (tmp_path / "https" / file).write_text("spilled coffee")

    done = made(tmp_path)

    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(done.certificate, done.key)


def test_what_an_interrupted_first_time_left_is_no_hindrance(tmp_path):
    made(tmp_path)
    (tmp_path / "https" / "authority.crt").unlink()

    assert made(tmp_path).is_new_authority


@pytest.mark.parametrize(
    ("now", "said"),
    [(datetime(1970, 1, 1, tzinfo=UTC), "1970-01-01"), (NOW - timedelta(days=9), "2026-11-22")],
)
def test_a_wrong_clock_is_named(tmp_path, now, said):
    made(tmp_path)

    with pytest.raises(Failure, match=f"clock says {said}.*right"):
        made(tmp_path, now=now)


# This machine ------------------------------------------------------------------------------
def test_a_look_around_finds_at_least_this_machine_itself():
    found = look_around("Tienda.Example")

    assert ipaddress.IPv4Address("127.0.0.1") in found.addresses
    assert {"localhost", "tienda.example"} <= set(found.names)
    assert found.main in found.addresses


@pytest.mark.parametrize("host", ["", "192.168.1.20", "Telar de Ana.lan", "ñandú"])
def test_any_name_of_a_machine_will_do(tmp_path, monkeypatch, host):
    monkeypatch.setattr(certify.socket, "gethostname", lambda: host)

    done = vouch(tmp_path / "https", look_around(), "", NOW)

    assert "localhost" in done.names


def test_alone_without_any_network_it_serves_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(certify.ifaddr, "get_adapters", list)

    assert vouch(tmp_path / "https", look_around(), "", NOW).main == "127.0.0.1"


def test_nothing_it_makes_is_readable_for_others(tmp_path):
    before = os.umask(0)
    try:
        made(tmp_path)
    finally:
        os.umask(before)

    assert all(one.stat().st_mode & 0o077 == 0 for one in (tmp_path / "https").iterdir())
    assert (tmp_path / "https").stat().st_mode & 0o077 == 0
