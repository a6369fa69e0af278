"""Session descriptions of one audio stream, as much as the phones need (RFC 4566)."""
import re
from dataclasses import dataclass

DIRECTIONS = ('sendrecv', 'sendonly', 'recvonly', 'inactive')
DIGITS_PAYLOAD_TYPE = 101  # What the phones offer for RFC 4733 digits.
PAYLOAD_TYPES = {'PCMU': 0, 'PCMA': 8}  # RFC 3551 section 6.


@dataclass(frozen=True)
class Speech:
    """What a phone speaks: the one codec it knows, and the packets it wants to get."""

    codec: str = 'PCMU'
    packet_ms: int = 20
    digits_payload_type: int = DIGITS_PAYLOAD_TYPE

    @property
    def payload_type(self):
        return PAYLOAD_TYPES[self.codec]


@dataclass(frozen=True)
class Audio:
    """The audio stream of a description."""

    host: str
    port: int
    direction: str
    payload_types: tuple
    digits_payload_type: int  # 0 when digits cannot be sent as RFC 4733.

    @property
    def address(self):
        return self.host, self.port


def describe(host, port, version=1, direction='sendrecv', speech=Speech()):
    """A description with one codec and, unless their number is 0, digits."""
    digits = speech.digits_payload_type
    lines = ['v=0', f'o=phone {port} {version} IN IP4 {host}', 's=-', f'c=IN IP4 {host}', 't=0 0',
             f'm=audio {port} RTP/AVP {speech.payload_type}' + (f' {digits}' if digits else ''),
             f'a=rtpmap:{speech.payload_type} {speech.codec}/8000']
    if digits:
        lines += [f'a=rtpmap:{digits} telephone-event/8000', f'a=fmtp:{digits} 0-16']
    lines += [f'a=ptime:{speech.packet_ms}', f'a={direction}']
    return ('\r\n'.join(lines) + '\r\n').encode()


def parse(body):
    """The audio stream that a description offers; None when there is none."""
    text = body.decode('utf-8', 'replace')
    address = re.search(r'^c=IN IP4 (\S+)', text, re.M)
    media = re.search(r'^m=audio (\d+) \S+((?: \d+)*)', text, re.M)
    if not address or not media:
        return None
    directions = re.findall(r'^a=(' + '|'.join(DIRECTIONS) + r')\s*$', text, re.M)
    digits = re.search(r'^a=rtpmap:(\d+) telephone-event/8000', text, re.M | re.I)
    return Audio(address.group(1), int(media.group(1)),
                 directions[-1] if directions else 'sendrecv',
                 tuple(int(number) for number in media.group(2).split()),
                 int(digits.group(1)) if digits else 0)
