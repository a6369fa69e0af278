"""A voice at 22,050 samples a second becomes a prompt at 8,000: without what lies above 4 kHz,
without silence around it, all equally loud. Whole numbers only, so that the same voice gives the
same bytes on every machine."""

import array
import io
import math
import operator
import wave

RATE = 8000
_VOICE_RATE = 22050
# 8000 / 22050 = 160 / 441: each output sample has one of 160 phases between two samples of the
# voice.
_PHASES, _STEP = 160, 441
_TAPS = 40
_CUTOFF = 3500 / _VOICE_RATE
_ONE = 1 << 15
# What is quieter than this at either end is silence, and so much of it stays.
_QUIET = 200
_MARGIN = _VOICE_RATE // 50
# The loudest sample afterwards: 6 dB below full scale, as music and tones are.
_PEAK = 16000


def _weights(phase):
    middle = _TAPS / 2 - 1 + phase / _PHASES
    weights = []
    for tap in range(_TAPS):
        x = tap - middle
        ideal = 2 * _CUTOFF if x == 0 else math.sin(2 * math.pi * _CUTOFF * x) / (math.pi * x)
        window = 0.5 + 0.5 * math.cos(math.pi * x / (_TAPS / 2)) if abs(x) < _TAPS / 2 else 0
        weights.append(ideal * window)
    total = sum(weights)
    return [round(weight / total * _ONE) for weight in weights]


_FILTERS = [_weights(phase) for phase in range(_PHASES)]


def _samples_of(voice):
    with wave.open(io.BytesIO(voice)) as sound:
        shape = (sound.getframerate(), sound.getnchannels(), sound.getsampwidth())
        if shape != (_VOICE_RATE, 1, 2):
            raise ValueError(f'the voice comes as {shape}, expected {(_VOICE_RATE, 1, 2)}')
        return array.array('h', sound.readframes(sound.getnframes()))


def resampled(samples):
    """22,050 samples a second to 8,000."""
    around = array.array('h', bytes(_TAPS))  # Half of the taps, in 16-bit samples.
    padded = around + samples + around
    out = []
    for index in range(len(samples) * _PHASES // _STEP):
        at, phase = divmod(index * _STEP, _PHASES)
        out.append(sum(map(operator.mul, padded[at + 1:at + 1 + _TAPS], _FILTERS[phase])) // _ONE)
    return out


def _trimmed(samples):
    loud = [index for index, sample in enumerate(samples) if not -_QUIET < sample < _QUIET]
    if not loud:
        raise ValueError('the voice is silent')
    return samples[max(loud[0] - _MARGIN, 0):loud[-1] + _MARGIN]


def prompt_of(voice):
    """The bytes of a wav file of 8,000 samples a second from those of a voice at 22,050."""
    samples = resampled(_trimmed(_samples_of(voice)))
    peak = max(map(abs, samples))
    even = array.array('h', (sample * _PEAK // peak for sample in samples))
    made = io.BytesIO()
    with wave.open(made, 'wb') as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(even.tobytes())
    return made.getvalue()
