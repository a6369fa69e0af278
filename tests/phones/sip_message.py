"""SIP messages as values: parsing and printing (RFC 3261 section 7)."""
import re
import secrets
from dataclasses import dataclass, field

COMPACT_NAMES = {
    'c': 'Content-Type', 'f': 'From', 'i': 'Call-ID', 'k': 'Supported', 'l': 'Content-Length',
    'm': 'Contact', 'o': 'Event', 'r': 'Refer-To', 's': 'Subject', 't': 'To', 'v': 'Via',
}
PHRASES = {
    100: 'Trying', 180: 'Ringing', 183: 'Session Progress', 200: 'OK', 400: 'Bad Request',
    401: 'Unauthorized', 404: 'Not Found', 405: 'Method Not Allowed',
    480: 'Temporarily Unavailable', 481: 'Call/Transaction Does Not Exist', 486: 'Busy Here',
    487: 'Request Terminated',
    488: 'Not Acceptable Here', 500: 'Server Internal Error', 503: 'Service Unavailable',
    600: 'Busy Everywhere', 603: 'Decline',
}
MAGIC_COOKIE = 'z9hG4bK'  # RFC 3261 section 8.1.1.7: marks branches that are unique.


class MalformedMessage(ValueError):
    """The bytes are not a SIP message."""


@dataclass
class Message:
    """What requests and responses share: headers in order, and a body."""

    headers: list = field(default_factory=list)
    body: bytes = b''

    def get(self, name, default=''):
        """The first value of a header, by name in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), default)

    def all(self, name):
        """Every value of a header, in order."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]

    @property
    def cseq(self):
        """The number and the method of CSeq."""
        number, _, method = self.get('CSeq').partition(' ')
        return (int(number) if number.isdigit() else 0), method.strip()

    @property
    def branch(self):
        """The branch of the top Via, or nothing."""
        return parameters_of(self.get('Via')).get('branch', '')

    @property
    def call_id(self):
        return self.get('Call-ID')

    def start_line(self):
        raise NotImplementedError

    def to_bytes(self):
        """The message as it goes on the wire, with its true Content-Length."""
        lines = [self.start_line()]
        lines += [f'{name}: {value}' for name, value in self.headers]
        lines += [f'Content-Length: {len(self.body)}', '', '']
        return '\r\n'.join(lines).encode() + self.body


@dataclass
class Request(Message):
    """A request."""

    method: str = ''
    uri: str = ''

    def start_line(self):
        return f'{self.method} {self.uri} SIP/2.0'


@dataclass
class Response(Message):
    """A response; made with `answer_to` on the phone's side."""

    status: int = 0
    phrase: str = ''

    def start_line(self):
        return f'SIP/2.0 {self.status} {self.phrase}'


def parse(data):
    """The message in one datagram; raises MalformedMessage."""
    head, _, body = data.partition(b'\r\n\r\n')
    lines = re.sub(r'\r\n[ \t]+', ' ', head.decode('utf-8', 'replace')).split('\r\n')
    headers = [_header(line) for line in lines[1:]]
    start = lines[0].split(' ', 2)
    if len(start) < 2:
        raise MalformedMessage(f'no start line: {lines[0][:60]!r}')
    if start[0] == 'SIP/2.0':
        if not start[1].isdigit():
            raise MalformedMessage(f'no status: {lines[0][:60]!r}')
        message = Response(headers, body, int(start[1]), start[2] if len(start) > 2 else '')
    elif len(start) == 3 and start[2] == 'SIP/2.0':
        message = Request(headers, body, start[0], start[1])
    else:
        raise MalformedMessage(f'neither request nor response: {lines[0][:60]!r}')
    length = message.get('Content-Length')
    if length.isdigit():
        message.body = body[:int(length)]
    message.headers = [pair for pair in headers if pair[0].lower() != 'content-length']
    return message


def _header(line):
    name, colon, value = line.partition(':')
    if not colon:
        raise MalformedMessage(f'a header without a colon: {line[:60]!r}')
    name = name.strip()
    return COMPACT_NAMES.get(name.lower(), name), value.strip()


def answer_to(request, status, *, to_tag='', headers=(), body=b''):
    """The response to a request, with the headers that RFC 3261 section 8.2.6 copies."""
    to = request.get('To')
    if to_tag and status > 100 and not tag_of(to):
        to += f';tag={to_tag}'
    copied = [('Via', via) for via in request.all('Via')]
    copied += [('From', request.get('From')), ('To', to), ('Call-ID', request.call_id),
               ('CSeq', request.get('CSeq'))]
    copied += [('Record-Route', route) for route in request.all('Record-Route')]
    return Response(copied + list(headers), body, status, PHRASES.get(status, 'Answer'))


def parameters_of(value):
    """The parameters after the address or the first word of a header value, names in lower case."""
    outside = value.rpartition('>')[2] if '>' in value else value
    pairs = (part.partition('=') for part in outside.split(';')[1:])
    return {name.strip().lower(): text.strip().strip('"') for name, _, text in pairs}


def tag_of(value):
    """The tag of a From or To value, or nothing."""
    return parameters_of(value).get('tag', '')


def uri_of(value):
    """The URI of a name-addr or addr-spec, without header parameters."""
    inside = re.search(r'<([^>]*)>', value)
    return inside.group(1) if inside else value.split(';')[0].strip()


def user_of(value):
    """The user part of the URI in a header value, or nothing."""
    found = re.match(r'sips?:([^@;>]+)@', uri_of(value))
    return found.group(1) if found else ''


def display_of(value):
    """The display name of a name-addr, without its quotes."""
    return value.partition('<')[0].strip().strip('"') if '<' in value else ''


def host_and_port(uri):
    """Where a sip: URI with an IPv4 literal leads; None for any other."""
    found = re.match(r'sip:(?:[^@]*@)?(\d+\.\d+\.\d+\.\d+)(?::(\d+))?', uri)
    return (found.group(1), int(found.group(2) or 5060)) if found else None


def new_token(size=8):
    """Random text for tags, branches and Call-IDs."""
    return secrets.token_hex(size)


def new_branch():
    """A branch that no other transaction has."""
    return MAGIC_COOKIE + new_token(10)
