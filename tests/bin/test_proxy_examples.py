"""The examples for a proxy in front of the house are ones that the proxies accept."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from house import https
from house.environment import ROOT

SERVER = ROOT / "docs" / "server"


def needs(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.skip(f"no {program} on this machine")
    return found


def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    nginx = needs("nginx")
    tls = https.make_certificate(tmp_path / "https")
    example = (SERVER / "nginx.conf").read_text()
    kept = "/etc/letsencrypt/live/tienda.example"
    assert f"{kept}/fullchain.pem" in example
    example = example.replace(f"{kept}/fullchain.pem", tls.certificate)
    (tmp_path / "minka.conf").write_text(example.replace(f"{kept}/privkey.pem", tls.key))
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{ access_log off; include {tmp_path}/minka.conf; }}\n"
    )

    done = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, check=False)

    # Whoever is not root may not listen on 80; the file itself is right all the same.
    assert done.returncode == 0 or "bind() to" in done.stderr, done.stderr
    assert "syntax is ok" in done.stderr


def test_caddy_accepts_its_file(tmp_path: Path) -> None:
    caddy = needs("caddy")
    command = [caddy, "validate", "--config", SERVER / "Caddyfile", "--adapter", "caddyfile"]

    done = subprocess.run(
        command, env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["minka-web.service", "minka-worker.service"])
def test_the_units_start_what_is_there(name: str) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.read(SERVER / name)

    command = unit["Service"]["ExecStart"]
    assert command.startswith("/opt/minka/.venv/bin/")
    assert (ROOT / command.split()[0].removeprefix("/opt/minka/")).exists()
    assert unit["Service"]["EnvironmentFile"] == "/etc/minka.env"
    if "granian" in command:
        assert "--host 127.0.0.1" in command


def test_both_proxies_say_by_which_way_a_visitor_came() -> None:
    nginx, settings = (SERVER / "nginx.conf").read_text(), (SERVER / "minka.env").read_text()

    assert "X-Forwarded-Proto $scheme" in nginx
    assert "X-Forwarded-For $proxy_add_x_forwarded_for" in nginx
    assert "TRUSTED_PROXIES=1" in settings
    assert "SITE_URL=https://" in settings
