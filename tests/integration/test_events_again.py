"""The events that a client has seen are printed once more out of the journal, each of them."""
import asyncio
import json

from tests.phones.incoming import Answer

from .harness import ServerCase

LIMIT = 30.0                 # Seconds for a command.


class EventsAgain(ServerCase):
    async def again(self, *words):
        """What `ringmaster events` prints; it must succeed."""
        process = await asyncio.create_subprocess_exec(
            str(self.server.binary), 'events', str(self.server.data), *words,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        async with asyncio.timeout(LIMIT):
            said, complaints = await process.communicate()
        self.assertEqual((process.returncode, complaints), (0, b''))
        return said.decode()

    async def a_busy_life(self):
        """One conversation, a reload, and the end. Returns: (number, name) of what was told."""
        await self.agent('ann', Answer(), tone=1400)
        call = await self.call(await self.caller('6001'))
        await call.sound.hear(1400)
        call.hang_up()
        self.assertEqual(await call.released(), 200)
        await self.esl.event('member-queue-end')
        await self.esl.must('reloadxml')
        await self.esl.event(Event_Name='RELOADXML')
        self.assertEqual(await self.server.stop(), 0)
        await self.esl.event(Event_Name='SHUTDOWN')
        return [(int(event['Event-Sequence']), event['Event-Name']) for event in self.esl.events]

    async def test_all_that_was_told_is_told_again_in_its_order(self):
        told = await self.a_busy_life()
        first = told[0][0]
        self.assertEqual([number for number, _ in told], list(range(first, first + len(told))))

        lines = (await self.again('--since', str(first - 1), '--format', 'json')).splitlines()
        events = [json.loads(line) for line in lines]
        self.assertEqual([(int(event['Event-Sequence']), event['Event-Name']) for event in events],
                         told)

        plain = await self.again('--since', str(first - 1), '--name', 'CHANNEL_BRIDGE')
        self.assertEqual(plain.count('Event-Name: '), 1)
        self.assertIn('Event-Name: CHANNEL_BRIDGE\n', plain)
        self.assertEqual(await self.again('--since', str(told[-1][0])), '')
