"""Limited resources with real calls, and commands that run later."""
import asyncio

from tests.phones.call import Ending

from .configuration import QUEUE, Configuration
from .harness import ServerCase

WAIT = 30.0                  # Seconds for one step on a busy machine.
# Long enough for any machine: when an interval ends, the core's tests know.
LIMIT = 'hash inbound ${destination_number} 3/3600 !NORMAL_CIRCUIT_CONGESTION'
EXTENSION = f'''<extension name="limited">
      <condition field="destination_number" expression="^3000$">
        <action application="limit" data="{LIMIT}"/>
        <action application="callcenter" data="{QUEUE}"/>
      </condition>
    </extension>'''


class WithLimit(Configuration):
    """With an extension that lets three calls through within an hour."""

    def _files(self):
        files = super()._files()
        path = 'dialplan/default.xml'
        first = '<extension '
        files[path] = files[path].replace(first, f'{EXTENSION}\n    {first}', 1)
        return files


class Limit(ServerCase):
    def configure(self):
        return WithLimit()

    async def dial(self, number):
        return await (await self.caller(number)).call('3000')

    async def refused(self, number):
        call = await self.dial(number)
        self.assertEqual(await call.ended(limit=WAIT), Ending.REFUSED)
        return call.final_status

    async def test_the_fourth_call_in_an_interval_is_refused_also_after_a_crash(self):
        calls = [await self.call(await self.caller(f'600{i}'), '3000') for i in range(3)]
        self.assertEqual(await self.refused('6003'), 503)
        event = await self.esl.event(Event_Name='CHANNEL_HANGUP_COMPLETE')
        self.assertEqual(event['Hangup-Cause'], 'NORMAL_CIRCUIT_CONGESTION')
        self.assertEqual(await self.esl.api('limit_usage hash inbound 3000'), '3')

        await self.server.kill()
        await self.restart()
        self.assertEqual(await self.esl.api('limit_usage hash inbound 3000'), '3')
        self.assertEqual(await self.refused('6004'), 503)

        await self.esl.must('limit_interval_reset hash inbound 3000')
        await (await self.dial('6005')).answered()
        calls[0].hang_up()
        await self.esl.event('member-queue-end')
        self.assertEqual(await self.esl.api('limit_usage hash inbound 3000'), '3')

    async def test_a_command_runs_later_also_after_a_crash(self):
        await self.agent('ann', status='Logged Out')
        said = await self.esl.api('sched_api +1 none callcenter_config agent set status '
                                  "ann@default 'On Break'")
        self.assertEqual(said, '+OK Added: 1\n')
        event = await self.esl.event('agent-status-change', CC_Agent_Status='On Break')
        self.assertEqual(event['CC-Agent'], 'ann@default')

        await self.esl.must('sched_api +3600 shift callcenter_config agent set status '
                            'ann@default Available')
        await self.esl.must("sched_api +1 none callcenter_config agent set status ann@default "
                            "'Logged Out'")
        await self.server.kill()
        await self.restart()
        async with asyncio.timeout(WAIT):
            while (await self.row(self.agents['ann']))['status'] != 'Logged Out':
                pass
        self.assertEqual(await self.esl.api('sched_del shift'), '+OK Deleted: 1\n')
