"""What programs order over the event socket, and what phones hear of it."""
import json

from tests.phones.call import Ending
from tests.phones.incoming import BUSY, Answer

from .configuration import MUSIC_TONE, QUEUE
from .harness import ServerCase

PROMPT = 'tone_stream://%(600,0,1100)'
UNKNOWN = '00000000-0000-0000-0000-000000000000'


class Orders(ServerCase):
    async def waiting_caller(self):
        """A caller in the queue; returns the call and its leg's uuid."""
        call = await self.call(await self.caller('6001', tone=1000))
        event = await self.esl.event('member-queue-start')
        await call.sound.hear(MUSIC_TONE)
        return call, event['CC-Member-Session-UUID']

    async def test_a_sound_is_heard_before_the_music(self):
        call, uuid = await self.waiting_caller()
        self.assertEqual(await self.esl.api(f'uuid_broadcast {uuid} {PROMPT} aleg'),
                         '+OK Message sent\n')
        await call.sound.hear(1100)
        await call.sound.hear(MUSIC_TONE)
        rows = await self.esl.rows(f'callcenter_config queue list members {QUEUE}')
        self.assertEqual([row['state'] for row in rows], ['Waiting'])

    async def test_a_message_sets_a_variable_and_hangs_up(self):
        call, uuid = await self.waiting_caller()
        reply = await self.esl.command(f'sendmsg {uuid}\ncall-command: execute\n'
                                       'execute-app-name: set\nexecute-app-arg: mark=a ${uuid}')
        self.assertEqual(reply.text, '+OK')
        self.assertEqual(await self.esl.api(f'uuid_getvar {uuid} mark'), f'a {uuid}')
        await self.esl.command(f'sendmsg {uuid}\ncall-command: hangup\nhangup-cause: USER_BUSY')
        self.assertEqual(await call.ended(), Ending.PEER)
        event = await self.esl.event(Event_Name='CHANNEL_HANGUP_COMPLETE', Unique_ID=uuid)
        self.assertEqual(event['Hangup-Cause'], 'USER_BUSY')

    async def test_a_phone_that_is_called_by_order_hears_what_was_ordered(self):
        phone = await self.phone('desk', tone=1400)
        phone.behave(Answer(), BUSY)
        where = f'sofia/internal/desk@{phone.address}'
        said = await self.esl.api(f'originate {where} &playback({PROMPT};loops=-1)')
        self.assertTrue(said.startswith('+OK '), said)
        leg = await phone.incoming()
        await leg.sound.hear(1100)

        # Beside a caller who waits: the two talk, and the caller has left the queue.
        caller, uuid = await self.waiting_caller()
        await self.esl.must(f'uuid_bridge {uuid} {said.split()[1]}')
        await caller.sound.hear(1400)
        await leg.sound.hear(1000)
        caller.hang_up()
        self.assertEqual(await leg.ended(), Ending.PEER)

        self.assertEqual(await self.esl.api(f'originate {where} &park()'), '-ERR USER_BUSY\n')

    async def test_a_message_to_nobody_is_refused(self):
        reply = await self.esl.command(f'sendmsg {UNKNOWN}\ncall-command: hangup')
        self.assertEqual(reply.text, f'-ERR invalid session id [{UNKNOWN}]')

    async def test_a_dump_and_a_list_show_the_leg(self):
        _, uuid = await self.waiting_caller()
        dump = json.loads(await self.esl.api(f'uuid_dump {uuid} json'))
        self.assertEqual(dump['variable_cc_queue'], QUEUE)
        shown = json.loads(await self.esl.api('show channels as json'))
        self.assertEqual([row['uuid'] for row in shown['rows']], [uuid])

    async def test_an_event_of_a_program_reaches_the_others(self):
        listener = await self.connect()
        await listener.subscribe('plain CUSTOM kit::note')
        body = 'line one\nline two'
        self.esl.send('sendevent CUSTOM\nEvent-Subclass: kit::note\nKit-Value: a b c\n'
                      f'Content-Length: {len(body)}\n\n{body}'.encode())
        self.assertTrue((await self.esl.reply()).text.startswith('+OK '))
        event = await listener.event(Event_Subclass='kit::note')
        self.assertEqual((event['Kit-Value'], event.body), ('a b c', body))
        self.assertGreater(int(event['Event-Sequence']), 0)
