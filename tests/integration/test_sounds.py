"""Sounds of every kind and what is wrong with some, heard in real calls."""
import ctypes
import math
import shutil
import struct
import wave
from pathlib import Path

from tests.phones.incoming import Answer

from .configuration import Configuration
from .harness import ServerCase

WAIT = 60.0                  # Seconds for one step on a busy machine.
WAV, MP3, FIRST, SECOND, TONE = 500, 700, 900, 1100, 1300   # Hertz of each sound.
OLD_MUSIC, NEW_MUSIC, HOLD, AFTER = 600, 800, 1500, 1700
MUSIC = {                    # What callers of q-music hear, by the extension they dial.
    'wav': 'music.wav',
    'mp3': '$${sounds_dir}/music.mp3',
    'sequence': 'file_string://first.wav!second.wav',
    'tone': f'tone_stream://%(1000,0,{TONE});loops=-1',
    'folder': 'local_stream://moh',
}
MPEG_LAYER_III = 0x230000 | 0x0082       # sndfile.h


def sine(hertz, seconds, rate):
    return [round(8000 * math.sin(2 * math.pi * hertz * n / rate))
            for n in range(round(seconds * rate))]


def write_wav(path, hertz, seconds=1.0, rate=8000, channels=1):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), 'wb') as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        samples = [sample for sample in sine(hertz, seconds, rate) for _ in range(channels)]
        file.writeframes(struct.pack(f'<{len(samples)}h', *samples))


class SoundInfo(ctypes.Structure):
    _fields_ = [('frames', ctypes.c_int64), *((name, ctypes.c_int) for name in (
        'samplerate', 'channels', 'format', 'sections', 'seekable'))]


def write_mp3(path, hertz, seconds=1.0, rate=44100):
    """Python has no encoder; the library that the server decodes with has one."""
    library = ctypes.CDLL('libsndfile.so.1')
    library.sf_open.restype = ctypes.c_void_p
    library.sf_write_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    library.sf_close.argtypes = [ctypes.c_void_p]
    info = SoundInfo(samplerate=rate, channels=1, format=MPEG_LAYER_III)
    file = library.sf_open(str(path).encode(), 0x20, ctypes.byref(info))
    assert file, 'libsndfile writes no mp3'
    samples = [sample / 32768 for sample in sine(hertz, seconds, rate)]
    library.sf_write_float(file, (ctypes.c_float * len(samples))(*samples), len(samples))
    library.sf_close(file)


def extension(name, *actions):
    lines = [f'<action application="{application}" data="{data}"/>'
             for application, data in actions]
    return (f'<extension name="{name}"><condition field="destination_number" '
            f'expression="^{name}$">{"".join(lines)}</condition></extension>')


def streams(folder):
    return (f'<configuration name="local_stream.conf"><directory name="moh/8000" path="{folder}">'
            '<param name="interval" value="20"/></directory></configuration>')


class WithSounds(Configuration):
    """With music in files, and extensions that play it."""

    def write(self, directory):
        sounds = Path(directory).parent / 'sounds'
        write_wav(sounds / 'music.wav', WAV, rate=44100, channels=2)
        write_mp3(sounds / 'music.mp3', MP3, seconds=3)
        write_wav(sounds / '8000/first.wav', FIRST)
        write_wav(sounds / '16000/second.wav', SECOND, rate=16000)
        write_wav(sounds / 'old/a.wav', OLD_MUSIC)
        write_wav(sounds / 'new/a.wav', NEW_MUSIC)
        write_wav(sounds / 'hold.wav', HOLD)
        (sounds / 'text.mp3').write_text('This is text.')
        return super().write(directory)

    def _files(self):
        files = super()._files()
        files['autoload_configs/local_stream.conf.xml'] = streams('old')
        more = [extension(name, ('set', f'cc_moh_override={music}'),
                          ('callcenter', 'support@default')) for name, music in MUSIC.items()]
        more.append(extension(
            'bad', ('answer', ''), ('playback', 'ivr/none.wav'), ('playback', 'text.mp3'),
            ('playback', '/dev/zero'), ('playback', 'file_string://none.wav!../secret.wav'),
            ('endless_playback', f'tone_stream://%(1000,0,{AFTER})')))
        more.append(extension(
            'hold', ('set', 'hold_music=hold.wav'), ('set', 'cc_export_vars=hold_music'),
            ('callcenter', 'support@default')))
        path, first = 'dialplan/default.xml', '<extension '
        files[path] = files[path].replace(first, '\n'.join([*more, first]), 1)
        return files


class Sounds(ServerCase):
    def configure(self):
        return WithSounds()

    def log(self):
        return self.server.log.read_text('utf-8', 'replace')

    async def dial(self, extension_name):
        return await self.call(await self.caller(f'6-{extension_name}'), extension_name)

    async def test_music_of_every_form_is_heard_by_those_who_wait(self):
        calls = {name: await self.dial(name) for name in MUSIC}
        await calls['wav'].sound.hear(WAV, limit=WAIT)
        await calls['mp3'].sound.hear(MP3, limit=WAIT)
        await calls['tone'].sound.hear(TONE, limit=WAIT)
        for hertz in (FIRST, SECOND, FIRST):
            await calls['sequence'].sound.hear(hertz, limit=WAIT)

        await calls['folder'].sound.hear(OLD_MUSIC, limit=WAIT)
        (self.folder / 'conf/autoload_configs/local_stream.conf.xml').write_text(streams('new'))
        await self.esl.must('reloadxml')
        await calls['folder'].sound.hear(NEW_MUSIC, limit=WAIT)
        # What is gone from the disk is silence; the call stays.
        shutil.rmtree(self.folder / 'sounds/new')
        await calls['folder'].sound.changes.until(
            lambda: 'nothing to play in' in self.log(), WAIT, 'a warning of the empty folder')

    async def test_what_cannot_be_played_is_told_and_the_dialplan_goes_on(self):
        call = await self.dial('bad')
        await call.sound.hear(AFTER, limit=WAIT)
        sounds = self.folder / 'sounds'
        for line in (f'{sounds}/ivr/none.wav: no such file', f'{sounds}/text.mp3: ',
                     '/dev/zero: not a file', f'{sounds}/none.wav: no such file',
                     '../secret.wav: leads out of the sound_prefix'):
            self.assertIn(line, self.log())

    async def test_the_caller_hears_the_music_that_was_exported_to_the_agent_who_holds(self):
        await self.agent('ann', Answer(), tone=1000)
        call = await self.dial('hold')
        await call.sound.hear(1000, limit=WAIT)
        leg = await self.agents['ann'].phone.incoming()
        self.assertEqual(await leg.hold(), 200)
        await call.sound.hear(HOLD, limit=WAIT)
        self.assertEqual(await leg.resume(), 200)
        await call.sound.hear(1000, limit=WAIT)
