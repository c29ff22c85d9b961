"""A demo house of our own to look at, with a stand-in for Stripe, kept for the next round."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import servers, stand_in
from house.console import Console
from house.data import DataFolder
from house.database import Database
from house.prepare import House, prepare
from look.place import Place


def vouched_for(folder: Path) -> dict[str, str]:
    """As after `bin/serve --https`: there is an authority to trust, so its page stands."""
    file = folder / "authority-to-look-at.pem"
    file.write_text(ssl.DER_cert_to_PEM_cert(b"Only the page is looked at, not the certificate."))
    return {"MINKA_AUTHORITY": str(file)}


@contextmanager
def running(data: Path, port: int, console: Console) -> Iterator[Place]:
    """Prepare and open it; every state that a page can have is in it. Raises Failure."""
    folder = DataFolder(data)
    folder.make()
    house = House(folder, Database.of(None, folder.path), port)
    servers.refuse_port_in_use(servers.LOCAL, port)
    stand_in.connect(house)
    house.extra |= vouched_for(folder.path)
    with folder.held():
        prepare(house, console, empty=False)
        with stand_in.running(house), servers.running(house):
            url = f"http://{servers.LOCAL}:{port}"
            yield Place.of(url, folder.path, house.environment(), with_states=True)
