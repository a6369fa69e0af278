"""Wrong configurations are refused with all their problems; odd ones start with warnings."""
import asyncio
import tempfile
import unittest
from pathlib import Path

from .configuration import Configuration
from .harness import ServerCase
from .server import START_LIMIT, binary

FAILED, REFUSED, USAGE = 1, 2, 64    # Exit codes.


def edit(directory, name, old, new):
    """Replaces the first `old` in a file; returns the line where it stood, as `file:line`."""
    path = Path(directory) / name
    before, found, after = path.read_text().partition(old)
    if not found:
        raise ValueError(f'no {old!r} in {name}')
    path.write_text(before + new + after)
    return f'{Path(name).name}:{before.count(chr(10)) + 1}'


class Refused(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='ringmaster-')
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name) / 'data'
        self.directory = Configuration().write(Path(folder.name) / 'conf')

    async def start(self, directory=None):
        """Starts the server, which has to end by itself; returns its exit code and its output."""
        process = await asyncio.create_subprocess_exec(
            str(binary()), 'serve', '--conf', str(directory or self.directory),
            '--data', str(self.data), stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        try:
            async with asyncio.timeout(START_LIMIT):
                output, _ = await process.communicate()
        except TimeoutError:
            process.kill()
            raise
        return process.returncode, output.decode()

    async def refusal(self, *places):
        """Starts, expects a refusal that names each place as an error; returns the output."""
        code, output = await self.start()
        self.assertEqual(code, REFUSED, output)
        self.assertNotIn('\nready ', '\n' + output)
        for place in places:
            self.assertRegex(output, rf'{place}: error: \S', output)
        return output

    async def test_every_problem_is_told_at_once_with_its_place(self):
        places = [
            edit(self.directory, 'sip_profiles/internal.xml', '"$${internal_sip_port}"', '"many"'),
            edit(self.directory, 'dialplan/default.xml', '"^7000$"', '"^(7000$"'),
            edit(self.directory, 'autoload_configs/callcenter.conf.xml',
                 '<queue name="support@default">', '<queue>'),
            edit(self.directory, 'autoload_configs/event_socket.conf.xml', '"$${esl_port}"',
                 '"99999"'),
        ]
        output = await self.refusal(*places)
        self.assertEqual(output.count(': error: '), len(places), output)

    async def test_xml_that_does_not_parse(self):
        place = edit(self.directory, 'dialplan/default.xml', '</condition>', '</conditoin>')
        await self.refusal(place)

    async def test_an_include_that_is_missing(self):
        place = edit(self.directory, 'freeswitch.xml', 'data="vars.xml"', 'data="wars.xml"')
        await self.refusal(place)

    async def test_a_directory_that_is_missing_or_empty(self):
        nothing = self.data.parent / 'nothing'
        code, output = await self.start(nothing)
        self.assertEqual(code, USAGE)
        self.assertIn(str(nothing), output)
        nothing.mkdir()
        code, output = await self.start(nothing)
        self.assertEqual(code, REFUSED)
        self.assertIn(str(nothing), output)

    async def test_a_port_that_is_taken(self):
        """The address is named, and nothing half-started stays behind."""
        loop = asyncio.get_running_loop()
        configuration = Configuration()
        configuration.write(self.directory)
        transport, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, local_addr=('127.0.0.1', configuration.sip_port))
        self.addCleanup(transport.close)
        code, output = await self.start()
        self.assertEqual(code, FAILED, output)
        self.assertIn(str(configuration.sip_port), output)


class Warned(ServerCase):
    def configure(self):
        return OddConfiguration()

    async def test_what_is_unknown_is_named_and_the_rest_works(self):
        log = self.server.log.read_text()
        for place, name in self.configuration.places.items():
            self.assertRegex(log, rf'{place}: warning: .*{name}')
        self.assertEqual(await self.esl.api('callcenter_config queue count'), '1\n')


class Reread(ServerCase):
    async def test_a_wrong_file_leaves_the_old_configuration_in_force(self):
        conf = self.folder / 'conf'
        place = edit(conf, 'dialplan/default.xml', '"^7000$"', '"^(7000$"')
        self.assertRegex(await self.esl.api('reloadxml'), r'^-ERR')
        self.assertRegex(self.server.log.read_text(), rf'{place}: error: \S')
        await self.call(await self.caller())
        edit(conf, 'dialplan/default.xml', '"^(7000$"', '"^7001$"')
        self.assertRegex(await self.esl.api('reloadxml'), r'^\+OK')
        await self.call(await self.caller('6002'), '7001')

    async def test_a_rescan_says_what_waits_for_a_new_start(self):
        conf = self.folder / 'conf'
        self.assertIn(f':{self.configuration.sip_port}\tRUNNING (0)\n',
                      await self.esl.api('sofia status'))
        self.assertEqual(await self.esl.api('sofia profile internal rescan'),
                         '+OK scan complete\n')
        edit(conf, 'sip_profiles/internal.xml', '$${internal_sip_port}', '1')
        edit(conf, 'sip_profiles/internal.xml', '"auth-calls" value="false"',
             '"auth-calls" value="true"')
        reply = await self.esl.api('sofia profile internal rescan')
        self.assertRegex(reply, r'^\+OK scan complete\nprofile internal: sip-port stays \d+ until')
        # And the rest has changed: without a password nobody calls any more.
        with self.assertRaisesRegex(ConnectionError, 'not answered but 40'):
            await self.call(await self.caller())
        edit(conf, 'sip_profiles/internal.xml', '"sip-ip" value="$${sip_ip}"',
             '"sip-ip" value="host:nobody.invalid"')
        self.assertRegex(await self.esl.api('sofia profile internal rescan'), '^-ERR')


class OddConfiguration(Configuration):
    """One with an unknown parameter, an unknown application and a number that is none."""

    def write(self, directory):
        directory = super().write(directory)
        callcenter = 'autoload_configs/callcenter.conf.xml'
        self.places = {
            edit(directory, callcenter, '<param name="strategy"',
                 '<param name="strategic-reserve" value="1"/><param name="strategy"'):
                'strategic-reserve',
            edit(directory, callcenter, 'name="max-wait-time" value="0"',
                 'name="max-wait-time" value="soon"'): 'max-wait-time',
            edit(directory, 'dialplan/default.xml', '<action application="callcenter"',
                 '<action application="teleport" data="x"/><action application="callcenter"'):
                'teleport',
        }
        return directory
