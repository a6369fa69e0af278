"""Linphone's console client, a telephone program that is not ours: TCP, files as its voice."""

from tests.integration.ports import free_port

from . import recording
from .process import Process

VOICE_SECONDS = 120          # It speaks once, from the answer on.
CALL_LIMIT = 30.0
QUESTION_SECONDS, QUESTIONS_MAX = 0.5, 60
CONFIG = """[sip]
sip_port={udp_port}
sip_tcp_port={tcp_port}
sip_tls_port=0
bind_address=127.0.0.1
default_proxy=0
guess_hostname=0
contact=sip:{user}@127.0.0.1

[net]
firewall_policy=0
mtu=1300

[rtp]
audio_rtp_port={rtp_port}

[proxy_0]
reg_proxy=<sip:{host}:{port};transport=tcp>
reg_route=<sip:{host}:{port};transport=tcp>
reg_identity="{user}" <sip:{user}@{host}:{port}>
reg_expires=60
reg_sendregister={register}
publish=0

[auth_info_0]
username={user}
passwd={password}
"""


class Linphone:
    """One phone with one account, driven by lines on its standard input."""

    def __init__(self, folder, server, user, password='none', *, tone, register=False):
        self.folder, self._tone = folder, tone
        self.config = CONFIG.format(
            user=user, password=password, host=server[0], port=server[1], udp_port=free_port(),
            tcp_port=free_port(), rtp_port=free_port(), register=int(register))
        self.process = Process(folder, 'env', f'HOME={folder}', 'stdbuf', '-oL', 'linphonec',
                               '-a', '-c', folder / 'linphonerc')

    async def open(self):
        self.folder.mkdir()
        (self.folder / '.local' / 'share' / 'linphone').mkdir(parents=True)
        (self.folder / 'linphonerc').write_text(self.config)
        recording.write_tone(self.folder / 'voice.wav', self._tone, VOICE_SECONDS)
        await self.process.open()
        self.command('soundcard use files')
        self.command(f'play {self.folder}/voice.wav')
        self.command(f'record {self.folder}/heard.wav')
        return self

    async def close(self):
        await self.process.close()

    async def registered(self):
        """Waits until it is; it tells only who asks."""
        for _ in range(QUESTIONS_MAX):
            self.command('status register')
            try:
                await self.process.says('registered, identity=', limit=QUESTION_SECONDS)
                return
            except TimeoutError:
                continue
        raise TimeoutError(f'not registered:\n{self.process.tail()}')

    async def is_over(self, nth=1):
        """Waits for the end of its nth call."""
        def found():
            return sum(' ended (' in line for line in self.process.lines) >= nth
        await self.process.changes.until(found, CALL_LIMIT, self.process.tail)

    def heard(self):
        """The file of what it heard in all its calls."""
        return self.folder / 'heard.wav'

    def command(self, line):
        self.process.write(line)
