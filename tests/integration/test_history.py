"""The journal of a server tells afterwards what happened and why."""
import asyncio
import json

from tests.phones.incoming import Answer

from .configuration import MUSIC_TONE
from .harness import ServerCase

LIMIT = 60


class History(ServerCase):
    """Ann talks, bob is on break, cat's level is not open; a second caller waits."""

    async def asyncSetUp(self):
        await super().asyncSetUp()
        ann = await self.agent('ann', Answer(), tone=1400)
        await self.agent('bob', status='On Break')
        first = await self.call(await self.caller('6001', tone=1000))
        await first.sound.hear(1400)
        waiting = await self.call(await self.caller('6002', tone=1100))
        await waiting.sound.hear(MUSIC_TONE)
        self.ann = ann

    async def ringmaster(self, *arguments):
        """Runs a sub-command on the server's data. Returns: its exit status and both outputs."""
        process = await asyncio.create_subprocess_exec(
            str(self.server.binary), *arguments, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE)
        out, errors = await asyncio.wait_for(process.communicate(), LIMIT)
        return process.returncode, out.decode(), errors.decode()

    async def test_why_names_the_rule_that_passed_over_each_agent(self):
        status, out, errors = await self.ringmaster('why', str(self.server.data), '6002')

        self.assertEqual(status, 0, errors)
        lines = [line.split(maxsplit=2)[-1] for line in out.splitlines() if line[0] != ' ']
        self.assertIn('member-queue-start', lines[0])
        self.assertTrue(any('is Waiting in' in line for line in lines), out)
        self.assertRegex(out, rf'\n    {self.ann.name} .*: is In a queue call')
        self.assertRegex(out, r'\n    bob\S* .*: on break')

        status, out, _ = await self.ringmaster('why', str(self.server.data), '6001')
        self.assertEqual(status, 0)
        ann = self.ann.name
        self.assertRegex(out, rf'offered to {ann}, score 0\n    {ann} .*: chosen')
        self.assertIn('bridge-agent-start', out)

    async def test_why_reaches_back_beyond_the_journal(self):
        await self.server.kill()
        # Many snapshots: the journal itself soon knows nothing of the first callers.
        self.server.arguments = ('--journal-records', '5', '--journal-seconds', '1')
        await self.restart()
        for number in range(20):
            await self.esl.must(f'callcenter_config agent add later{number}@default callback')
        await self.server.stop()

        status, out, errors = await self.ringmaster('why', str(self.server.data), '6001')

        self.assertEqual(status, 0, errors)
        self.assertEqual(out.count('bridge-agent-start'), 1, out)
        self.assertEqual(out.count('offered to'), 1, out)
        _, out, _ = await self.ringmaster('why', str(self.server.data / 'journal.db'), '6001')
        self.assertNotIn('bridge-agent-start', out)

    async def test_nobody_of_that_name_is_told_in_words(self):
        status, out, errors = await self.ringmaster('why', str(self.server.data), '6999')

        self.assertEqual((status, out), (1, ''))
        self.assertIn('no caller with the uuid or number 6999', errors)

    async def test_no_password_is_in_what_is_shown_or_logged(self):
        await self.phone_that_logs_in()
        await self.server.kill()
        await self.restart()

        status, replayed, errors = await self.ringmaster('replay', str(self.server.data))
        self.assertEqual(status, 0, errors)
        _, told, _ = await self.ringmaster('why', str(self.server.data), '6001')
        secrets = [self.configuration.event_socket_password, *self.configuration.users.values()]
        for secret in secrets:
            for text in (replayed, told, errors, self.server.log.read_text()):
                self.assertNotIn(secret, text)

    async def phone_that_logs_in(self):
        phone = await self.phone('1001', password='pw1001')
        self.assertEqual(await phone.register(), [401, 200])

    async def test_a_replay_gives_the_same_commands_and_states(self):
        await self.server.kill()
        await self.restart()
        await self.server.stop()

        status, out, errors = await self.ringmaster('replay', str(self.server.data), '--verify')

        self.assertEqual(status, 0, errors)
        self.assertRegex(out, r'^\d+ records give the same \d+ commands again')

    async def test_the_state_at_any_record_can_be_had(self):
        state = self.folder / 'state.json'
        status, out, errors = await self.ringmaster('replay', str(self.server.data), '--from', '3',
                                                    '--until', '5', '--state', str(state))

        self.assertEqual(status, 0, errors)
        numbers = [line.split()[0] for line in out.splitlines() if line[0] != ' ']
        self.assertEqual(numbers, ['3', '4', '5'])
        self.assertIn('engine', json.loads(state.read_text()))

    async def test_no_journal_is_told_in_words(self):
        status, _, errors = await self.ringmaster('replay', str(self.server.data.parent))

        self.assertEqual(status, 1)
        self.assertIn('journal.db', errors)
