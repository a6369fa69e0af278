"""µ-law samples (ITU-T G.711) and tones made of them."""
import functools
import math

SAMPLE_RATE = 8000
FRAME_SAMPLES = 160          # 20 ms
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE
SILENCE = b'\xff' * FRAME_SAMPLES
TONE_AMPLITUDE = 8000        # About -12 dBm0: loud, far from clipping.
_BIAS = 132
_CLIP = 32635


def encode(sample):
    """One 16-bit sample as a µ-law byte."""
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), _CLIP) + _BIAS
    exponent = magnitude.bit_length() - 8
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    return ~(sign | exponent << 4 | mantissa) & 0xFF


def _decode(byte):
    byte = ~byte & 0xFF
    magnitude = (((byte & 0x0F) << 3) + _BIAS << ((byte >> 4) & 7)) - _BIAS
    return -magnitude if byte & 0x80 else magnitude


DECODED = tuple(_decode(byte) for byte in range(256))


@functools.cache
def tone_frame(hertz):
    """20 ms of a tone. Multiples of 50 Hz only: then frames follow each other without a click."""
    if hertz % 50:
        raise ValueError(f'{hertz} Hz is no multiple of 50')
    step = 2 * math.pi * hertz / SAMPLE_RATE
    return bytes(encode(round(TONE_AMPLITUDE * math.sin(step * n))) for n in range(FRAME_SAMPLES))
