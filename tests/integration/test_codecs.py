"""Phones that speak differently hear each other."""
from tests.phones import hearing
from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.sdp import Speech

from .configuration import MUSIC_TONE, Configuration
from .harness import ServerCase

CALLER_TONE, AGENT_TONE = 1000, 1400
CODECS = {'inbound-codec-prefs': 'PCMU,PCMA', 'outbound-codec-prefs': 'PCMU,PCMA'}


class Codecs(ServerCase):
    def configure(self):
        return Configuration(profile=CODECS)

    async def talk(self, caller, agent):
        """A caller and agent ann who speak so, each hearing the other; returns both calls."""
        await self.agent('ann', Answer(), tone=AGENT_TONE, phone={'speech': agent})
        phone = await self.caller('6001', tone=CALLER_TONE, speech=caller)
        call = await self.call(phone)
        await call.sound.hear(MUSIC_TONE, AGENT_TONE)
        leg = await self.agents['ann'].phone.incoming()
        await call.sound.hear(AGENT_TONE, frames=20)
        await leg.sound.hear(CALLER_TONE, frames=20)
        return call, leg

    def check_one_stream(self, sound):
        """What was heard is one stream, in packets of the length that was asked for."""
        packets = sound.audio()
        samples = sound.speech.packet_ms * 8
        self.assertEqual(len(hearing.streams(packets)), 1)
        self.assertEqual((hearing.lost(packets), hearing.misordered(packets)), (0, 0))
        usual = [packet for packet in packets if len(packet.payload) == samples]
        self.assertGreaterEqual(len(usual), len(packets) * 0.9)

    async def test_codec_packet_time_and_key_numbers_differ(self):
        call, leg = await self.talk(Speech('PCMA', 30, 96), Speech('PCMU', 20, 101))
        self.check_one_stream(call.sound)
        self.check_one_stream(leg.sound)
        call.sound.press('5#')
        leg.sound.press('9')
        await call.sound.changes.until(lambda: call.sound.keys() == '9', 10, 'key 9')
        await leg.sound.changes.until(lambda: leg.sound.keys() == '5#', 10, 'keys 5#')
        call.hang_up()
        self.assertEqual(await leg.ended(), Ending.PEER)

    async def test_the_longest_and_the_shortest_packets(self):
        call, leg = await self.talk(Speech('PCMU', 60), Speech('PCMA', 10))
        self.check_one_stream(call.sound)
        self.check_one_stream(leg.sound)

    async def test_the_last_event_counts_what_was_heard(self):
        call, leg = await self.talk(Speech('PCMA'), Speech('PCMU'))
        call.hang_up()
        await leg.ended()
        event = await self.esl.event(Event_Name='CHANNEL_HANGUP_COMPLETE',
                                     Call_Direction='inbound')
        self.assertEqual(event['variable_read_codec'], 'PCMA')
        sent = int(event['variable_rtp_audio_in_packet_count'])
        self.assertGreater(sent, 20)
        self.assertLessEqual(sent, call.sound.sent)
        self.assertEqual(event['variable_rtp_audio_in_skip_packet_count'], '0')
        self.assertGreaterEqual(int(event['variable_rtp_audio_out_packet_count']),
                                len(call.sound.audio()))
