"""What happened in a demo, as figures and as one row per bridge."""
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.phones import hearing
from tests.phones.rtp import PCMU

from .people import AGENT_TONES, CALLER_TONES

EVERY = 5                    # Every so many frames are listened to: ten in a second.
SETTLING = 0.3               # Seconds around a change of sound that are not judged.
SHORT = 2.0                  # Shorter bridges are not judged: the demo may end as one begins.
VOICES = AGENT_TONES + CALLER_TONES


def frames(call, start, end):
    """Some of the sound frames that a call received between two instants."""
    received = [packet.payload for packet in call.sound.received
                if start <= packet.at < end and packet.payload_type == PCMU]
    return received[::EVERY]


def voices(call, start, end):
    """The voices heard between two instants, each once, lowest first."""
    return sorted({tone for payload in frames(call, start, end)
                   for tone in hearing.tones_in(payload, VOICES)})


def music(call, start, end):
    """Whether there was any sound, and the tones in it."""
    heard = frames(call, start, end)
    tones = {tone for payload in heard for tone in hearing.tones_in(payload)}
    return any(hearing.is_audible(payload) for payload in heard), sorted(tones)


@dataclass
class Bridge:
    """One conversation as both ends heard it. `right` is None when it was too short to judge."""

    caller: str
    agent: str
    seconds: float
    music_before: bool
    music_tones: list
    caller_tone: int
    agent_tone: int
    caller_heard: list
    agent_heard: list
    right: bool | None = None

    def judge(self):
        """Right is: music before, then each hears exactly the other."""
        if self.seconds >= SHORT:
            self.right = (self.music_before and self.caller_heard == [self.agent_tone]
                          and self.agent_heard == [self.caller_tone])
        return self


def bridge_of(caller_call, leg):
    """The bridge between a caller's call and an agent's leg, judged."""
    answered, end = leg.when('200 sent'), leg.when('ended')
    last = min(end, caller_call.when('ended') or end) - SETTLING
    sounded, tones = music(caller_call, caller_call.when('200 received') or answered, answered)
    return Bridge(
        caller=caller_call.phone.user, agent=leg.phone.user, seconds=round(end - answered, 2),
        music_before=sounded, music_tones=tones,
        caller_tone=caller_call.phone.tone, agent_tone=leg.phone.tone,
        caller_heard=voices(caller_call, answered + SETTLING, last),
        agent_heard=voices(leg, answered + SETTLING, last)).judge()


@dataclass
class Report:
    """The sums of a demo. Every call ends as served, abandoned, unfinished or an error."""

    seed: int
    callers: int
    agents: int
    seconds: float = 0.0
    calls: int = 0
    served: int = 0
    abandoned: int = 0
    unfinished: int = 0          # Ended because the demo did.
    errors: list = field(default_factory=list)
    bridges: list = field(default_factory=list)

    def add_bridge(self, bridge):
        self.bridges.append(bridge)
        if bridge.right is False:
            self.errors.append(f'they did not hear what they should: {bridge}')

    def as_json(self):
        sums = asdict(self)
        sums['bridge_count'] = len(self.bridges)
        sums['wrong_bridges'] = sum(bridge.right is False for bridge in self.bridges)
        return json.dumps(sums, indent=1)

    def write(self, path):
        """Writes the file whole or not at all."""
        path = Path(path)
        part = path.with_name(path.name + '.part')
        part.write_text(self.as_json() + '\n')
        part.replace(path)
