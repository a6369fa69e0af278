"""What demo callers and agents are like: numbers, voices, patience."""
import random
from dataclasses import dataclass

FIRST_AGENT = 1000           # The shipped directory has users 1000–1009.
FIRST_CALLER = 2000
CALLER_TONES = tuple(range(500, 1351, 50))
AGENT_TONES = tuple(range(1400, 2351, 50))
HIGHEST_AGENT_COUNT = len(AGENT_TONES)


@dataclass(frozen=True)
class Habits:
    """Seconds (least, most) and shares of how people behave."""

    pause: tuple = (0.5, 3.0)        # Of a caller between two calls.
    ring: tuple = (0.4, 1.5)         # Until an agent answers.
    talk: tuple = (4.0, 9.0)         # Until a party hangs up.
    patience: tuple = (2.0, 6.0)     # Of a caller who will abandon.
    abandoning: float = 0.15         # Share of calls whose caller loses patience.
    agent_hangs_up: float = 0.5      # Share of conversations that the agent may end too.
    longest_wait: float = 120.0      # After which any caller goes.


def caller_tone(number):
    return CALLER_TONES[number % len(CALLER_TONES)]


def agent_tone(number):
    return AGENT_TONES[number]


def dice_of(seed, name):
    """The random generator of one person: the same for the same seed, whatever others do."""
    return random.Random(f'{seed}/{name}')
