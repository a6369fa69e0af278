"""Sound files of one voice: made of a tone, and the tones in them in order."""
import array
import math
import wave

from tests.phones.hearing import AUDIBLE_POWER, SHARE_OF_POWER, SHORTEST_STRETCH, TONES, goertzel

RATE = 8000
FRAMES_PER_SECOND = 50
AMPLITUDE = 8000


def write_tone(path, hertz, seconds):
    """A tone as a mono file of 16 bits and 8 kHz."""
    second = array.array('h', (round(AMPLITUDE * math.sin(2 * math.pi * hertz * at / RATE))
                               for at in range(RATE)))
    with wave.open(str(path), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(second.tobytes() * seconds)


def tones(path):
    """The tones of a 16-bit mono file of 8 kHz in order, silence and seams left out."""
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
            raise ValueError(f'{path}: not 8 kHz mono of 16 bits')
        samples = array.array('h', file.readframes(file.getnframes()))
    frame = RATE // FRAMES_PER_SECOND
    found = []                   # [tone, frames]
    for start in range(0, len(samples) - frame + 1, frame):
        tone = _loudest(samples[start:start + frame])
        if found and found[-1][0] == tone:
            found[-1][1] += 1
        else:
            found.append([tone, 1])
    lasting = [tone for tone, frames in found if tone and frames >= SHORTEST_STRETCH]
    return [tone for index, tone in enumerate(lasting) if index == 0 or lasting[index - 1] != tone]


def _loudest(samples):
    """The tone of one frame; None in silence."""
    total = sum(sample * sample for sample in samples)
    if total / len(samples) < AUDIBLE_POWER:
        return None
    share, hertz = max((goertzel(samples, hertz) * 2 / len(samples) / total, hertz)
                       for hertz in TONES)
    return hertz if share > SHARE_OF_POWER else None
