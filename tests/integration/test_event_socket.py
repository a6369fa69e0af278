"""The event socket as outside programs use it."""
import asyncio

from tests.phones.call import Ending
from tests.phones.esl import EslClient, EslClosed
from tests.phones.incoming import Answer

from .configuration import QUEUE
from .harness import ServerCase


class EventSocket(ServerCase):
    async def connect_raw(self):
        client = await EslClient.connect(self.server.event_socket)
        self.addAsyncCleanup(client.close)
        return client

    async def test_a_wrong_password_ends_the_connection(self):
        client = await self.connect_raw()
        self.assertEqual((await client.command('auth wrong')).text, '-ERR invalid')
        await client.until(lambda: client.closed, 5, 'the end of the connection')

    async def test_nothing_is_done_before_the_password(self):
        client = await self.connect_raw()
        self.assertEqual((await client.command('api status')).text, '-ERR command not found')

    async def test_api_answers_with_a_body(self):
        reply = await self.esl.command(f'api callcenter_config queue count members {QUEUE}')
        self.assertEqual(reply.pairs, [('Content-Type', 'api/response'), ('Content-Length', '2')])
        self.assertEqual(reply.body, '0\n')

    async def test_unknown_commands_are_named(self):
        self.assertEqual(await self.esl.api('no_such_thing here'),
                         '-ERR no_such_thing Command not found!\n')

    async def test_an_empty_output_is_an_error_text(self):
        self.assertEqual(await self.esl.api('callcenter_config no_such_section x y'),
                         '-ERR no reply\n')

    async def test_two_commands_in_one_write_are_answered_in_order(self):
        self.esl.send(b'api callcenter_config queue count\n\napi callcenter_config queue count '
                      b'members ' + QUEUE.encode() + b'\n\n')
        self.assertEqual([(await self.esl.reply()).body for _ in range(2)], ['1\n', '0\n'])

    async def test_a_background_job_tells_its_result(self):
        reply = await self.esl.command('bgapi callcenter_config agent get status nobody@default')
        job = reply['Job-UUID']
        self.assertEqual(reply.text, f'+OK Job-UUID: {job}')
        event = await self.esl.event(Event_Name='BACKGROUND_JOB', Job_UUID=job)
        self.assertEqual(event['Job-Command'], 'callcenter_config')
        self.assertEqual(event['Job-Command-Arg'], 'agent get status nobody@default')
        self.assertEqual(event.body, '-ERR Agent not found!\n')

    async def test_exit_says_goodbye_and_closes(self):
        client = await self.connect()
        self.assertEqual((await client.command('exit')).text, '+OK bye')
        await client.until(lambda: client.closed, 5, 'the end of the connection')
        with self.assertRaises(EslClosed):
            await client.reply()

    async def test_only_what_is_subscribed_arrives(self):
        client = await self.connect()
        await client.subscribe('plain CUSTOM callcenter::info')
        await self.agent('ann')
        await client.event('agent-status-change', CC_Agent='ann@default')
        kinds = {(event['Event-Name'], event['Event-Subclass']) for event in client.events}
        self.assertEqual(kinds, {('CUSTOM', 'callcenter::info')})
        await client.command('noevents')
        seen = client.mark()
        await self.esl.must("callcenter_config agent set status ann@default 'On Break'")
        await self.esl.event('agent-status-change', CC_Agent_Status='On Break')
        await client.api('callcenter_config queue count')
        self.assertEqual(client.mark(), seen)

    async def test_a_hang_up_tells_the_variables_of_both_legs(self):
        await self.agent('ann', Answer(), tone=1400)
        call = await self.call(await self.caller('6001', tone=1000))
        leg = await self.agents['ann'].phone.incoming()
        await call.sound.hear(1400)
        leg.hang_up()
        self.assertEqual(await call.ended(), Ending.PEER)
        member = await self.hangup_of(call)
        agent = await self.hangup_of(leg)
        expected = {'cc_side': 'member', 'cc_queue': QUEUE, 'cc_cause': 'answered',
                    'cc_agent': 'ann@default', 'cc_agent_bridged': 'true',
                    'cc_agent_uuid': agent['Unique-ID'], 'hangup_cause': 'NORMAL_CLEARING'}
        self.assertEqual({name: member[f'variable_{name}'] for name in expected}, expected)
        expected = {'cc_side': 'agent', 'cc_queue': QUEUE, 'cc_agent': 'ann@default',
                    'cc_agent_type': 'callback', 'cc_member_session_uuid': member['Unique-ID'],
                    'cc_member_uuid': member['variable_cc_member_uuid'],
                    'hangup_cause': 'NORMAL_CLEARING'}
        self.assertEqual({name: agent[f'variable_{name}'] for name in expected}, expected)
        self.assertEqual(member['Hangup-Cause'], 'NORMAL_CLEARING')

    async def hangup_of(self, call):
        return await self.esl.event(Event_Name='CHANNEL_HANGUP_COMPLETE',
                                    variable_sip_call_id=call.dialog.call_id)

    async def test_many_clients_see_the_same_events(self):
        clients = [await self.connect() for _ in range(5)]
        await asyncio.gather(*(client.subscribe('plain CUSTOM callcenter::info')
                               for client in clients))
        await self.agent('ann')
        for client in clients:
            await client.event('agent-status-change', CC_Agent_Status='Available')
        sequences = {tuple(event['Event-Sequence'] for event in client.events)
                     for client in clients}
        self.assertEqual(len(sequences), 1)
