"""A small Stripe with a memory, for tests and demonstrations. Standard library only."""

from tests.fake_stripe.running import ControlRefused, FakeStripe
from tests.fake_stripe.world import Options

__all__ = ["ControlRefused", "FakeStripe", "Options"]
