"""The published samples of a dialplan, each with real calls: what manuals tell users to write works
as written."""
from tests.phones.call import Ending
from tests.phones.incoming import Answer

from .configuration import MUSIC_TONE, QUEUE, Configuration
from .harness import ServerCase

LIMIT = 60.0                 # Seconds for one step on a busy machine.
CALLER_TONE, AGENT_TONE, HOLD_TONE, DONE_TONE = 1000, 1400, 600, 1800
AGENT = "'${caller_id_number}@${domain_name}'"
PLAY_DONE = f'tone_stream://%(10000,0,{DONE_TONE});loops=-1'


def _extension(name, expression, *actions):
    lines = [f'<action application="{application}" data="{data}"/>'
             for application, data in actions]
    return (f'<extension name="{name}"><condition field="destination_number" '
            f'expression="{expression}">' + '\n'.join(lines) + '</condition></extension>\n')


SAMPLES = ''.join([
    _extension('agent-login', '^login$',
               ('set', f"res=${{callcenter_config(agent set status {AGENT} 'Available')}}"),
               ('answer', ''), ('sleep', '500'),
               ('playback', f'tone_stream://%(1000,0,{DONE_TONE})'), ('hangup', '')),
    _extension('agent-logoff', '^logoff$',
               ('set', f"res=${{callcenter_config(agent set status {AGENT} 'Logged Out')}}"),
               ('answer', ''), ('sleep', '500'),
               ('playback', f'tone_stream://%(1000,0,{DONE_TONE})'), ('hangup', '')),
    _extension('standby', '^4099$',
               ('set', 'transfer_after_bridge=4099'), ('sleep', '300'),
               ('set', f"res=${{callcenter_config(agent set uuid {AGENT} '${{uuid}}')}}"),
               ('set', f"res=${{callcenter_config(agent set type {AGENT} 'uuid-standby')}}"),
               ('set', f"res=${{callcenter_config(agent set status {AGENT} "
                       "'Available (On Demand)')}"),
               ('set', f"res=${{callcenter_config(agent set state {AGENT} 'Waiting')}}"),
               ('set', 'cc_warning_tone=tone_stream://%(200,0,600,1000,1400);loops=2'),
               ('answer', ''), ('playback', '$${hold_music}')),
    _extension('exit-key', '^exit$',
               ('set', 'cc_exit_keys=0'), ('callcenter', QUEUE), ('playback', PLAY_DONE)),
    _extension('exported', '^exported$',
               ('set', f'hold_music=tone_stream://%(10000,0,{HOLD_TONE});loops=-1'),
               ('set', 'origination_caller_id_name=Front Desk'),
               ('set', 'origination_caller_id_number=4711'),
               ('set', 'cc_export_vars=hold_music,origination_caller_id_name,'
                       'origination_caller_id_number'),
               ('callcenter', QUEUE)),
    _extension('called', '^bridge-(.+)$',
               ('set', 'continue_on_fail=true'), ('set', 'call_timeout=20'),
               ('bridge', 'user/1001@$${domain}|user/1002@$${domain}'),
               ('answer', ''), ('playback', PLAY_DONE)),
])


class WithSamples(Configuration):
    """With the samples before its own dialplan."""

    def _files(self):
        files = super()._files()
        path = 'dialplan/default.xml'
        files[path] = files[path].replace('<extension ', SAMPLES + '<extension ', 1)
        return files


class Samples(ServerCase):
    def configure(self):
        return WithSamples(users={'1001': 'pw1001', '1002': 'pw1002'})

    async def registered(self, user, *actions, **settings):
        phone = await self.phone(user, password=f'pw{user}', **settings)
        phone.behave(*(actions or (Answer(),)))
        await phone.register()
        return phone

    async def status(self, agent):
        return await self.esl.api(f'callcenter_config agent get status {agent}')

    async def test_an_agent_dials_in_and_out_of_its_queues(self):
        phone = await self.registered('1001', tone=AGENT_TONE)
        await self.add_agent('1001@default', contact='user/1001@default', status='Logged Out')
        caller = await self.call(await self.caller('6001', tone=CALLER_TONE))
        await caller.sound.hear(MUSIC_TONE, limit=LIMIT)

        login = await phone.call('login')
        await (await login.answered(LIMIT)).sound.hear(DONE_TONE, limit=LIMIT)
        self.assertEqual(await login.ended(LIMIT), Ending.PEER)
        await caller.sound.hear(AGENT_TONE, limit=LIMIT)
        caller.hang_up()
        await self.esl.event('member-queue-end')

        logoff = await phone.call('logoff')
        await (await logoff.answered(LIMIT)).sound.hear(DONE_TONE, limit=LIMIT)
        self.assertEqual(await self.status('1001@default'), 'Logged Out')

    async def test_a_standby_agent_is_warned_and_returns_through_two_calls(self):
        phone = await self.phone('1001', tone=AGENT_TONE)
        await self.add_agent('1001@default', status='Logged Out')
        desk = await phone.call('4099')
        await desk.answered(LIMIT)
        await desk.sound.hear(MUSIC_TONE, limit=LIMIT)
        self.assertEqual(await self.status('1001@default'), 'Available (On Demand)')
        for number in ('6001', '6002'):
            call = await self.call(await self.caller(number, tone=CALLER_TONE))
            await desk.sound.hear_together(600, 1000, 1400, frames=5, since=self.heard_so_far(desk),
                                           limit=LIMIT)
            await call.sound.hear(AGENT_TONE, limit=LIMIT)
            await desk.sound.hear(CALLER_TONE, limit=LIMIT)
            call.hang_up()
            await self.esl.event('member-queue-end', CC_Member_CID_Number=number)
            await desk.sound.hear(MUSIC_TONE, since=self.heard_so_far(desk), limit=LIMIT)
        self.assertTrue(desk.is_alive)

    @staticmethod
    def heard_so_far(call):
        """The instant of the last packet that this phone has heard."""
        return call.sound.audio()[-1].at

    async def test_a_key_leaves_the_queue_and_the_dialplan_goes_on(self):
        call = await self.call(await self.caller('6001', tone=CALLER_TONE), 'exit')
        await call.sound.hear(MUSIC_TONE, limit=LIMIT)
        call.sound.press('0')
        await call.sound.hear(DONE_TONE, limit=LIMIT)
        event = await self.esl.event('member-queue-end')
        self.assertEqual(event['CC-Cause'], 'Cancel')
        self.assertEqual(event['CC-Cancel-Reason'], 'EXIT_WITH_KEY')

    async def test_exported_variables_show_a_number_and_play_the_holders_music(self):
        agent = await self.agent('ann', Answer(), tone=AGENT_TONE)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE), 'exported')
        leg = await agent.phone.incoming()
        self.assertEqual((leg.caller_name, leg.caller_number), ('Front Desk', '4711'))
        await call.sound.hear(AGENT_TONE, limit=LIMIT)
        await leg.hold()
        await call.sound.hear(HOLD_TONE, limit=LIMIT)
        await leg.resume()
        await call.sound.hear(AGENT_TONE, since=self.heard_so_far(call), limit=LIMIT)

    async def test_a_bridge_calls_the_next_when_the_first_is_not_there(self):
        await self.registered('1002', tone=AGENT_TONE)
        call = await self.call(await self.caller('6001', tone=CALLER_TONE), 'bridge-x')
        await call.sound.hear(AGENT_TONE, limit=LIMIT)
        leg = await self.phones[0].incoming()
        await leg.sound.hear(CALLER_TONE, limit=LIMIT)
        self.assertEqual(leg.caller_number, '6001')
        leg.hang_up()
        await call.sound.hear(DONE_TONE, limit=LIMIT)
