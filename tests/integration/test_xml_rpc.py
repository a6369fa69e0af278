"""Commands over XML-RPC, as the monitors of the original send them (spec/08 §5)."""
import asyncio
import base64
import http.client
import xml.etree.ElementTree as ElementTree
import xmlrpc.client

from tests.phones.incoming import Answer

from .configuration import QUEUE, Configuration
from .harness import ServerCase
from .test_configuration import edit

USER, PASSWORD = 'monitor', 'pass <&> word'
LIMIT = 30


class WithXmlRpc(Configuration):
    """With XML-RPC at any free port."""

    def _files(self):
        return {**super()._files(), 'autoload_configs/xml_rpc.conf.xml': self._settings('xml_rpc', {
            'http-port': 0, 'auth-realm': 'desk', 'auth-user': USER, 'auth-pass': PASSWORD})}

    def write(self, directory):
        directory = super().write(directory)
        edit(directory, 'directory/default.xml', '          <variables>\n',
             '          <variables>\n'
             '            <variable name="effective_caller_id_name" value="Bob &amp; Sons"/>\n'
             '            <variable name="presence_id" value="bob@example.test"/>\n')
        return directory


class XmlRpc(ServerCase):
    def configure(self):
        return WithXmlRpc()

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.host, self.port = self.server.addresses['xml_rpc']

    async def ask(self, *parameters, method='freeswitch.api', user=USER, password=PASSWORD):
        """What one call of a client of its own returns."""
        def call():
            transport = Authorized(user, password)
            with xmlrpc.client.ServerProxy(f'http://{self.host}:{self.port}',
                                           transport=transport) as server:
                return getattr(server, method)(*parameters)
        return await asyncio.to_thread(call)

    async def send(self, *, method='POST', path='/RPC2', body='', **headers):
        """The status and the headers of a request that no client would send."""
        def call():
            connection = http.client.HTTPConnection(self.host, self.port, timeout=LIMIT)
            named = {name.replace('_', '-'): value for name, value in headers.items()}
            try:
                connection.request(method, path, body,
                                   {'Content-Type': 'text/xml', **authorization(), **named})
                response = connection.getresponse()
                return response.status, dict(response.getheaders()), response.read()
            finally:
                connection.close()
        return await asyncio.to_thread(call)

    async def listed(self, *parameters):
        """A list as fsqueuemon reads it: rows that do not fit the header are dropped."""
        lines = (await self.ask(*parameters)).splitlines()
        names = lines[0].split('|')
        rows = [line.split('|') for line in lines[1:]]
        return [dict(zip(names, row)) for row in rows if len(row) == len(names)]

    async def test_a_monitor_sees_agents_tiers_queues_members_users_and_channels(self):
        """fsqueuemon's calls for one page, read as it reads them."""
        await self.agent('ann', Answer())
        await self.call(await self.caller('6001'))
        await self.agents['ann'].phone.incoming()
        await self.esl.event('bridge-agent-start')
        await self.call(await self.caller('6002'))
        await self.add_agent('bob@default', contact='{a=b}loopback/1001')

        ann, bob = await self.listed('callcenter_config', 'agent list')
        self.assertEqual([(ann[name], bob[name]) for name in ('name', 'status', 'state')],
                         [('ann@default', 'bob@default'), ('Available', 'Logged Out'),
                          ('In a queue call', 'Waiting')])
        self.assertEqual((int(ann['calls_answered']), int(bob['calls_answered'])), (1, 0))
        self.assertGreater(int(ann['last_bridge_start']), int(bob['last_bridge_start']))
        tiers = await self.listed('callcenter_config', 'tier list')
        self.assertEqual([(tier['agent'], tier['queue'], tier['level'], tier['position'])
                          for tier in tiers],
                         [('ann@default', QUEUE, '1', '1'), ('bob@default', QUEUE, '1', '2')])
        queues = await self.listed('callcenter_config', 'queue list')
        self.assertEqual([queue['name'] for queue in queues], [QUEUE])
        members = await self.listed('callcenter_config', f'queue list members {QUEUE}')
        members.sort(key=lambda member: (int(member['system_epoch']), member['cid_number']))
        self.assertEqual([(member['cid_number'], member['cid_name'], member['state'],
                           member['abandoned_epoch'], int(member['bridge_epoch']) > 0)
                          for member in members],
                         [('6001', 'Caller 6001', 'Answered', '0', True),
                          ('6002', 'Caller 6002', 'Waiting', '0', False)])

        user = bob['contact'].partition('loopback/')[2] + '@default'
        for variable, value in (('effective_caller_id_name', 'Bob & Sons'),
                                ('presence_id', 'bob@example.test')):
            self.assertEqual(await self.ask('user_data', f'{user} var {variable}'), value)
        channels = ElementTree.fromstring(await self.ask('show', 'channels as xml'))
        self.assertEqual(int(channels.get('row_count')), 3)
        self.assertEqual({(row.findtext('direction'), row.findtext('callstate'))
                          for row in channels}, {('inbound', 'ACTIVE'), ('outbound', 'ACTIVE')})
        self.assertEqual([row.find('presence_id') is None for row in channels], [False] * 3)

    async def test_it_is_the_same_as_over_the_event_socket(self):
        for command, arguments in (('status', ''), ('callcenter_config', 'queue list'),
                                   ('callcenter_config', 'agent set status nobody Available'),
                                   ('nonsense', 'x'), ('log_level', 'sip'),
                                   ('echo', "a <b> & 'c' \u00e4")):
            over_the_socket = await self.esl.api(f'{command} {arguments}'.strip())
            told = await self.ask(command, arguments)
            if command == 'status':
                told, over_the_socket = (text.splitlines()[1] for text in (told, over_the_socket))
            self.assertEqual(told, over_the_socket, command)

    async def test_a_change_is_made_and_a_reread_waits_for_its_reply(self):
        self.assertEqual(await self.ask('callcenter_config', 'agent add bob callback'), '+OK\n')
        await self.esl.event('agent-add', CC_Agent='bob')
        self.assertEqual(await self.ask('reloadxml'), '+OK [Success]\n')

    async def test_who_has_no_right_password_learns_nothing(self):
        for user, password in ((USER, 'wrong'), ('else', PASSWORD), ('', '')):
            with self.assertRaises(xmlrpc.client.ProtocolError) as refused:
                await self.ask('status', user=user, password=password)
            self.assertEqual(refused.exception.errcode, 401)
        status, headers, _ = await self.send(path='/other', Authorization='Basic x')
        self.assertEqual((status, headers['WWW-Authenticate']), (401, 'Basic realm="desk"'))

    async def test_what_is_no_call_gets_a_fault(self):
        for parameters, method, code in ((('a\nb',), 'freeswitch.api', -501),
                                         ((), 'freeswitch.api', -501),
                                         ((['status'],), 'freeswitch.api', -501),
                                         (('status',), 'freeswitch.shutdown', -506)):
            with self.assertRaises(xmlrpc.client.Fault) as fault:
                await self.ask(*parameters, method=method)
            self.assertEqual(fault.exception.faultCode, code)
        for body in ('', '<methodCall>', '\x00', '<a>' * 10_000):
            status, _, answer = await self.send(body=body)
            self.assertEqual(status, 200)
            self.assertIn(b'<int>-503</int>', answer)

    async def test_other_requests_are_refused(self):
        self.assertEqual((await self.send(method='GET'))[0], 405)
        self.assertEqual((await self.send(path='/'))[0], 404)
        self.assertEqual((await self.send(Content_Type='text/plain'))[0], 415)
        self.assertEqual((await self.send(body='x' * 70_000))[0], 413)
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(b'this is no HTTP\r\n\r\n')
        self.assertIn(b' 400 ', await asyncio.wait_for(reader.readline(), LIMIT))
        writer.close()
        self.assertRegex(await self.ask('version'), 'Ringmaster')

    async def test_connections_beyond_the_bound_are_closed(self):
        pairs = [await asyncio.open_connection(self.host, self.port) for _ in range(64)]
        reader, writer = await asyncio.open_connection(self.host, self.port)
        self.assertEqual(await asyncio.wait_for(reader.read(), LIMIT), b'')
        for _, open_one in [*pairs, (reader, writer)]:
            open_one.close()


class Off(ServerCase):
    """Not there unless it is asked for, and not in a vanilla directory that does not load it."""

    def configure(self):
        return ListedModules()

    async def test_nobody_listens(self):
        self.assertNotIn('xml_rpc', self.server.addresses)


class ListedModules(WithXmlRpc):
    def _files(self):
        return {**super()._files(), 'autoload_configs/modules.conf.xml':
                '<configuration name="modules.conf"><modules><load module="mod_callcenter"/>'
                '<!-- <load module="mod_xml_rpc"/> --></modules></configuration>'}


def authorization(user=USER, password=PASSWORD):
    return {'Authorization': 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode()}


class Authorized(xmlrpc.client.Transport):
    def __init__(self, user, password):
        super().__init__(headers=list(authorization(user, password).items()))

