"""µ-law, tones, packets and digits of the phones."""
import unittest

from tests.phones import alaw, digits, hearing, mulaw
from tests.phones.rtp import Packet, Sound, parse_packet

UNUSED_PORT = 9  # Discard: nobody listens there.


def packet(sequence, payload=mulaw.SILENCE, **changed):
    """A packet of a steady stream."""
    made = Packet(at=sequence * 0.02, port=4000, payload_type=0, marker=False, sequence=sequence,
                  timestamp=sequence * 160, ssrc=1, payload=payload)
    return made._replace(**changed)


class MuLaw(unittest.TestCase):
    def test_every_byte_survives_decoding_and_encoding(self):
        for byte in range(256):
            expected = 0xFF if byte == 0x7F else byte  # The two zeros are one sample.
            self.assertEqual(mulaw.encode(mulaw.DECODED[byte]), expected)

    def test_extremes_are_clipped(self):
        self.assertEqual(mulaw.encode(40000), mulaw.encode(32767))
        self.assertEqual(mulaw.encode(-40000), 0x00)

    def test_a_tone_between_the_steps_is_refused(self):
        with self.assertRaises(ValueError):
            mulaw.tone_frame(440)


class ALaw(unittest.TestCase):
    def test_known_bytes_mean_what_g711_says(self):
        self.assertEqual((alaw.DECODED[0xD5], alaw.DECODED[0x55]), (8, -8))
        self.assertEqual((alaw.DECODED[0xAA], alaw.DECODED[0x2A]), (32256, -32256))

    def test_a_tone_is_the_same_tone(self):
        frame = mulaw.tone_frame(1000)
        self.assertEqual(hearing.tones_in(alaw.to_ulaw(alaw.of_ulaw(frame))), (1000,))


class Hearing(unittest.TestCase):
    def test_each_tone_is_named_alone(self):
        for hertz in hearing.TONES:
            self.assertEqual(hearing.tones_in(mulaw.tone_frame(hertz)), (hertz,))

    def test_two_tones_at_once_are_both_named(self):
        low, high = mulaw.tone_frame(450), mulaw.tone_frame(1400)
        mixed = bytes(mulaw.encode(mulaw.DECODED[a] + mulaw.DECODED[b]) for a, b in zip(low, high))
        self.assertEqual(sorted(hearing.tones_in(mixed)), [450, 1400])

    def test_silence_has_no_tone(self):
        self.assertEqual(hearing.tones_in(mulaw.SILENCE), ())
        self.assertFalse(hearing.is_audible(mulaw.SILENCE))
        self.assertTrue(hearing.is_audible(mulaw.tone_frame(300)))

    def test_stretches_leave_out_seams_and_silence(self):
        frames = [450] * 5 + [1200] + [450] * 5 + [0] * 5 + [1000] * 4
        packets = [packet(n, mulaw.tone_frame(hertz) if hertz else mulaw.SILENCE)
                   for n, hertz in enumerate(frames)]
        found = [(stretch.tones, stretch.frames) for stretch in hearing.stretches(packets)]
        self.assertEqual(found, [((450,), 10), ((1000,), 4)])

    def test_losses_and_disorder_are_counted_across_the_wrap(self):
        packets = [packet(n) for n in (65534, 65535, 1, 0, 2)]
        self.assertEqual(hearing.lost(packets), 2)
        self.assertEqual(hearing.misordered(packets), 1)

    def test_a_new_ssrc_or_port_is_another_stream(self):
        packets = [packet(1), packet(2), packet(3, ssrc=2), packet(4, ssrc=2, port=4002)]
        expected = [hearing.Stream(1, 4000), hearing.Stream(2, 4000), hearing.Stream(2, 4002)]
        self.assertEqual(hearing.streams(packets), expected)

    def test_pauses_and_timestamps_are_judged(self):
        packets = [packet(1), packet(2), packet(3, at=1.0, timestamp=7)]
        self.assertEqual(len(hearing.pauses(packets, 0.5)), 1)
        self.assertEqual(len(hearing.timestamp_errors(packets)), 1)


class Digits(unittest.TestCase):
    def test_pressed_keys_are_decoded_once_each(self):
        packets = []
        for number, key in enumerate('7#7'):
            packets += [packet(n, payload, payload_type=101, timestamp=number * 9999)
                        for n, payload in enumerate(digits.payloads(key))]
        self.assertEqual(digits.decode(packets), '7#7')


class Packets(unittest.TestCase):
    def test_what_is_no_rtp_is_not_parsed(self):
        self.assertIsNone(parse_packet(b'', 0.0, 1))
        self.assertIsNone(parse_packet(b'\x80\x00', 0.0, 1))
        self.assertIsNone(parse_packet(b'\x00' * 20, 0.0, 1))


class Sounds(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.ann, self.bob = Sound(tone=1000), Sound(tone=1400)
        for sound in (self.ann, self.bob):
            await sound.open()
            self.addCleanup(sound.close)

    async def test_each_hears_the_other_in_one_unbroken_stream(self):
        self.ann.send_to(('127.0.0.1', self.bob.port))
        self.bob.send_to(('127.0.0.1', self.ann.port))
        await self.ann.hear(1400)
        await self.bob.hear(1000)
        packets = self.bob.audio()
        self.assertEqual(hearing.streams(packets), [hearing.Stream(self.ann.ssrc, self.ann.port)])
        self.assertEqual((hearing.lost(packets), hearing.misordered(packets)), (0, 0))
        self.assertEqual(hearing.timestamp_errors(packets), [])
        self.assertTrue(packets[0].marker)

    async def test_keys_arrive_among_the_sound(self):
        self.ann.send_to(('127.0.0.1', self.bob.port))
        self.ann.press('5#')
        await self.bob.changes.until(lambda: self.bob.keys() == '5#', 5, 'two keys')
        await self.bob.hear(1000)

    async def test_a_sender_whom_nobody_hears_goes_on(self):
        self.ann.send_to(('127.0.0.1', UNUSED_PORT))
        self.bob.send_to(('127.0.0.1', self.ann.port))
        await self.ann.hear(1400)
        self.ann.send_to(('127.0.0.1', self.bob.port))
        await self.bob.hear(1000)


if __name__ == '__main__':
    unittest.main()
