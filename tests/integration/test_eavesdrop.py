"""A supervisor listens to a call, whispers and speaks to both, by real phones."""
from tests.phones import hearing
from tests.phones.call import Ending
from tests.phones.incoming import Answer
from tests.phones.sdp import Speech

from .configuration import MUSIC_TONE, Configuration
from .harness import ServerCase

BOSS_TONE, CALLER_TONE, AGENT_TONE = 600, 1000, 1400
LIMIT = 60.0
CODECS = {'inbound-codec-prefs': 'PCMU,PCMA', 'outbound-codec-prefs': 'PCMU,PCMA'}


class Eavesdrop(ServerCase):
    def configure(self):
        return Configuration(profile=CODECS)

    async def test_a_supervisor_hears_whispers_and_barges_also_after_a_kill(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE, speech=Speech('PCMA')))
        event = await self.esl.event('member-queue-start')
        boss_phone = await self.phone('boss', tone=BOSS_TONE)
        boss_phone.behave(Answer())
        said = await self.esl.api(f'originate sofia/internal/boss@{boss_phone.address} '
                                  f'&eavesdrop({event["CC-Member-Session-UUID"]})')
        self.assertTrue(said.startswith('+OK '), said)
        boss = await boss_phone.incoming()
        await boss.sound.hear_together(MUSIC_TONE, CALLER_TONE, limit=LIMIT)
        await call.sound.hear(MUSIC_TONE, limit=LIMIT)

        # An agent takes the call.
        await self.agent('ann', Answer(), tone=AGENT_TONE)
        leg = await self.agents['ann'].phone.incoming()
        await boss.sound.hear_together(AGENT_TONE, CALLER_TONE, limit=LIMIT)
        await call.sound.hear(AGENT_TONE, limit=LIMIT)
        await leg.sound.hear(CALLER_TONE, limit=LIMIT)

        boss.sound.press('1')
        await leg.sound.hear_together(CALLER_TONE, BOSS_TONE, limit=LIMIT)
        await call.sound.hear(AGENT_TONE, limit=LIMIT)
        boss.sound.press('3')
        await call.sound.hear_together(AGENT_TONE, BOSS_TONE, limit=LIMIT)
        await leg.sound.hear_together(CALLER_TONE, BOSS_TONE, limit=LIMIT)

        await self.server.kill()
        await self.restart()
        await call.sound.hear_together(AGENT_TONE, BOSS_TONE, limit=LIMIT)
        await boss.sound.hear_together(AGENT_TONE, CALLER_TONE, limit=LIMIT)
        boss.sound.press('0')
        await call.sound.hear(AGENT_TONE, limit=LIMIT)
        await leg.sound.hear(CALLER_TONE, limit=LIMIT)

        for sound in (call.sound, leg.sound, boss.sound):
            self.assertEqual(len(hearing.streams(sound.audio())), 1)
        call.hang_up()
        self.assertEqual(await boss.ended(LIMIT), Ending.PEER)
        self.assertEqual(await leg.ended(LIMIT), Ending.PEER)
