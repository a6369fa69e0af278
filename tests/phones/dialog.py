"""A SIP dialog from the phone's side: its requests and where they go (RFC 3261 section 12)."""
import random
from dataclasses import dataclass, field

from .sip_message import Request, host_and_port, new_token, tag_of, uri_of

FIRST_CSEQ_LIMIT = 1000  # Far below 2^31 (section 8.1.1.5), and different in each dialog.


@dataclass
class Dialog:
    """The state of one dialog. It outlives a restart of the server, since nothing here asks it."""

    local: str                # The From or To value of our side, without its tag.
    remote: str               # The same of the peer.
    target: str               # Where requests go: the peer's Contact, or the dialled URI.
    contact: str              # Our own Contact URI.
    call_id: str = field(default_factory=new_token)
    local_tag: str = field(default_factory=new_token)
    remote_tag: str = ''
    routes: list = field(default_factory=list)
    local_cseq: int = field(default_factory=lambda: random.randrange(1, FIRST_CSEQ_LIMIT))
    remote_cseq: int = 0

    @classmethod
    def from_invite(cls, invite, contact):
        """The dialog that answering this INVITE makes."""
        return cls(local=invite.get('To'), remote=invite.get('From').partition(';tag=')[0],
                   target=uri_of(invite.get('Contact')), contact=contact, call_id=invite.call_id,
                   remote_tag=tag_of(invite.get('From')), routes=invite.all('Record-Route'),
                   remote_cseq=invite.cseq[0])

    def confirm(self, response):
        """Takes the peer's part of the dialog from a response to our INVITE."""
        self.remote_tag = tag_of(response.get('To'))
        self.routes = list(reversed(response.all('Record-Route')))
        self.refresh(response)

    def refresh(self, message):
        """Takes a new target from the Contact of an INVITE or its 2xx."""
        if message.get('Contact'):
            self.target = uri_of(message.get('Contact'))

    def request(self, method, via, *, cseq=None, headers=(), body=b'',
                content_type='application/sdp'):
        """The next request of this dialog; an ACK is given the number of its INVITE."""
        if cseq is None:
            self.local_cseq += 1
            cseq = self.local_cseq
        to = f'{self.remote};tag={self.remote_tag}' if self.remote_tag else self.remote
        lines = [('Via', via), ('Max-Forwards', '70'),
                 ('From', f'{self.local};tag={self.local_tag}'), ('To', to),
                 ('Call-ID', self.call_id), ('CSeq', f'{cseq} {method}'),
                 ('Contact', f'<{self.contact}>')]
        lines += [('Route', route) for route in self.routes]
        lines += list(headers)
        if body:
            lines.append(('Content-Type', content_type))
        return Request(lines, body, method, self.target)

    def next_hop(self):
        """The address of the next request; None when the target is no IPv4 sip: URI."""
        return host_and_port(uri_of(self.routes[0]) if self.routes else self.target)
