"""A running house as somebody sees it who looks at all of it: addresses, log-ins, pictures."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.console import Failure
from house.environment import PYTHON, ROOT
from look.kinds import Kind


@dataclass(frozen=True)
class Login:
    """Whom somebody comes in as: by e-mail and password, or by her picture and PIN."""

    email: str
    secret: str
    card: int = 0


@dataclass
class Place:
    """Where a house answers, and what stands where in it."""

    url: str
    logins: list[dict[str, Any]]
    env: dict[str, str]
    found: dict[str, Any]

    @classmethod
    def of(cls, url: str, data: Path, env: Mapping[str, str], *, with_states: bool) -> "Place":
        """Ask the house in `data` for its addresses. Raises Failure if it cannot say."""
        logins_file = data / "demo-logins.json"
        if not logins_file.is_file():
            raise Failure(f"{data} holds no demo: there are no log-ins in it to look with.")
        logins = json.loads(logins_file.read_text(encoding="utf-8"))
        place = cls(url.rstrip("/"), logins, dict(env), {})
        place.found = place.ask("--with-states") if with_states else place.ask()
        return place

    def ask(self, *words: str) -> dict[str, Any]:
        """Run `look.inside` with the house's own settings and database."""
        env = self.env | {"PYTHONPATH": f"{ROOT}:{ROOT / 'bin' / 'lib'}"}
        done = subprocess.run(
            [PYTHON, "-m", "look.inside", *words],
            env=env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failure(f"the house does not say where its pages stand: {done.stderr[-600:]}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def speak(self, language: str) -> None:
        """Everybody with a log-in reads the office and the members' screens in `language`."""
        self.found = self.ask("--speak", language)

    def address(self, kind: Kind, language: str) -> str:
        """Where `kind` stands; "" when this house has no such thing."""
        path = self.found["addresses"].get(kind.name, {}).get(language, "")
        return self.url + path if path else ""

    def page_of_template(self, kind: Kind, language: str) -> str:
        """The page of a kind that nobody should have to bring about."""
        text: str = self.found["rendered"][kind.name][language]
        return text

    def login(self, role: str, *, by_picture: bool) -> Login:
        """The log-in of a role: at `/m/` by picture, elsewhere by e-mail. Raises Failure."""
        mine = [one for one in self.logins if one["role"] == role]
        by_pin = [one for one in mine if one["open"] == "/m/"]
        if by_picture and role == "member":
            by_pin = [one for one in by_pin if one["who"].startswith(self.found["member"])]
        chosen = by_pin if by_picture else [one for one in mine if one["open"] != "/m/"]
        if not chosen:
            raise Failure(f"the demo in this house has no log-in of a {role}.")
        who, secret = chosen[0]["who"], chosen[0]["secret"]
        if by_picture:
            card = self.found["cards"][who.split()[0]]
            return Login("", secret.removeprefix("PIN "), card)
        return Login(who, secret)
