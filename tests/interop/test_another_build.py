"""A server that died is followed by another build of it, which goes on with its journal."""
from tests.integration.server import ROOT
from tests.integration.test_restart import Restart

BUILDS = ('build/dev/ringmaster', 'build/release/ringmaster')


class AnotherBuild(Restart):
    async def test_goes_on_where_the_first_one_was_killed_and_back_again(self):
        await self.fill()
        for build in BUILDS:
            await self.server.kill()
            self.server.binary = ROOT / build
            self.assertTrue(self.server.binary.is_file(), f'{build} has to be built first')
            await self.come_back()
        await self.check_that_all_goes_on()
