"""The prompts are there, in the form that calls need, and come out the same each time."""

import array
import math
import pathlib
import subprocess
import tempfile
import unittest
import wave

from prompts import spoken, wave8k

MAKE = pathlib.Path(__file__).with_name('make')
PROMPTS = MAKE.parents[2] / 'sounds' / 'en'

# What samples, scripts and applications play by name.
NAMED = ('ivr/ivr-you_are_now_logged_in', 'ivr/ivr-you_are_now_logged_out', 'ivr/ivr-welcome',
         'ivr/ivr-one_moment_please', 'ivr/ivr-you_are_number', 'greeting', 'queue_voicemail',
         'ivr/ivr-please_state_your_name_and_reason_for_calling', 'tod_voicemail',
         'voicemail/vm-hello', 'voicemail/vm-enter_pass', 'voicemail/vm-goodbye')


class Prompts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([MAKE], check=True)

    def test_every_text_is_a_wav_that_a_call_can_play(self):
        for name in spoken.all_texts():
            with self.subTest(name), wave.open(str(PROMPTS / f'{name}.wav')) as sound:
                self.assertEqual((sound.getframerate(), sound.getnchannels(),
                                  sound.getsampwidth()), (8000, 1, 2))
                samples = array.array('h', sound.readframes(sound.getnframes()))
                self.assertGreater(len(samples), 800)
                self.assertGreater(max(map(abs, samples)), 8000)

    def test_the_names_that_samples_use_are_spoken(self):
        texts = spoken.all_texts()
        for name in NAMED + tuple(f'digits/{number}' for number in range(100)):
            self.assertIn(name, texts)

    def test_numbers_are_read_as_people_say_them(self):
        texts = spoken.all_texts()
        for number, words in ((0, 'zero'), (12, 'twelve'), (40, 'forty'), (99, 'ninety-nine')):
            self.assertEqual(texts[f'digits/{number}'], words)

    def test_the_same_words_give_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            again = pathlib.Path(folder) / 'again.wav'
            subprocess.run(['espeak-ng', '-v', 'en-us', '-s', '150', '-p', '45', '-g', '2',
                            '-w', again, '--', 'Welcome.'], check=True)
            self.assertEqual(wave8k.prompt_of(again.read_bytes()),
                             (PROMPTS / 'ivr' / 'ivr-welcome.wav').read_bytes())


class Resampling(unittest.TestCase):
    def level_of(self, hertz):
        """How loud a tone of full scale is afterwards, before all are made equally loud."""
        tone = array.array('h', (round(16000 * math.sin(2 * math.pi * hertz * index / 22050))
                                 for index in range(22050)))
        return max(map(abs, wave8k.resampled(tone)[100:-100]))

    def test_a_tone_of_speech_stays(self):
        self.assertAlmostEqual(self.level_of(1000), 16000, delta=400)

    def test_a_tone_that_a_call_cannot_carry_is_gone(self):
        self.assertLess(self.level_of(6000), 160)


if __name__ == '__main__':
    unittest.main()
