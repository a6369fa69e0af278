"""An agent's phone is called by the name of its host."""
from tests.phones.incoming import Answer

from .harness import ServerCase
from .name_server import NameServer
from .ports import free_port


class Names(ServerCase):
    async def asyncSetUp(self):
        self.names = await NameServer().open()
        self.addCleanup(self.names.close)
        self.arguments = ('--name-servers', self.names.address)
        await super().asyncSetUp()

    async def test_the_first_host_is_silent_and_the_second_is_called(self):
        ann = await self.agent('ann', Answer(), tone=1400, ring_limit=20,
                               contact='[leg_timeout=20]sofia/internal/ann@phones.test')
        host, port = ann.phone.address.rsplit(':', 1)
        self.names.hosts = {'silent.phones.test': '127.0.0.1', 'desk.phones.test': host}
        self.names.services = {'_sip._udp.phones.test': [
            (1, 0, free_port(), 'silent.phones.test'), (2, 0, int(port), 'desk.phones.test')]}

        call = await self.call(await self.caller('6001', tone=1000))

        await call.sound.hear(1400)
        self.assertIn('_sip._udp.phones.test', self.names.asked)

    async def test_a_name_that_nobody_has_fails_the_offer_at_once(self):
        await self.agent('ann', contact='[leg_timeout=20]sofia/internal/ann@nowhere.test')

        await self.call(await self.caller('6001', tone=1000))

        failed = await self.esl.event('bridge-agent-fail')
        self.assertEqual(failed['CC-Hangup-Cause'], 'NORMAL_TEMPORARY_FAILURE')
