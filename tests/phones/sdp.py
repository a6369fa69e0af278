"""Session descriptions of one audio stream, as much as the phones need (RFC 4566)."""
import re
from dataclasses import dataclass

DIRECTIONS = ('sendrecv', 'sendonly', 'recvonly', 'inactive')
DIGITS_PAYLOAD_TYPE = 101  # What the phones offer for RFC 4733 digits.


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


def describe(host, port, version=1, direction='sendrecv'):
    """A description with PCMU and digits."""
    lines = ['v=0', f'o=phone {port} {version} IN IP4 {host}', 's=-', f'c=IN IP4 {host}', 't=0 0',
             f'm=audio {port} RTP/AVP 0 {DIGITS_PAYLOAD_TYPE}', 'a=rtpmap:0 PCMU/8000',
             f'a=rtpmap:{DIGITS_PAYLOAD_TYPE} telephone-event/8000',
             f'a=fmtp:{DIGITS_PAYLOAD_TYPE} 0-16', 'a=ptime:20', f'a={direction}']
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
