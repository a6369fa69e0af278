"""Bad ways between phones and the server: datagrams are lost, repeated, late and so reordered."""
import asyncio
import contextlib
import functools
import random
from dataclasses import dataclass

from .transactions import TransactionLayer


@dataclass(frozen=True)
class Faults:
    """Shares of all datagrams, and how long one may be on its way, in seconds."""

    lost: float = 0.15
    repeated: float = 0.10
    delayed: float = 0.30
    delay_max: float = 0.3


class FaultyLayer(TransactionLayer):
    """Transactions over a way that is bad in both directions, by a generator with a seed."""

    def __init__(self, faults, seed, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.faults, self._random = faults, random.Random(seed)

    def send(self, message, destination):
        self._pass_on(functools.partial(super().send, message, destination))

    def datagram_received(self, data, addr):
        self._pass_on(functools.partial(super().datagram_received, data, addr))

    def _pass_on(self, arrive):
        chance, loop = self._random.random, asyncio.get_running_loop()
        if chance() < self.faults.lost:
            return
        for _ in range(2 if chance() < self.faults.repeated else 1):
            if chance() < self.faults.delayed:
                loop.call_later(chance() * self.faults.delay_max, arrive)
            else:
                arrive()


def faulty_layers(seed, faults=Faults()):
    """A layer_type for phones: each gets a way of its own, the same ones for the same seed."""
    seeds = random.Random(seed)

    def make(*arguments, **settings):
        return FaultyLayer(faults, seeds.getrandbits(32), *arguments, **settings)
    return make


@contextlib.asynccontextmanager
async def silence(*phones):
    """Meanwhile neither signalling nor sound passes between these phones and the server."""
    parts = [phone.layer for phone in phones]
    parts += [phone.conversation.sound for phone in phones]
    for part in parts:
        part.datagram_received = _nothing
    for phone in phones:
        phone.layer.send = _nothing
        phone.conversation.sound.pause()
    try:
        yield
    finally:
        for part in parts:
            del part.datagram_received
        for phone in phones:
            del phone.layer.send
            phone.conversation.sound.send_to(phone.conversation.sound.remote)


def _nothing(*_):
    """What becomes of a packet."""
