"""Event-socket libraries of others: what a call-centre panel does, and what it reads (spec/08 §6).

The libraries are pinned in clients/package-lock.json; `tools/setup --all` installs them.
"""
import json
import shutil
from pathlib import Path

from tests.integration.configuration import Configuration
from tests.integration.harness import ServerCase
from tests.integration.test_configuration import edit

from .process import Process

CLIENTS = Path(__file__).parent / 'clients'
QUEUE, EMPTY_QUEUE, QUEUE_UUID = '7001@default', '7002@default', '9c0b5a4e-queue-7001'

# As the panel generates it for a queue.
EXTENSION = f"""<context name="default">
  <extension name="sales" continue="" uuid="{QUEUE_UUID}">
    <condition field="destination_number" expression="^(callcenter\\+)?7001$">
      <action application="answer"/>
      <action application="set" data="sound_prefix=$${{sounds_dir}}"/>
      <action application="set" data="call_center_queue_uuid={QUEUE_UUID}"/>
      <action application="set" data="cc_export_vars=${{cc_export_vars}},call_center_queue_uuid"/>
      <action application="set" data="hangup_after_bridge=true"/>
      <action application="set" data="cc_base_score=5"/>
      <action application="set" data="effective_caller_id_name=Sales#${{caller_id_name}}"/>
      <action application="set" data="cc_exit_keys=9"/>
      <action application="callcenter" data="{QUEUE}"/>
    </condition>
  </extension>
"""


class PanelConfiguration(Configuration):
    def __init__(self):
        super().__init__(queues={QUEUE: {'record-template': ''}, EMPTY_QUEUE: {}},
                         settings={'cc-instance-id': 'east'})

    def write(self, directory):
        directory = super().write(directory)
        edit(directory, 'dialplan/default.xml', '<context name="default">\n', EXTENSION)
        return directory


class Clients(ServerCase):
    def configure(self):
        return PanelConfiguration()

    async def registered(self, user):
        phone = await self.phone(user, password=f'pw{user}')
        await phone.register()
        return phone

    async def visited_with(self, script):
        """Two callers wait, two phones are registered; then the client does its work."""
        agent, supervisor = await self.registered('1001'), await self.registered('1002')
        for number in ('6001', '6002'):
            await self.call(await self.caller(number), '7001')
            await self.esl.event('member-queue-start', CC_Member_CID_Number=number)
        host, port = self.server.event_socket
        scene = {'host': host, 'port': port, 'password': self.configuration.event_socket_password,
                 'queue': QUEUE, 'emptyQueue': EMPTY_QUEUE, 'queueUuid': QUEUE_UUID,
                 'agentUser': agent.user, 'supervisorUser': supervisor.user,
                 'elsewhere': 'ringing'}
        node = shutil.which('node')
        self.assertIsNotNone(node, 'no node: tools/setup --all installs it')
        client = await Process(CLIENTS, node, script, json.dumps(scene)).open()
        self.addAsyncCleanup(client.close)
        self.assertEqual(await client.ended(), 0, client.tail())
        self.assertEqual(agent.incoming_calls[0].caller_number, '6001')
        self.assertEqual(supervisor.incoming_calls[0].caller_name, 'Eavesdrop')

    async def test_a_panel_over_modesl(self):
        await self.visited_with('with_modesl.mjs')

    async def test_a_panel_over_esl(self):
        await self.visited_with('with_esl.mjs')
