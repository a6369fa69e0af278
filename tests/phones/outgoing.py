"""Calls that a phone makes."""
from . import digest
from .call import Call, Ending, State
from .dialog import Dialog
from .sip_message import Request

ALLOWED = 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, NOTIFY'


class OutgoingCall(Call):
    """A call from us to an extension of the server."""

    def __init__(self, phone, extension):
        super().__init__(phone)
        self.extension = extension
        host, port = phone.server
        local = f'<sip:{phone.user}@{phone.domain}>'
        target = f'sip:{extension}@{host}:{port}'
        self.dialog = Dialog(local=f'"{phone.display}" {local}' if phone.display else local,
                             remote=f'<{target}>', target=target, contact=phone.contact)
        self.retry_after = ''         # The header of a refusal that names when to come again.
        self._transaction = None
        self._cancelling = False
        self._authorized = False

    async def start(self):
        """Opens the sound and sends INVITE."""
        await self.sound.open(self.phone.host)
        self._invite([])

    def hang_up(self):
        """BYE in a conversation, CANCEL before it."""
        if self.state is State.TALKING:
            self._send_bye()
        elif self.is_alive and not self._cancelling:
            self._cancelling = True
            # Section 9.1: no CANCEL before a provisional response.
            if self.when('1') is not None:
                self._send_cancel()

    def _invite(self, credentials):
        headers = [('Allow', ALLOWED), *credentials]
        request = self.dialog.request('INVITE', self.phone.layer.via(), headers=headers,
                                      body=self._description())
        self.note('INVITE sent')
        self._transaction = self.phone.layer.request(request, self.phone.server, self._on_response)

    def _send_cancel(self):
        invite = self._transaction.request
        kept = [(name, value) for name, value in invite.headers
                if name in ('Via', 'From', 'To', 'Call-ID', 'Max-Forwards')]
        kept.append(('CSeq', f'{invite.cseq[0]} CANCEL'))
        self.note('CANCEL sent')
        self.phone.layer.request(Request(kept, b'', 'CANCEL', invite.uri), self.phone.server,
                                 lambda _: self.note('CANCEL answered'))

    def _on_response(self, response):
        if response is None:
            self._end(Ending.TIMED_OUT)
        elif response.status < 200:
            self._on_progress(response)
        elif response.status < 300:
            self._on_accepted(response)
        else:
            self._on_refused(response)

    def _on_progress(self, response):
        self.note(f'{response.status} received')
        if response.status > 100 and self.state is State.STARTING:
            self.state = State.RINGING
        if response.body:
            self._take_audio(response.body)
        if self._cancelling and self.when('CANCEL sent') is None:
            self._send_cancel()

    def _on_accepted(self, response):
        self.dialog.confirm(response)
        self._acknowledge(self._transaction.request.cseq[0])
        if self.state in (State.TALKING, State.ENDED):
            return  # The 2xx came again; so did our ACK.
        self.final_status = response.status
        self.state = State.TALKING
        self._take_audio(response.body)
        self.note('200 received')
        if self._cancelling:
            self._send_bye()  # The answer and our CANCEL crossed (section 9.1).

    def _on_refused(self, response):
        header = digest.answer_challenge(response, self.phone.user, self.phone.password, 'INVITE',
                                         self._transaction.request.uri)
        if header is not None and not self._authorized:
            self._authorized = True
            self._invite([header])
            return
        self.final_status = response.status
        self.reason = response.get('Reason')
        self.retry_after = response.get('Retry-After')
        self.note(f'{response.status} received')
        cancelled = self._cancelling and response.status == 487
        self._end(Ending.CANCELLED if cancelled else Ending.REFUSED)
