"""What callcenter.conf.xml says in <settings>, and the globals that exist without being set."""
import socket

from tests.phones.incoming import KeepRinging

from .configuration import Configuration
from .harness import ServerCase
from .test_configuration import edit

GLOBALS = ('base_dir', 'conf_dir', 'sounds_dir', 'recordings_dir', 'script_dir', 'log_dir',
           'db_dir', 'storage_dir', 'hostname', 'domain', 'local_ip_v4')
CALL_CENTER = 'autoload_configs/callcenter.conf.xml'


class WithSettings(Configuration):
    def write(self, directory):
        directory = super().write(directory)
        edit(directory, CALL_CENTER, '<settings/>',
             '<settings>'
             '<param name="cc-instance-id" value="box7"/>'
             '<param name="reserve-agents" value="true"/>'
             '<param name="agent-originate-timeout" value="1"/>'
             '</settings>')
        seen = '|'.join(f'{name}=${{{name}}}' for name in GLOBALS)
        edit(directory, 'dialplan/default.xml', '<action application="callcenter"',
             f'<action application="set" data="at_run_time={seen}"/>'
             f'<action application="set" data="at_load={seen.replace("${", "$${")}"/>'
             '<action application="callcenter"')
        return directory


class Settings(ServerCase):
    def configure(self):
        return WithSettings()

    async def test_members_carry_the_instance_before_and_after_a_restart(self):
        await self.call(await self.caller())
        self.assertEqual([row['instance_id'] for row in await self.members()], ['box7'])
        await self.server.kill()
        await self.restart()
        self.assertEqual([row['instance_id'] for row in await self.members()], ['box7'])

    async def test_a_phone_rings_no_longer_than_the_originate_timeout(self):
        """The contact would let it ring for ten minutes. The caller waits on."""
        await self.agent('ann', KeepRinging(), ring_limit=600, max_no_answer=1)
        await self.call(await self.caller())
        await self.esl.event('agent-offering')
        failed = await self.esl.event('bridge-agent-fail', limit=30)
        self.assertEqual(failed['CC-Agent'], 'ann@default')
        self.assertEqual([row['state'] for row in await self.members()], ['Waiting'])

    async def test_an_agent_is_reserved_first_and_not_when_it_was_set_idle(self):
        agent = await self.agent('ann', KeepRinging())
        await self.esl.must('callcenter_config agent set state ann@default Idle')
        caller = await self.caller()
        await self.call(caller)
        await self.member_of(caller)
        self.assertEqual((await self.row(agent))['state'], 'Idle')
        since = self.esl.mark()
        await self.esl.must('callcenter_config agent set state ann@default Waiting')
        await self.esl.event('agent-offering', since=since)
        states = [event['CC-Agent-State'] for event in self.esl.callcenter(since)
                  if event.action == 'agent-state-change']
        self.assertEqual(states, ['Waiting', 'Reserved', 'Receiving'])

    async def test_globals_exist_without_being_set(self):
        """The same for $${…}, for ${…} on a call and for global_getvar."""
        await self.call(await self.caller())
        member = (await self.members())[0]['session_uuid']
        at_run_time, at_load = [
            dict(pair.split('=', 1) for pair in
                 (await self.esl.api(f'uuid_getvar {member} {name}')).split('|'))
            for name in ('at_run_time', 'at_load')]
        self.assertEqual(at_run_time, at_load)
        for name in GLOBALS:
            self.assertEqual(await self.esl.api(f'global_getvar {name}'), at_run_time[name])
        folder = self.folder.resolve()
        self.assertEqual(at_run_time['conf_dir'], str(folder / 'conf'))
        self.assertEqual(at_run_time['base_dir'], str(folder))
        self.assertEqual(at_run_time['recordings_dir'], str(folder / 'data' / 'recordings'))
        self.assertEqual(at_run_time['hostname'], socket.gethostname())
        self.assertEqual(at_run_time['domain'], 'default')
        socket.inet_aton(at_run_time['local_ip_v4'])


class StartedAgain(ServerCase):
    """The settings make the difference: without them first, then with them."""

    async def test_settings_take_effect_with_the_next_start(self):
        agent = await self.agent('ann', KeepRinging(), ring_limit=600)
        self.assertEqual(await self.offered('6001'), (['Receiving'], 'single_box'))
        self.phones[-1].outgoing_calls[0].hang_up()
        await self.esl.event('bridge-agent-fail')

        await self.start_again(self.server.stop, **{
            'cc-instance-id': 'box7', 'reserve-agents': 'true', 'agent-originate-timeout': '1'})
        await self.esl.must('callcenter_config agent set no_answer_delay_time ann@default 600')
        self.assertEqual(await self.offered('6002'), (['Reserved', 'Receiving'], 'box7'))
        await self.esl.event('bridge-agent-fail', limit=30, CC_Member_CID_Number='6002')
        self.assertEqual((await self.row(agent))['no_answer_count'], '1')

    async def offered(self, number):
        """A caller whose offer rings: the agent's states until then, and the row's instance."""
        since = self.esl.mark()
        await self.call(await self.caller(number))
        await self.esl.event('agent-offering', CC_Member_CID_Number=number, limit=30)
        states = [event['CC-Agent-State'] for event in self.esl.callcenter(since)
                  if event.action == 'agent-state-change']
        [row] = [row for row in await self.members() if row['cid_number'] == number]
        return states, row['instance_id']
