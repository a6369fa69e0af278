"""How the demo judges what both ends of a conversation heard."""
import json
import tempfile
import unittest
from pathlib import Path

from demo.report import Report, bridge_of
from tests.phones import mulaw
from tests.phones.call import Call, Moment
from tests.phones.phone import Phone
from tests.phones.rtp import Packet

MUSIC, CALLER, AGENT, STRANGER = 450, 500, 1400, 1450
ANSWERED, END = 102.0, 106.0


def hearing_call(user, tone, moments, sounds):
    """A call with these moments {what: at} and these sounds [(start, end, Hertz or None)]."""
    call = Call(Phone(user, ('127.0.0.1', 5060), tone=tone))
    call.moments = [Moment(at, what) for what, at in moments.items()]
    for start, end, hertz in sounds:
        frame = mulaw.tone_frame(hertz) if hertz else mulaw.SILENCE
        for number in range(round((end - start) / mulaw.FRAME_SECONDS)):
            at = start + number * mulaw.FRAME_SECONDS
            call.sound.received.append(Packet(at, 1, 0, False, number, number * 160, 1, frame))
    return call


def judged(caller_sounds, agent_sounds, end=END):
    """The bridge of caller 2000 and agent 1000 who heard these sounds."""
    caller = hearing_call('2000', CALLER, {'200 received': 100.0, 'ended': end}, caller_sounds)
    leg = hearing_call('1000', AGENT, {'200 sent': ANSWERED, 'ended': end}, agent_sounds)
    return bridge_of(caller, leg)


class Judgement(unittest.TestCase):
    def test_music_and_then_each_other_is_right(self):
        bridge = judged([(100, ANSWERED, MUSIC), (ANSWERED, END, AGENT)], [(ANSWERED, END, CALLER)])
        self.assertTrue(bridge.right)
        self.assertEqual((bridge.music_tones, bridge.seconds), ([MUSIC], 4.0))

    def test_silence_instead_of_music_is_wrong(self):
        bridge = judged([(100, ANSWERED, None), (ANSWERED, END, AGENT)], [(ANSWERED, END, CALLER)])
        self.assertIs(bridge.right, False)

    def test_one_deaf_end_is_wrong(self):
        bridge = judged([(100, ANSWERED, MUSIC), (ANSWERED, END, AGENT)], [])
        self.assertIs(bridge.right, False)

    def test_a_strangers_voice_is_wrong(self):
        bridge = judged([(100, ANSWERED, MUSIC), (ANSWERED, 104, AGENT), (104, END, STRANGER)],
                        [(ANSWERED, END, CALLER)])
        self.assertIs(bridge.right, False)

    def test_a_very_short_bridge_is_not_judged(self):
        bridge = judged([(100, ANSWERED, MUSIC)], [], end=ANSWERED + 1.4)
        self.assertIsNone(bridge.right)


class Sums(unittest.TestCase):
    def test_a_wrong_bridge_is_an_error_in_the_file(self):
        report = Report(seed=1, callers=1, agents=1)
        report.add_bridge(judged([], []))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'report.json'
            report.write(path)
            sums = json.loads(path.read_text())
        self.assertEqual((sums['bridge_count'], sums['wrong_bridges'], len(sums['errors'])),
                         (1, 1, 1))


if __name__ == '__main__':
    unittest.main()
