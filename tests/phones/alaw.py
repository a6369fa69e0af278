"""A-law bytes (ITU-T G.711) made of µ-law bytes and back: the phones think in µ-law."""
from . import mulaw


def _decode(byte):
    byte ^= 0x55
    exponent, mantissa = (byte >> 4) & 7, byte & 0x0F
    magnitude = (mantissa << 4) + 8
    if exponent:
        magnitude = magnitude + 0x100 << exponent - 1
    return magnitude if byte & 0x80 else -magnitude


DECODED = tuple(_decode(byte) for byte in range(256))


def _nearest(sample):
    return min(range(256), key=lambda byte: abs(DECODED[byte] - sample))


OF_ULAW = bytes(_nearest(sample) for sample in mulaw.DECODED)
TO_ULAW = bytes(mulaw.encode(sample) for sample in DECODED)


def of_ulaw(payload):
    """The same sound in A-law."""
    return payload.translate(OF_ULAW)


def to_ulaw(payload):
    """The same sound in µ-law."""
    return payload.translate(TO_ULAW)
