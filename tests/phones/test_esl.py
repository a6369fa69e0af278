"""The event-socket client against a few bytes of a pretended server."""
import asyncio
import unittest

from tests.phones.esl import EslClient, EslClosed

GREETING = b'Content-Type: auth/request\n\n'
ACCEPTED = b'Content-Type: command/reply\nReply-Text: +OK accepted\n\n'
LIST = 'name|state\nann@default|Waiting\nbob@default|Idle\n+OK\n'


def framed(kind, body):
    return f'Content-Length: {len(body)}\nContent-Type: {kind}\n\n{body}'.encode()


class Client(unittest.IsolatedAsyncioTestCase):
    async def connect(self, *answers, password='secret'):
        """A client of a server that greets and then gives these answers, one per command."""
        self.commands = []

        async def serve(reader, writer):
            writer.write(GREETING)
            for answer in answers:
                self.commands.append((await reader.readuntil(b'\n\n')).decode())
                writer.write(answer)
            writer.close()
        server = await asyncio.start_server(serve, '127.0.0.1', 0)
        self.addAsyncCleanup(server.wait_closed)
        self.addCleanup(server.close)
        client = await EslClient.connect(server.sockets[0].getsockname(), password)
        self.addAsyncCleanup(client.close)
        return client

    async def test_the_password_is_sent_and_a_refusal_raises(self):
        await self.connect(ACCEPTED)
        self.assertEqual(self.commands, ['auth secret\n\n'])
        with self.assertRaises(PermissionError):
            await self.connect(b'Content-Type: command/reply\nReply-Text: -ERR invalid\n\n')

    async def test_lists_become_rows(self):
        client = await self.connect(ACCEPTED, framed('api/response', LIST))
        rows = await client.rows('callcenter_config agent list')
        self.assertEqual(rows, [{'name': 'ann@default', 'state': 'Waiting'},
                                {'name': 'bob@default', 'state': 'Idle'}])
        self.assertEqual(self.commands[1], 'api callcenter_config agent list\n\n')

    async def test_a_refused_command_raises_with_its_text(self):
        client = await self.connect(ACCEPTED, framed('api/response', '-ERR Agent not found!\n'))
        with self.assertRaisesRegex(ValueError, 'Agent not found'):
            await client.must('callcenter_config agent set status nobody Available')

    async def test_events_are_decoded_and_found_between_replies(self):
        body = 'Event-Name: CUSTOM\nCC-Action: agent-state-change\nCC-Agent-State: In%20a%20queue' \
               '%20call\nvariable_sip_call_id: one%40two\n\n'
        client = await self.connect(
            ACCEPTED, framed('text/event-plain', body) + framed('api/response', '0\n'))
        self.assertEqual(await client.api('callcenter_config queue count'), '0\n')
        event = await client.event('agent-state-change', CC_Agent_State='In a queue call',
                                   variable_sip_call_id='one@two')
        self.assertEqual(event.names[1], 'CC-Action')
        with self.assertRaisesRegex(TimeoutError, 'agent-state-change In a queue call'):
            await client.event('no-such-action', limit=0.05)

    async def test_the_end_of_the_connection_ends_a_command(self):
        client = await self.connect(ACCEPTED, b'Content-Type: command/reply\n')
        with self.assertRaises(EslClosed):
            await client.command('api status')
        self.assertTrue(client.closed)


if __name__ == '__main__':
    unittest.main()
