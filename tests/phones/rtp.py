"""The sound of one call: sends a tone every 20 ms and keeps every packet that comes."""
import asyncio
import random
import struct
import time
from typing import NamedTuple

from . import alaw, digits, hearing, mulaw
from .changes import Changes
from .sdp import DIGITS_PAYLOAD_TYPE, Speech

PCMU = 0
_HEADER = struct.Struct('!BBHII')
_VERSION_BITS = 0x80         # RFC 3550 section 5.1: version 2, no padding, extension or CSRC.
_MARKER_BIT = 0x80
LATE_LIMIT = 0.2             # Seconds behind after which missed frames are skipped.


class Packet(NamedTuple):
    """A received packet."""

    at: float
    port: int                # The sender's.
    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def parse_packet(data, at, port):
    """The packet in a datagram; None when it is not RTP version 2 or has what phones never get."""
    if len(data) < _HEADER.size or data[0] != _VERSION_BITS:
        return None
    _, second, sequence, timestamp, ssrc = _HEADER.unpack_from(data)
    return Packet(at, port, second & 0x7F, bool(second & _MARKER_BIT), sequence, timestamp, ssrc,
                  data[_HEADER.size:])


class Sound(asyncio.DatagramProtocol):
    """One RTP socket on the loopback.

    Frames go out by the clock, whether anybody listens or not: a server that is being restarted
    must find the stream again when it is back.
    """

    def __init__(self, tone=None, speech=Speech()):
        self.tone = tone             # Hertz; 0 sends silence, None sends nothing.
        self.speech = speech
        self._samples = speech.packet_ms * mulaw.SAMPLE_RATE // 1000
        self._seconds = speech.packet_ms / 1000
        self.remote = None
        self.port = 0
        self.received = []
        self.unparsed = 0
        self.sent = 0
        self.ssrc = random.getrandbits(32)
        self.changes = Changes()
        self._digits_payload_type = speech.digits_payload_type
        self._sequence, self._timestamp = random.getrandbits(15), random.getrandbits(31)
        self._presses, self._transport, self._timer = [], None, None

    async def open(self, host='127.0.0.1'):
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(host, 0))
        self.port = self._transport.get_extra_info('sockname')[1]

    def close(self):
        """Sends and receives no more; what was received stays."""
        self.pause()
        if self._transport is not None:
            self._transport.close()

    # Sending.

    def send_to(self, remote, digits_payload_type=DIGITS_PAYLOAD_TYPE):
        """Sends to this address from now on."""
        self.remote = remote
        self._digits_payload_type = digits_payload_type or DIGITS_PAYLOAD_TYPE
        if self.tone is not None and self._timer is None and not self._transport.is_closing():
            self._tick(asyncio.get_running_loop().time())

    def pause(self):
        """Sends no more until the next send_to."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def press(self, keys):
        """Sends telephone keys between the frames of the tone. Needs a sound that sends."""
        for key in keys:
            self._presses.append({'payloads': digits.payloads(key), 'timestamp': None})

    def _tick(self, due):
        loop = asyncio.get_running_loop()
        if self._presses:
            self._send_press()
        else:
            self._send(self.speech.payload_type, self._frame(), self._timestamp)
        skipped = 0
        if loop.time() - due > LATE_LIMIT:
            skipped = int((loop.time() - due) / self._seconds)
        self._timestamp = (self._timestamp + self._samples * (1 + skipped)) % (1 << 32)
        due += self._seconds * (1 + skipped)
        self._timer = loop.call_at(due, self._tick, due)

    def _frame(self):
        """A packet of the tone. One that is not 20 ms long needs a multiple of 100 Hz."""
        frame = mulaw.tone_frame(self.tone) if self.tone else mulaw.SILENCE
        frame = (frame * 3)[:self._samples]
        return alaw.of_ulaw(frame) if self.speech.codec == 'PCMA' else frame

    def _send_press(self):
        press = self._presses[0]
        begin = press['timestamp'] is None
        if begin:
            press['timestamp'] = self._timestamp
        self._send(self._digits_payload_type, press['payloads'].pop(0), press['timestamp'], begin)
        if not press['payloads']:
            self._presses.pop(0)

    def _send(self, payload_type, payload, timestamp, marker=False):
        self._sequence = (self._sequence + 1) % (1 << 16)
        second = payload_type | (_MARKER_BIT if marker or self.sent == 0 else 0)
        self.sent += 1
        self._transport.sendto(
            _HEADER.pack(_VERSION_BITS, second, self._sequence, timestamp, self.ssrc) + payload,
            self.remote)

    # Receiving.

    def error_received(self, exc):
        """ICMP told that nobody listens there; the sender goes on, the server may come back."""

    def datagram_received(self, data, addr):
        packet = parse_packet(data, time.monotonic(), addr[1])
        if packet is None:
            self.unparsed += 1
            return
        if packet.payload_type == self.speech.payload_type and self.speech.codec == 'PCMA':
            packet = packet._replace(payload=alaw.to_ulaw(packet.payload))
        self.received.append(packet)
        self.changes.notify()

    def audio(self, since=0.0):
        """The received sound packets, from an instant on, in µ-law whatever they came in."""
        return [packet for packet in self.received
                if packet.payload_type == self.speech.payload_type and packet.at >= since]

    def keys(self):
        """The telephone keys received."""
        return digits.decode([packet for packet in self.received
                              if packet.payload_type == self.speech.digits_payload_type])

    def heard(self, since=0.0):
        """The tones heard in order."""
        return hearing.stretches(self.audio(since))

    def tones(self, since=0.0):
        """The tones heard in order, as a list of tuples."""
        return [stretch.tones for stretch in self.heard(since)]

    async def hear(self, *tones, frames=10, since=None, limit=10.0):
        """Waits until `frames` packets in a row, from now on, hold just one of these tones."""
        await self._hear(lambda heard: len(heard) == 1 and heard[0] in tones,
                         f'{frames} frames of {tones} Hz', frames, since, limit)

    async def hear_together(self, *tones, frames=10, since=None, limit=10.0):
        """Waits until `frames` packets in a row hold all of these tones and no other."""
        await self._hear(lambda heard: set(heard) == set(tones),
                         f'{frames} frames of {tones} Hz together', frames, since, limit)

    async def _hear(self, is_wanted, what, frames, since, limit):
        since = time.monotonic() if since is None else since

        def has_it():
            run = 0
            for packet in reversed(self.received):
                if packet.payload_type != self.speech.payload_type:
                    continue
                if run == frames or packet.at < since:
                    break
                if not is_wanted(hearing.tones_in(packet.payload)):
                    break
                run += 1
            return run >= frames
        await self.changes.until(has_it, limit, lambda: f'{what}; heard {self.tones(since)}, '
                                 f'{len(self.audio(since))} packets')
