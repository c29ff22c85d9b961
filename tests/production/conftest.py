"""Every test of production may ask for a workshop."""

import pytest

from tests.factories.production import Workshop


@pytest.fixture
def workshop(db) -> Workshop:
    return Workshop()
