"""The whole of it in one object: memory, API, courier. The server puts it behind a port."""

from tests.fake_stripe import sessions
from tests.fake_stripe.api import Api
from tests.fake_stripe.events import Courier
from tests.fake_stripe.faults import Faults
from tests.fake_stripe.store import Store
from tests.fake_stripe.world import PLATFORM, Options, World


class Fake:
    def __init__(self, options: Options, url: str, state: str = ":memory:") -> None:
        self.store = Store(":memory:" if state == "memory" else state, PLATFORM)
        self.world = World(self.store, options, url)
        self.faults = Faults(self.store)
        self.api = Api(self.world, self.faults)
        self.courier = Courier(self.world, self._tick)

    def _tick(self) -> None:
        with self.store.transaction():
            sessions.expire_due(self.world)

    def start(self) -> None:
        self.courier.start()

    def stop(self) -> None:
        self.faults.gate.close()
        self.courier.stop()
        self.store.close()
