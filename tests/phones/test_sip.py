"""SIP messages, credentials, descriptions and transactions of the phones."""
import unittest

from tests.phones import digest, sdp, sip_message
from tests.phones.changes import Changes
from tests.phones.sip_message import Request, Response
from tests.phones.transactions import Timers, TransactionLayer

INVITE = (b'INVITE sip:7000@127.0.0.1 SIP/2.0\r\n'
          b'v: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bKone\r\n'
          b'f: "Ann Caller" <sip:6001@default>;tag=a1\r\n'
          b't: <sip:7000@127.0.0.1>\r\n'
          b'Subject: one\r\n  folded\r\n'
          b'i: call-1\r\nCSeq: 7 INVITE\r\nl: 4\r\n\r\nbodyrest')


class Messages(unittest.TestCase):
    def test_compact_and_folded_headers_are_read(self):
        message = sip_message.parse(INVITE)
        self.assertEqual((message.method, message.cseq), ('INVITE', (7, 'INVITE')))
        self.assertEqual(message.get('subject'), 'one folded')
        self.assertEqual(message.branch, 'z9hG4bKone')
        self.assertEqual(message.body, b'body')

    def test_a_printed_message_is_parsed_to_the_same(self):
        message = sip_message.parse(INVITE)
        self.assertEqual(sip_message.parse(message.to_bytes()), message)

    def test_garbage_is_malformed(self):
        for data in (b'', b'\x00\xff', b'SIP/2.0 abc Odd\r\n\r\n', b'INVITE x HTTP/1.1\r\n\r\n',
                     b'BYE sip:a SIP/2.0\r\nno colon\r\n\r\n'):
            with self.assertRaises(sip_message.MalformedMessage, msg=data):
                sip_message.parse(data)

    def test_an_answer_copies_vias_and_adds_the_tag(self):
        answer = sip_message.answer_to(sip_message.parse(INVITE), 180, to_tag='b2')
        self.assertEqual(answer.get('To'), '<sip:7000@127.0.0.1>;tag=b2')
        self.assertEqual(answer.get('CSeq'), '7 INVITE')
        self.assertEqual(len(answer.all('Via')), 1)

    def test_parts_of_addresses(self):
        value = '"Ann Caller" <sip:6001@127.0.0.1:5070;transport=udp>;tag=a1'
        self.assertEqual(sip_message.display_of(value), 'Ann Caller')
        self.assertEqual(sip_message.user_of(value), '6001')
        self.assertEqual(sip_message.tag_of(value), 'a1')
        self.assertEqual(sip_message.host_and_port(sip_message.uri_of(value)), ('127.0.0.1', 5070))
        self.assertIsNone(sip_message.host_and_port('tel:1234'))


class Credentials(unittest.TestCase):
    def test_the_example_of_the_rfc(self):
        # The user and nonce of RFC 2617 section 3.5, in the form without qop.
        challenge = digest.parse_challenge('Digest realm="testrealm@host.com", '
                                           'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", '
                                           'opaque="5ccc"')
        value = digest.credentials(challenge, 'Mufasa', 'Circle Of Life', 'GET', '/dir/index.html')
        self.assertIn('response="670fd8c2df070c60b045671b8b24ff02"', value)
        self.assertIn('opaque="5ccc"', value)

    def test_quality_of_protection_is_used_when_offered(self):
        challenge = digest.parse_challenge('Digest realm="r", nonce="n", qop="auth,auth-int"')
        value = digest.credentials(challenge, 'u', 'p', 'REGISTER', 'sip:h')
        self.assertIn('qop=auth, nc=00000001', value)
        self.assertIn('cnonce=', value)

    def test_no_password_answers_nothing(self):
        response = Response([('WWW-Authenticate', 'Digest realm="r", nonce="n"')], b'', 401, '')
        self.assertIsNone(digest.answer_challenge(response, 'u', None, 'REGISTER', 'sip:h'))


class Descriptions(unittest.TestCase):
    def test_own_description_is_understood(self):
        audio = sdp.parse(sdp.describe('127.0.0.1', 4000, 2, 'sendonly'))
        self.assertEqual(audio.address, ('127.0.0.1', 4000))
        self.assertEqual(audio.direction, 'sendonly')
        self.assertEqual((audio.payload_types, audio.digits_payload_type), ((0, 101), 101))

    def test_no_audio_is_none(self):
        self.assertIsNone(sdp.parse(b'v=0\r\nc=IN IP4 127.0.0.1\r\n'))


class Transactions(unittest.IsolatedAsyncioTestCase):
    """Two layers over the loopback, with times divided by 25."""

    async def asyncSetUp(self):
        self.requests, self.acks, self.responses = [], [], []
        timers = Timers(t1=0.02, t2=0.16)
        self.near = TransactionLayer(self.requests.append, self.acks.append, timers)
        self.far = TransactionLayer(self._at_far, self.acks.append, timers)
        await self.near.open()
        await self.far.open()
        self.addCleanup(self.near.close)
        self.addCleanup(self.far.close)
        self.wakes = Changes()

    def _at_far(self, transaction):
        self.requests.append(transaction)
        self.wakes.notify()

    def _on_response(self, response):
        self.responses.append(response)
        self.wakes.notify()

    def _request(self, method):
        headers = [('Via', self.near.via()), ('From', '<sip:a@b>;tag=1'), ('To', '<sip:c@d>'),
                   ('Call-ID', 'one'), ('CSeq', f'1 {method}')]
        return self.near.request(Request(headers, b'', method, 'sip:c@d'), self.far.address,
                                 self._on_response)

    async def _until(self, condition):
        return await self.wakes.until(condition, 5, 'a step of the test')

    async def test_a_silent_peer_gets_repetitions_and_then_the_time_is_up(self):
        transaction = self._request('OPTIONS')
        await self._until(lambda: self.responses)
        self.assertEqual(self.responses, [None])
        self.assertTrue(transaction.timed_out)
        self.assertGreaterEqual(transaction.sent, 8)
        self.assertGreaterEqual(self.requests[0].repeats, 6)

    async def test_a_repeated_request_gets_the_same_response_again(self):
        transaction = self._request('OPTIONS')
        await self._until(lambda: self.requests)
        server = self.requests[0]
        server.respond(sip_message.answer_to(server.request, 200, to_tag='t'))
        await self._until(lambda: self.responses)
        self.near.send(transaction.request, self.far.address)
        self.near.send(transaction.request, self.far.address)
        second = self._request('INFO')
        await self._until(lambda: len(self.requests) == 2)
        self.assertEqual(server.repeats, 2)
        self.assertEqual(len(self.responses), 1)
        self.assertFalse(second.over)

    async def test_a_refused_invite_is_acknowledged_below_the_call(self):
        self._request('INVITE')
        await self._until(lambda: self.requests)
        server = self.requests[0]
        server.respond(sip_message.answer_to(server.request, 486, to_tag='t'))
        await self._until(lambda: self.responses)
        self._request('INFO')
        await self._until(lambda: len(self.requests) == 2)
        self.assertTrue(server.acknowledged)
        self.assertEqual(self.acks, [])

    async def test_an_accepted_invite_is_repeated_until_acknowledged(self):
        self._request('INVITE')
        await self._until(lambda: self.requests)
        server = self.requests[0]
        server.respond(sip_message.answer_to(server.request, 200, to_tag='t'))
        await self._until(lambda: len(self.responses) >= 3)
        server.acknowledge()
        self.assertEqual({response.status for response in self.responses}, {200})


if __name__ == '__main__':
    unittest.main()
