"""bin/serve --fake-stripe: a stand-in for Stripe on the next port, or one clear line."""

import socket

from tests.bin.test_serve_refuses import assert_refused, copy_of_bin, serve

__all__ = ["copy_of_bin"]


def test_it_needs_the_port_above(tmp_path) -> None:
    done = serve("--fake-stripe", "--port", "65535", "--data", str(tmp_path / "data"))

    assert_refused(done, "--fake-stripe", "lower")
    assert not (tmp_path / "data").exists()


def test_a_taken_port_above_is_named(tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        above = taken.getsockname()[1]

        done = serve("--fake-stripe", "--port", str(above - 1), "--data", str(tmp_path / "data"))

    assert_refused(done, str(above), "in use")
    assert not (tmp_path / "data").exists()
