"""What a party heard: names tones with Goertzel's algorithm and judges the order of packets.

A frame of 20 ms holds a whole number of periods of every multiple of 50 Hz, so those tones are
orthogonal in it and one frame is enough to tell them apart.
"""
import functools
import math
from dataclasses import dataclass

from .mulaw import DECODED, FRAME_SAMPLES, SAMPLE_RATE

TONES = tuple(range(300, 3401, 50))      # The telephone band.
AUDIBLE_POWER = 2000.0                   # Mean square below this is silence (about -57 dBm0).
SHARE_OF_POWER = 0.12                    # A tone with less of a frame's power is not named.
SEQUENCE_NUMBERS = 1 << 16
SHORTEST_STRETCH = 3                     # Frames; shorter ones are seams between two sounds.


@functools.lru_cache(maxsize=8192)
def tones_in(payload, candidates=TONES):
    """The tones in a µ-law frame, loudest first; none in silence and in sounds that are no tone."""
    samples = [DECODED[byte] for byte in payload]
    if len(samples) < FRAME_SAMPLES:
        # A frame of 10 ms tells multiples of 100 Hz apart.
        candidates = [hertz for hertz in candidates if hertz % 100 == 0]
    total = sum(sample * sample for sample in samples)
    if not samples or total / len(samples) < AUDIBLE_POWER:
        return ()
    share = {hertz: goertzel(samples, hertz) * 2 / len(samples) / total for hertz in candidates}
    return tuple(sorted((hertz for hertz in share if share[hertz] > SHARE_OF_POWER),
                        key=share.get, reverse=True))


def goertzel(samples, hertz):
    """The power of one frequency in the samples."""
    coefficient = 2 * math.cos(2 * math.pi * hertz / SAMPLE_RATE)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + coefficient * last - before
    return last * last + before * before - coefficient * last * before


def is_audible(payload):
    """Whether a frame is more than silence."""
    power = sum(DECODED[byte] ** 2 for byte in payload)
    return bool(payload) and power / len(payload) >= AUDIBLE_POWER


@dataclass
class Stretch:
    """A time during which the same tones were heard."""

    tones: tuple
    start: float
    end: float
    frames: int

    @property
    def seconds(self):
        return self.end - self.start


def stretches(packets, shortest=SHORTEST_STRETCH):
    """The tones of audio packets in order; silence and seams are left out, and do not divide."""
    found = []
    for packet in packets:
        tones = tuple(sorted(tones_in(packet.payload)))
        if found and found[-1].tones == tones:
            found[-1].end = packet.at
            found[-1].frames += 1
        else:
            found.append(Stretch(tones, packet.at, packet.at, 1))
    joined = []
    for stretch in found:
        if not stretch.tones or stretch.frames < shortest:
            continue
        if joined and joined[-1].tones == stretch.tones:
            joined[-1].end = stretch.end
            joined[-1].frames += stretch.frames
        else:
            joined.append(stretch)
    return joined


@dataclass(frozen=True)
class Stream:
    """Packets in a row with one SSRC from one port of the server."""

    ssrc: int
    port: int


def streams(packets):
    """The streams in order; more than one means that SSRC or port changed."""
    found = []
    for packet in packets:
        stream = Stream(packet.ssrc, packet.port)
        if not found or found[-1] != stream:
            found.append(stream)
    return found


def steps(packets):
    """The distance of each sequence number from the one before it, in -32768…32767."""
    half = SEQUENCE_NUMBERS // 2
    pairs = zip(packets, packets[1:])
    return [(b.sequence - a.sequence + half) % SEQUENCE_NUMBERS - half for a, b in pairs]


def lost(packets):
    """How many packets are missing between the first and the last."""
    return sum(step - 1 for step in steps(packets) if step > 1)


def misordered(packets):
    """How many packets came after a later one, or twice."""
    return sum(1 for step in steps(packets) if step < 1)


def pauses(packets, longer_than):
    """The silences on the wire: (start, seconds) between packets further apart than given."""
    pairs = zip(packets, packets[1:])
    return [(a.at, b.at - a.at) for a, b in pairs if b.at - a.at > longer_than]


def timestamp_errors(packets, samples_per_packet=160):
    """The (sequence number, advance) of packets whose timestamp does not go on as it should.

    A marked packet begins a new spurt of sound and may stand anywhere (RFC 3551 section 4.1).
    """
    wrong = []
    for a, b in zip(packets, packets[1:]):
        step = (b.sequence - a.sequence) % SEQUENCE_NUMBERS
        advance = (b.timestamp - a.timestamp) % (1 << 32)
        if step == 1 and not b.marker and advance != samples_per_packet:
            wrong.append((b.sequence, advance))
    return wrong
