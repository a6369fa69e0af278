"""A program of somebody else, started for one test: its lines are kept and can be awaited."""
import asyncio
import signal

from tests.phones.changes import Changes

STOP_LIMIT = 10.0            # Seconds that a program may take to end when asked.
TAIL_LINES = 40


class Process:
    """A command with its standard input and output."""

    def __init__(self, folder, *command):
        self.folder, self.command = folder, [str(word) for word in command]
        self.lines, self.changes = [], Changes()
        self._process = self._reading = None

    async def open(self):
        self._process = await asyncio.create_subprocess_exec(
            *self.command, cwd=self.folder, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        self._reading = asyncio.create_task(self._read())
        return self

    async def close(self):
        """Ends the program, by force if it does not listen."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(STOP_LIMIT):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        await self._reading

    def write(self, line):
        """One line for its standard input."""
        self._process.stdin.write(f'{line}\n'.encode())

    async def says(self, text, *, after=0, limit=30.0):
        """Waits for a line that holds the text, not before line `after`. Returns: the line."""
        def found():
            return next((line for line in self.lines[after:] if text in line), None)
        return await self.changes.until(found, limit, lambda: f'{text!r} in\n{self.tail()}')

    async def ended(self, limit=60.0):
        """Waits until it ends by itself. Returns: its exit code."""
        async with asyncio.timeout(limit):
            await self._reading
            return await self._process.wait()

    def tail(self):
        return '\n'.join(self.lines[-TAIL_LINES:])

    async def _read(self):
        async for line in self._process.stdout:
            self.lines.append(line.decode('utf-8', 'replace').rstrip())
            self.changes.notify()
