"""What operators see of SIP and of the log while the server runs."""
import asyncio

from tests.phones.incoming import Answer

from .harness import ServerCase

PCAP_MAGIC = b'\xa1\xb2\xc3\xd4'
TRACE_LIMIT = 30.0           # Seconds until `ringmaster trace` has ended on a busy machine.


class Seeing(ServerCase):
    async def trace(self, *words):
        """Runs `ringmaster trace` against the server. Returns: its exit code and its output."""
        host, port = self.server.event_socket
        process = await asyncio.create_subprocess_exec(
            str(self.server.binary), 'trace', '-H', host, '-P', str(port),
            '-p', self.configuration.event_socket_password, *words,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT)
        async with asyncio.timeout(TRACE_LIMIT):
            output, _ = await process.communicate()
        return process.returncode, output.decode()

    async def conversation(self):
        """A call that ann answers; returns the event that says so."""
        await self.agent('ann', Answer(), tone=1400)
        call = await self.call(await self.caller('6001', tone=1000))
        await call.sound.hear(1400)
        return await self.esl.event('bridge-agent-start', limit=30)

    async def test_a_call_is_drawn_with_both_its_legs(self):
        bridged = await self.conversation()
        for selection in (('--number', '6001'), ('--call', bridged['CC-Member-Session-UUID']),
                          ('--call', bridged['CC-Member-UUID']),
                          ('--call', bridged['CC-Agent-UUID'])):
            code, drawn = await self.trace(*selection)
            self.assertEqual(code, 0, drawn)
            self.assertIn('Ringmaster', drawn.splitlines()[0])
            self.assertEqual(drawn.count(' INVITE (SDP) '), 2, drawn)
            self.assertEqual(drawn.count('200 OK (SDP)'), 2, drawn)
        code, drawn = await self.trace('--number', '9999')
        self.assertEqual((code, drawn), (0, 'no messages\n'))

    async def test_a_capture_file_has_the_messages(self):
        await self.conversation()
        file = self.folder / 'call.pcap'
        code, output = await self.trace('--number', '6001', '--pcap', str(file))
        self.assertEqual(code, 0, output)
        data = file.read_bytes()
        self.assertEqual(data[:4], PCAP_MAGIC)
        self.assertEqual(data.count(b'INVITE sip:'), 2)

    async def test_messages_go_to_the_log_when_it_is_asked_for(self):
        self.assertEqual(await self.esl.api('sofia profile internal siptrace on'),
                         'Enabled sip debugging on internal\n')
        await self.conversation()
        await self.trace('--number', '6001')  # All that was sent before is in the log now.
        log = self.server.log.read_text('utf-8', 'replace')
        self.assertIn('INVITE sip:', log)
        self.assertRegex(log, r'leg \d+: SIP profile internal: sent \d+ bytes to udp/')
        self.assertEqual(await self.esl.api('sofia global siptrace off'),
                         '+OK Global siptrace off\n')

    async def test_levels_of_the_log_change_while_it_runs(self):
        self.assertEqual(await self.esl.api('log_level sip debug'), '+OK\n')
        self.assertIn('sip debug\n', await self.esl.api('log_level'))
        await self.esl.command('bgapi log_level sip info\nJob-UUID: seen')
        job = await self.esl.event(Event_Name='BACKGROUND_JOB', limit=30)
        self.assertEqual(job['Job-Command'], 'log_level')
        self.assertEqual(await self.esl.api('log_level sip'), 'info\n')
