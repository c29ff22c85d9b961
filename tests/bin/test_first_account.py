"""bin/serve --empty makes the first office account of what the environment says."""

import pytest
import serve

from coop.people.models import User
from house.console import Console, Failure
from tests.harness.site import Site


@pytest.mark.whole
@pytest.mark.site("empty")
def test_the_first_account_from_the_environment(
    running_site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINKA_FIRST_EMAIL", "ana@example.org")
    monkeypatch.setenv("MINKA_FIRST_PASSWORD", "short")

    with pytest.raises(Failure, match=r"^first office account: .*10") as refusal:
        serve.make_first_account(running_site.house, Console())

    assert "\n" not in str(refusal.value)
    assert "short" not in str(refusal.value)
    assert not User.objects.exists()

    monkeypatch.setenv("MINKA_FIRST_PASSWORD", "una-clave-larga-42")
    serve.make_first_account(running_site.house, Console())

    assert User.objects.get().email == "ana@example.org"
    assert "ana@example.org can come in" in capsys.readouterr().out
