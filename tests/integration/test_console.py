"""`ringmaster console` at a terminal of its own, and with -x."""
import asyncio
import os
import pty
import re
import stat

from .configuration import QUEUE
from .harness import ServerCase

LIMIT = 30.0
OK, FAILED = 0, 1
HOSTILE = 'a\x1b]0;title\x07\x1b[2Jz'       # Sets a title and clears the screen.


class Terminal:
    """A program on a pseudo terminal; what it shows is kept."""

    def __init__(self):
        self.shown, self._seen = '', 0
        self._more = asyncio.Event()

    async def start(self, command, environment):
        self._master, slave = pty.openpty()
        self.process = await asyncio.create_subprocess_exec(
            *command, stdin=slave, stdout=slave, stderr=slave, env=environment,
            start_new_session=True)
        os.close(slave)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    def _read(self):
        try:
            data = os.read(self._master, 65536)
        except OSError:              # The other end is closed.
            data = b''
        if data:
            self.shown += data.decode('utf-8', 'replace')
        else:
            asyncio.get_running_loop().remove_reader(self._master)
        self._more.set()

    def type(self, text):
        os.write(self._master, text.encode())

    async def see(self, pattern):
        """Waits until this is shown behind what was waited for last; returns the match."""
        async with asyncio.timeout(LIMIT):
            while True:
                found = re.compile(pattern, re.DOTALL).search(self.shown, self._seen)
                if found:
                    self._seen = found.end()
                    return found
                self._more.clear()
                try:
                    await asyncio.wait_for(self._more.wait(), LIMIT)
                except TimeoutError:
                    raise TimeoutError(f'no {pattern!r} in {self.shown[self._seen:]!r}') from None

    async def ended(self):
        async with asyncio.timeout(LIMIT):
            return await self.process.wait()

    async def close(self):
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)


class Console(ServerCase):
    def command(self, *more):
        host, port = self.server.event_socket
        return [str(self.server.binary), 'console', '-H', host, '-P', str(port), '-p',
                self.configuration.event_socket_password, *more]

    def environment(self, **more):
        return {**os.environ, 'HOME': str(self.folder), 'TERM': 'xterm', 'LC_ALL': 'C.UTF-8',
                **more}

    async def terminal(self, *arguments, **environment):
        terminal = await Terminal().start(self.command(*arguments),
                                          self.environment(**environment))
        self.addAsyncCleanup(terminal.close)
        return terminal

    async def execute(self, *words):
        process = await asyncio.create_subprocess_exec(
            *self.command('-x', *words), env=self.environment(), stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT)
        async with asyncio.timeout(LIMIT):
            output, _ = await process.communicate()
        return process.returncode, output.decode()

    async def test_words_are_completed_and_names_asked_of_the_server(self):
        terminal = await self.terminal()
        await terminal.see('> ')
        await self.esl.must('callcenter_config agent add ann callback')
        terminal.type('callcenter_c\tt\tad\tsup\tan\t\r')
        await terminal.see('\x1b\\[32m\\+OK\x1b\\[0m')
        self.assertEqual([(row['queue'], row['agent'])
                          for row in await self.esl.rows('callcenter_config tier list')],
                         [(QUEUE, 'ann')])
        terminal.type('callcenter_config agent set sta\t\t')
        await terminal.see('state  status')
        terminal.type('us nobody Available\r')
        await terminal.see('\x1b\\[31m-ERR Agent not found!\x1b\\[0m')
        # The prompt shows before the terminal is the editor's, and until then the terminal takes
        # the end for its own. A word that was completed shows who has it; then it is wiped out.
        terminal.type('callcenter_c\t')
        await terminal.see('onfig ')
        terminal.type('\x15\x04')
        self.assertEqual(await terminal.ended(), OK)

    async def test_lines_are_remembered_for_their_owner_only(self):
        terminal = await self.terminal()
        await terminal.see('> ')
        terminal.type('echo first-one\r')
        await terminal.see('\nfirst-one\r')
        terminal.type('/quit\r')
        self.assertEqual(await terminal.ended(), OK)
        history = self.folder / '.ringmaster_history'
        self.assertEqual(stat.S_IMODE(history.stat().st_mode), 0o600)
        again = await self.terminal(NO_COLOR='1')
        await again.see('> ')
        again.type('\x1b[A\x1b[A\r')             # Two lines back: /quit is the last one.
        await again.see('\nfirst-one\r')

    async def test_events_come_while_nothing_is_typed(self):
        terminal = await self.terminal()
        await terminal.see('> ')
        terminal.type('/event plain CUSTOM callcenter::info\r')
        await terminal.see('event listener enabled plain')
        terminal.type('callcenter_config que')
        await terminal.see('callcenter_config que')
        await self.esl.must('callcenter_config agent add ann callback')
        await terminal.see('Event-Name: CUSTOM')
        await terminal.see('CC-Action: agent-add')
        await terminal.see('callcenter_config que')     # What was being typed is there again.
        terminal.type('ue count\r')
        await terminal.see('\n1\r')
        terminal.type('/nixevent CUSTOM callcenter::info\r')
        await terminal.see(r'\+OK')

    async def test_what_a_terminal_would_obey_does_not_reach_it(self):
        await self.esl.must('callcenter_config agent add ann callback')
        await self.esl.must(f"callcenter_config agent set uuid ann '{HOSTILE}'")
        terminal = await self.terminal(NO_COLOR='1')
        await terminal.see('> ')
        terminal.type('callcenter_config agent get uuid ann\r')
        await terminal.see(re.escape('a\ufffd]0;title\ufffd\ufffd[2Jz'))
        self.assertNotIn('\x1b]', terminal.shown)
        self.assertNotIn('\x1b[32m', terminal.shown)
        # For a program it is what the server says.
        _, output = await self.execute('callcenter_config agent get uuid ann')
        self.assertIn(HOSTILE, output)

    async def test_the_end_of_the_connection_is_told(self):
        terminal = await self.terminal()
        await terminal.see('> ')
        await self.server.kill()
        await terminal.see('the server closed the connection')
        self.assertEqual(await terminal.ended(), FAILED)

    async def test_one_command_exits_with_what_became_of_it(self):
        self.assertEqual(await self.execute('callcenter_config queue count'), (OK, '1\n'))
        code, output = await self.execute('callcenter_config agent set status x Available')
        self.assertEqual((code, output), (FAILED, '-ERR Agent not found!\n'))
        self.assertEqual((await self.execute('show'))[0], FAILED)
        self.server.addresses['event_socket'] = ('127.0.0.1', 1)
        self.assertEqual((await self.execute('status'))[0], FAILED)
