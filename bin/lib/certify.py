"""The certificate of `bin/serve --https`, made on the spot; run by the house's own Python.

A small authority of this house alone stays in the data folder and vouches for a certificate that
names this machine as its networks know it. Phones trust the authority once; the certificate is
made again whenever the machine's addresses change or its end comes near.

The authority can vouch for nothing but this machine and addresses of local networks (X.509 name
constraints): whoever stole its key could still not pretend to be anybody's bank.

Prints one JSON object; when it cannot, one line, and ends with 1.
"""

import argparse
import ipaddress
import json
import os
import re
import socket
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ifaddr
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from house.console import Failure
from house.data import write_private

Address = ipaddress.IPv4Address
Network = ipaddress.IPv4Network

# No clock of a machine that runs this can be earlier.
_THIS_WAS_WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
_AUTHORITY_LASTS = timedelta(days=3650)
# Apple refuses a longer life, also from authorities that a person trusts herself.
_CERTIFICATE_LASTS = timedelta(days=397)
_RENEW_BEFORE_END = timedelta(days=30)
# Phones whose clock is a little behind must not find it "not valid yet".
_BACK_DATED = timedelta(days=1)
_LOCAL_NETWORKS = tuple(
    ipaddress.IPv4Network(one)
    for one in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
    )
)
_LOCAL_NAMES = ("localhost", "local", "lan", "home.arpa", "internal")
# Made by programs for their containers; no phone comes that way.
_INWARD = re.compile(r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|podman|cni)")


@dataclass(frozen=True)
class Machine:
    """This machine as others on its networks know it."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...]
    networks: tuple[Network, ...]
    #: The address by which it reaches the rest of the network; loopback when it is alone.
    main: Address


@dataclass(frozen=True)
class Vouched:
    """What bin/serve needs to know."""

    certificate: str
    key: str
    authority: str
    #: SHA-256 of the authority, to compare with the one that a phone shows.
    fingerprint: str
    names: list[str]
    main: str
    #: When to come again, in seconds since 1970.
    renew_at: float
    is_new_authority: bool


# The machine -------------------------------------------------------------------------------
def look_around(wanted: str = "") -> Machine:
    """Names and addresses of this machine, and `wanted`, the host of SITE_URL."""
    adapters = [one for one in ifaddr.get_adapters() if not _INWARD.match(one.name)]
    found = [ip for adapter in adapters for ip in adapter.ips if ip.is_IPv4]
    addresses = {Address(str(ip.ip)) for ip in found} | {Address("127.0.0.1")}
    networks = {Network(f"{ip.ip}/{ip.network_prefix}", strict=False) for ip in found}
    host = re.sub(r"[^a-z0-9.-]", "", socket.gethostname().lower()).strip(".-")
    names = {"localhost"}
    if host and not _is_address(host):
        names |= {host, f"{host.partition('.')[0]}.local"}
    if wanted and not _is_address(wanted):
        names.add(wanted.lower())
    return Machine(
        names=tuple(sorted(names)),
        addresses=tuple(sorted(addresses)),
        networks=tuple(sorted(networks)),
        main=_main_address(addresses),
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _main_address(addresses: Iterable[Address]) -> Address:
    """Where phones find it: the address on the way out, else the first that is not its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # Nothing is sent: the system only says which way it would go.
            asking.connect(("192.0.2.1", 9))
            out = Address(asking.getsockname()[0])
        except OSError:
            out = Address("127.0.0.1")
    others = [one for one in sorted(addresses) if not one.is_loopback and not one.is_link_local]
    return out if out in others else next(iter(others), Address("127.0.0.1"))


# The authority -----------------------------------------------------------------------------
class Keeper:
    """The folder in which authority and certificate are kept."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.now = now
        self.authority_file = folder / "authority.crt"
        self.authority_key_file = folder / "authority.key"
        self.certificate_file = folder / "server.crt"
        self.key_file = folder / "server.key"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def authority(self, machine: Machine) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """The one that is kept, or a new one when there is none or its end is near."""
        # A key alone is what an interrupted first time left: nobody trusts it yet.
        if self.authority_file.exists():
            kept, key = _read(self.authority_file), _read_key(self.authority_key_file)
            _refuse_strangers(kept, key, self.authority_file, self.authority_key_file)
            if kept.not_valid_before_utc > self.now:
                raise Failure(
                    f"this machine's clock says {self.now:%Y-%m-%d}, but {self.authority_file} was"
                    f" made on {kept.not_valid_before_utc:%Y-%m-%d}: set the clock right."
                )
            if kept.not_valid_after_utc - self.now > _RENEW_BEFORE_END:
                return kept, key
        return self._new_authority(machine)

    def _new_authority(
        self, machine: Machine
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        host = next((one for one in machine.names if one.endswith(".local")), "this machine")
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Mink'a"),
                x509.NameAttribute(NameOID.COMMON_NAME, f"Mink'a {host} {self.now:%Y-%m-%d}"[:64]),
            ]
        )
        own = [one for one in machine.networks if not _is_local(one)]
        permitted: list[x509.GeneralName] = [
            x509.IPAddress(one) for one in (*_LOCAL_NETWORKS, *own)
        ]
        permitted += [x509.DNSName(one) for one in sorted({*_LOCAL_NAMES, *machine.names})]
        public = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - _BACK_DATED)
            .not_valid_after(self.now + _AUTHORITY_LASTS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .add_extension(public, critical=False)
            .sign(key, hashes.SHA256())
        )
        _write_key(self.authority_key_file, key)
        write_private(self.authority_file, _pem(made))
        return made, key

    # The certificate -----------------------------------------------------------------------
    def certificate(
        self,
        machine: Machine,
        authority: x509.Certificate,
        authority_key: ec.EllipticCurvePrivateKey,
    ) -> x509.Certificate:
        """The one that is kept, or a new one for other names or a new time."""
        names, addresses = vouchable(machine, authority)
        kept = self._kept(authority)
        if kept is not None and _names(kept) == (names, addresses):
            return kept
        key = ec.generate_private_key(ec.SECP256R1())
        ends = min(self.now + _CERTIFICATE_LASTS, authority.not_valid_after_utc)
        alternatives: list[x509.GeneralName] = [x509.DNSName(one) for one in sorted(names)]
        alternatives += [x509.IPAddress(one) for one in sorted(addresses)]
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mink'a")]))
            .issuer_name(authority.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now - _BACK_DATED)
            .not_valid_after(ends)
            .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(issuer, critical=False)
            .sign(authority_key, hashes.SHA256())
        )
        _write_key(self.key_file, key)
        write_private(self.certificate_file, _pem(made))
        return made

    def _kept(self, authority: x509.Certificate) -> x509.Certificate | None:
        """The certificate that is there, if it is this authority's and lasts a while yet."""
        try:
            kept, key = _read(self.certificate_file), _read_key(self.key_file)
        except Failure:
            # Missing or damaged: unlike the authority, it is simply made again.
            return None
        is_time = (
            kept.not_valid_before_utc <= self.now
            and kept.not_valid_after_utc - self.now > _RENEW_BEFORE_END
        )
        is_ours = kept.issuer == authority.subject and kept.public_key() == key.public_key()
        return kept if is_time and is_ours else None


def vouchable(
    machine: Machine, authority: x509.Certificate
) -> tuple[frozenset[str], frozenset[Address]]:
    """The names and addresses of the machine for which the authority may speak."""
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = limits.permitted_subtrees or []
    zones = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    networks = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
    names = {
        name
        for name in machine.names
        if any(name == zone or name.endswith(f".{zone}") for zone in zones)
    }
    addresses = {
        one
        for one in machine.addresses
        if any(one in net for net in networks)  # type: ignore[operator]
    }
    return frozenset(names), frozenset(addresses)


def _is_local(network: Network) -> bool:
    return any(network.subnet_of(one) for one in _LOCAL_NETWORKS)


def _names(certificate: x509.Certificate) -> tuple[frozenset[str], frozenset[Address]]:
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = found.get_values_for_type(x509.IPAddress)
    return (
        frozenset(found.get_values_for_type(x509.DNSName)),
        frozenset(one for one in addresses if isinstance(one, Address)),
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


# Files -------------------------------------------------------------------------------------
def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(file, text.decode())


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as problem:
        raise Failure(f"{file} is missing: {_ANEW.format(folder=file.parent)}") from problem
    except OSError as problem:
        raise Failure(f"{file} cannot be read ({problem.strerror}): give it back to you.") from None


_ANEW = "move {folder} away to make new ones, which every phone must trust anew."


def _read(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(_bytes(file))
    except ValueError as problem:
        raise Failure(f"{file} is no certificate: {_ANEW.format(folder=file.parent)}") from problem


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    text = _bytes(file)
    try:
        key = serialization.load_pem_private_key(text, password=None)
    except (ValueError, TypeError) as problem:
        raise Failure(f"{file} is no key: {_ANEW.format(folder=file.parent)}") from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Failure(f"{file} is no key of ours: {_ANEW.format(folder=file.parent)}")
    # Brought back from a copy, it may be open to everybody on this machine.
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
    return key


def _refuse_strangers(
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    certificate_file: Path,
    key_file: Path,
) -> None:
    if certificate.public_key() != key.public_key():
        raise Failure(
            f"{key_file.name} does not belong to {certificate_file}:"
            f" {_ANEW.format(folder=key_file.parent)}"
        )


# All of it ---------------------------------------------------------------------------------
def vouch(folder: Path, machine: Machine, wanted: str, now: datetime) -> Vouched:
    """A certificate for `machine`, kept in `folder`. Raises Failure."""
    if now < _THIS_WAS_WRITTEN:
        raise Failure(
            f"this machine's clock says {now:%Y-%m-%d}, which is long past: set it right, or no"
            " phone accepts the certificate."
        )
    keeper = Keeper(folder, now)
    before = keeper.authority_file.read_bytes() if keeper.authority_file.is_file() else b""
    authority, key = keeper.authority(machine)
    names, addresses = vouchable(machine, authority)
    if wanted and _is_address(wanted) and wanted not in {str(one) for one in addresses}:
        raise Failure(f"SITE_URL names {wanted}, which is no address of this machine.")
    if wanted and not _is_address(wanted) and wanted.lower() not in names:
        raise Failure(
            f"SITE_URL names {wanted}, for which the authority in {folder} may not vouch:"
            f" {_ANEW.format(folder=folder)}"
        )
    certificate = keeper.certificate(machine, authority, key)
    main = machine.main if machine.main in addresses else Address("127.0.0.1")
    return Vouched(
        certificate=str(keeper.certificate_file),
        key=str(keeper.key_file),
        authority=str(keeper.authority_file),
        fingerprint=authority.fingerprint(hashes.SHA256()).hex(),
        names=[*sorted(names), *(str(one) for one in sorted(addresses))],
        main=str(main),
        renew_at=(certificate.not_valid_after_utc - _RENEW_BEFORE_END).timestamp(),
        is_new_authority=before != keeper.authority_file.read_bytes(),
    )


def main() -> int:
    """`certify.py FOLDER [--host NAME]`."""
    parser = argparse.ArgumentParser(prog="certify")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", default="")
    typed = parser.parse_args()
    try:
        done = vouch(typed.folder, look_around(typed.host), typed.host, datetime.now(UTC))
    except Failure as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        why = (problem.strerror or "it cannot be used").lower()
        print(f"{problem.filename or typed.folder}: {why}.", file=sys.stderr)
        return 1
    json.dump(asdict(done), sys.stdout)
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
