"""A monitor on a plain socket beside a real call (spec/08 §3)."""
import sys
from pathlib import Path

from tests.integration.configuration import QUEUE
from tests.integration.harness import ServerCase
from tests.phones.incoming import Answer

from .process import Process

MONITOR = Path(__file__).with_name('monitor.py')


class Monitor(ServerCase):
    async def test_it_prints_the_events_of_a_call(self):
        await self.agent('ann', Answer())
        monitor = await Process(MONITOR.parent, sys.executable, MONITOR, *self.server.event_socket,
                                self.configuration.event_socket_password).open()
        self.addAsyncCleanup(monitor.close)
        await monitor.says('+OK event listener enabled plain')

        call = await self.call(await self.caller('6001'))
        leg = await self.agents['ann'].phone.incoming()
        await monitor.says('CC-Action: bridge-agent-start')
        leg.hang_up()
        await call.ended()
        await monitor.says('CC-Action: bridge-agent-end')
        await monitor.says('CC-Agent-State: Waiting')

        printed = [dict(line.split(': ', 1) for line in event.splitlines())
                   for event in '\n'.join(monitor.lines[2:]).split('\n\n') if event]
        actions = [event['CC-Action'] for event in printed]
        self.assertIn('members-count', actions)
        self.assertEqual([action for action in actions if action != 'members-count'], [
            'member-queue-start', 'agent-state-change', 'agent-offering', 'bridge-agent-start',
            'agent-state-change', 'bridge-agent-end', 'member-queue-end', 'agent-state-change'])
        told = next(event for event in printed if event['CC-Action'] == 'bridge-agent-start')
        self.assertEqual((told['CC-Queue'], told['CC-Agent'], told['CC-Member-CID-Name']),
                         (QUEUE, 'ann@default', 'Caller 6001'))

    async def test_it_is_told_that_its_password_is_wrong(self):
        monitor = await Process(MONITOR.parent, sys.executable, MONITOR, *self.server.event_socket,
                                'wrong').open()
        self.addAsyncCleanup(monitor.close)
        self.assertEqual(await monitor.ended(), 1)
        self.assertEqual(monitor.lines, ['auth: -ERR invalid'])
