"""Phones behind a home router, and a server on a public address."""
import unittest

from tests.integration.configuration import EXTENSION, Configuration
from tests.integration.harness import ServerCase
from tests.phones.incoming import Answer
from tests.phones.phone import Phone

from . import home_network
from .home_network import HOME, SERVER, HomeNetwork

DESK_TONE, OTHER_TONE = 1000, 1400


class PhoneAtHome(Phone):
    host = HOME


@unittest.skipUnless(home_network.is_permitted(), 'network namespaces are not permitted here')
class BehindARouterWhereNamespacesArePermitted(ServerCase):
    phone_type = PhoneAtHome

    def configure(self):
        return Configuration(address=SERVER)

    async def asyncSetUp(self):
        self.home = HomeNetwork()
        self.addCleanup(self.home.close)
        self.home.enter()
        self.launcher = ('ip', 'netns', 'exec', self.home.server)
        await super().asyncSetUp()
        self.desk = await self.phone('1001', password='pw1001', tone=DESK_TONE)
        self.assertEqual(await self.desk.register(), [401, 200])

    async def connect(self):
        """The event socket is used beside the server: no router may cut it."""
        self.home.enter(self.home.server)
        try:
            return await super().connect()
        finally:
            self.home.enter()

    async def desk_is_called(self, number, nth):
        """A caller reaches the desk phone through the queue; each hears the other."""
        self.desk.behave(Answer())
        call = await self.call(await self.caller(number, tone=OTHER_TONE))
        leg = await self.desk.incoming(nth)
        await call.sound.hear(DESK_TONE)
        await leg.sound.hear(OTHER_TONE)
        leg.hang_up()
        await call.ended()
        self.assertEqual(await leg.released(), 200)

    async def test_the_agent_is_reached_and_both_hear_each_other(self):
        await self.add_agent('eve@default', contact='user/1001@default', status='Available')
        await self.desk_is_called('6001', 1)

    async def test_the_phone_calls_the_queue_and_both_hear_each_other(self):
        await self.agent('ann', Answer(), tone=OTHER_TONE,
                         contact='[leg_timeout=20]user/1002@default')
        ann = self.agents['ann'].phone
        ann.user, ann.password = '1002', 'pw1002'
        self.assertEqual(await ann.register(), [401, 200])
        call = await self.desk.call(EXTENSION)
        await call.answered()
        leg = await ann.incoming(limit=30)
        await call.sound.hear(OTHER_TONE)
        await leg.sound.hear(DESK_TONE)
        call.hang_up()
        await leg.ended()

    async def test_the_agent_is_reached_again_after_the_router_got_another_address(self):
        await self.add_agent('eve@default', contact='user/1001@default', status='Available')
        await self.desk_is_called('6001', 1)
        self.home.change_address()
        self.assertEqual((await self.desk.register())[-1], 200)
        await self.desk_is_called('6002', 2)
