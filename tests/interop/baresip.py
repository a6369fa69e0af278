"""baresip, a telephone program that is not ours: UDP, its own SIP and RTP, a tone as its voice."""
import asyncio
import json

from tests.integration.ports import free_port
from tests.phones.changes import Changes

from . import recording
from .process import Process

MODULES = '/usr/lib/baresip/modules'
VOICE_SECONDS = 120          # It speaks once, from the answer on.
CONFIG = """sip_listen 127.0.0.1:{sip_port}
net_interface 127.0.0.1
module_path {modules}
audio_player aubridge,nobody
audio_alert aubridge,nobody
audio_source aufile,{voice}
snd_path {folder}
ctrl_tcp_listen 127.0.0.1:{control_port}
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
"""
ACCOUNT = ('<sip:{user}@{host}:{port}>;auth_user={user};auth_pass={password};'
           'answermode={answer};audio_codecs=PCMU,PCMA;regint={interval}\n')


class Baresip:
    """One phone with one account; driven through baresip's control socket."""

    def __init__(self, folder, server, user, password='none', *, tone, interval=0, answer='auto'):
        self.folder, self.port, self.events = folder, free_port(), []
        self.changes = Changes()
        self._control_port = free_port()
        self._process = Process(folder, 'baresip', '-f', folder, '-v')
        self._voice, self._tone = folder / 'voice.wav', tone
        self._config = CONFIG.format(sip_port=self.port, modules=MODULES, voice=self._voice,
                                     folder=folder, control_port=self._control_port)
        self._account = ACCOUNT.format(user=user, host=server[0], port=server[1], answer=answer,
                                       password=password, interval=interval)
        self._writer = self._reading = None

    async def open(self):
        """Starts it and connects to its control socket."""
        self.folder.mkdir()
        recording.write_tone(self._voice, self._tone, VOICE_SECONDS)
        (self.folder / 'config').write_text(self._config)
        (self.folder / 'accounts').write_text(self._account)
        await self._process.open()
        await self._process.says('baresip is ready')
        reader, self._writer = await asyncio.open_connection('127.0.0.1', self._control_port)
        self._reading = asyncio.create_task(self._read(reader))
        return self

    async def close(self):
        if self._writer is not None:
            self._writer.close()
            self._reading.cancel()
        await self._process.close()

    def command(self, name, parameters=''):
        text = json.dumps({'command': name, 'params': parameters})
        self._writer.write(f'{len(text)}:{text},'.encode())

    async def registered(self):
        # As text: the event may be over before the control socket is connected.
        await self._process.says('200 OK (Ringmaster) [1 binding]')

    async def happens(self, kind, nth=1, limit=30.0):
        """Waits for the nth event of this type. Returns: the event."""
        def found():
            known = [event for event in self.events if event.get('type') == kind]
            return known[nth - 1] if len(known) >= nth else None
        return await self.changes.until(
            found, limit, lambda: f'{kind} {nth} in {self.events}\n{self._process.tail()}')

    def heard(self):
        """The files of what it heard, one for each call that is over."""
        return sorted(self.folder.glob('dump-*-dec.wav'))

    async def _read(self, reader):
        # Netstrings of JSON; control characters in them are not escaped.
        while size := await reader.readuntil(b':'):
            text = await reader.readexactly(int(size[:-1]) + 1)
            self.events.append(json.loads(text[:-1], strict=False))
            self.changes.notify()
