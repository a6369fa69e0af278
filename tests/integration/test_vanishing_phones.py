"""A phone that answers and vanishes: nothing is left behind."""
from tests.phones.call import Ending
from tests.phones.incoming import Answer

from .configuration import Configuration
from .nothing_left import LIMIT, NothingLeftCase


class VanishingPhones(NothingLeftCase):
    def configure(self):
        return Configuration(profile={'rtp-timeout-sec': 2})

    async def test_a_phone_that_answers_and_vanishes_frees_its_caller_and_its_agent(self):
        await self.agent('ann', Answer())
        call = await self.call(await self.caller('6001', tone=1000))
        leg = await self.agents['ann'].phone.incoming()
        await leg.happens('ACK received')
        self.agents['ann'].phone.layer.close()
        self.assertEqual(await call.ended(LIMIT), Ending.PEER)
        await self.all_channels_are_gone()
        await self.check_that_nothing_is_left()
