"""One call at a phone: its state, what happened to it and when, its dialog and its sound."""
import enum
import time
from typing import NamedTuple

from . import sdp
from .changes import Changes
from .sip_message import answer_to

# In-dialog requests that only need a polite answer.
COURTESIES = ('INFO', 'OPTIONS', 'MESSAGE', 'NOTIFY')


class State(enum.Enum):
    """How far a call is."""

    STARTING = 'starting'
    RINGING = 'ringing'
    TALKING = 'talking'
    ENDED = 'ended'


class Ending(enum.Enum):
    """Who or what ended a call."""

    SELF = 'self'                # We sent BYE or refused.
    PEER = 'peer'                # BYE came.
    CANCELLED = 'cancelled'      # CANCEL ended it, whoever sent it.
    REFUSED = 'refused'          # The peer answered our INVITE with 3xx–6xx.
    TIMED_OUT = 'timed out'      # Our INVITE got no final response.
    ABORTED = 'aborted'          # The phone was switched off.


class Moment(NamedTuple):
    """Something that happened to a call."""

    at: float
    what: str


class Call:
    """What incoming and outgoing calls share."""

    def __init__(self, phone):
        self.phone = phone
        self.dialog = None
        self.sound = phone.new_sound()
        self.state = State.STARTING
        self.moments = []
        self.changes = Changes()
        self.ending = None
        self.final_status = None     # Of the INVITE that began the call.
        self.reason = ''             # The Reason header that came with the end.
        self.peer_audio = []         # Every description the peer sent, in order.
        self.bye = None              # Our BYE's transaction.
        self.told_keys = ''          # Keys that the peer told by INFO.
        self._sdp_version = 0
        self._answered = {}          # Server transactions of INVITEs by CSeq, for their ACKs.

    def __repr__(self):
        events = ', '.join(f'{moment.what}' for moment in self.moments)
        return f'<{type(self).__name__} {self.phone.user} {self.state.value}: {events}>'

    # What happened.

    def note(self, what):
        """Writes down that something happened, and wakes whoever waits for it."""
        self.moments.append(Moment(time.monotonic(), what))
        self.changes.notify()

    def when(self, what):
        """The instant of the first moment that begins so; None when there was none."""
        return next((moment.at for moment in self.moments if moment.what.startswith(what)), None)

    # Waiting.

    async def happens(self, what, limit=10.0):
        """Waits for a moment that begins so; returns its instant."""
        return await self.changes.until(lambda: self.when(what), limit,
                                        lambda: f'{what!r} in {self!r}')

    async def answered(self, limit=10.0):
        """Waits until both can talk."""
        await self.changes.until(lambda: self.state in (State.TALKING, State.ENDED), limit,
                                 lambda: f'an answer in {self!r}')
        if self.final_status != 200:
            raise ConnectionError(f'not answered but {self.final_status}: {self!r}')
        return self

    async def ended(self, limit=10.0):
        """Waits for the end; returns how it ended."""
        await self.changes.until(lambda: self.state is State.ENDED, limit,
                                 lambda: f'the end of {self!r}')
        return self.ending

    async def lasts(self, seconds):
        """Waits so long or until the end. Returns: whether the call still lives."""
        try:
            await self.ended(seconds)
        except TimeoutError:
            return True
        return False

    async def released(self, limit=10.0):
        """Waits until the peer answered our BYE; returns the status."""
        await self.changes.until(lambda: self.bye is not None and self.bye.over, limit,
                                 lambda: f'an answer to BYE in {self!r}')
        if self.bye.final is None:
            raise TimeoutError(f'BYE was never answered: {self!r}')
        return self.bye.final.status

    # Acting.

    @property
    def is_alive(self):
        return self.state is not State.ENDED

    def hang_up(self):
        """Ends the call as its state asks."""
        raise NotImplementedError

    def _send_bye(self):
        self.note('BYE sent')
        request = self.dialog.request('BYE', self.phone.layer.via())
        self.bye = self.phone.layer.request(request, self._hop(),
                                            lambda _: self.note('BYE answered'))
        self._end(Ending.SELF)

    async def reinvite(self, direction, limit=10.0):
        """Offers a new direction (sendonly holds); returns the final status."""
        request = self.dialog.request('INVITE', self.phone.layer.via(),
                                      body=self._description(direction))
        responses = []

        def on_response(response):
            responses.append(response)
            if response is not None and 200 <= response.status < 300:
                self._take_audio(response.body)
                self._acknowledge(request.cseq[0])
            self.changes.notify()
        transaction = self.phone.layer.request(request, self._hop(), on_response)
        await self.changes.until(lambda: transaction.over, limit,
                                 lambda: f'an answer to re-INVITE in {self!r}')
        return transaction.final.status if transaction.final else None

    async def hold(self):
        return await self.reinvite('sendonly')

    async def resume(self):
        return await self.reinvite('sendrecv')

    async def tell_key(self, key, limit=10.0):
        """Tells a key by INFO; returns the final status."""
        request = self.dialog.request('INFO', self.phone.layer.via(),
                                      body=f'Signal={key}\r\nDuration=160\r\n'.encode(),
                                      content_type='application/dtmf-relay')
        transaction = self.phone.layer.request(request, self._hop(),
                                               lambda _: self.changes.notify())
        await self.changes.until(lambda: transaction.over, limit,
                                 lambda: f'an answer to INFO in {self!r}')
        return transaction.final.status if transaction.final else None

    def abort(self):
        """Forgets the call without telling anybody."""
        self._end(Ending.ABORTED)

    # Requests of the peer inside the dialog.

    def receive(self, transaction):
        """Answers a request of the peer."""
        request = transaction.request
        if not self.is_alive and request.method != 'BYE':
            self.note(f'{request.method} after the end')
            self._answer(transaction, 481)
            return
        if request.cseq[0] <= self.dialog.remote_cseq:
            # Section 12.2.2: a lower number came too late. A server that lost its place shows here.
            self.note(f'{request.method} with stale CSeq')
            self._answer(transaction, 500)
            return
        self.dialog.remote_cseq = request.cseq[0]
        if request.method == 'BYE':
            self._answer(transaction, 200)
            self.reason = request.get('Reason')
            self.note('BYE received')
            self._end(Ending.PEER)
        elif request.method in ('INVITE', 'UPDATE'):
            self._renegotiate(transaction)
        else:
            if request.get('Content-Type') == 'application/dtmf-relay':
                self.told_keys += request.body.decode().split('Signal=')[1][:1]
            self.note(f'{request.method} received')
            self._answer(transaction, 200 if request.method in COURTESIES else 501)

    def receive_ack(self, request):
        """Takes the ACK of a 2xx."""
        transaction = self._answered.get(request.cseq[0])
        if transaction is not None and not transaction.acknowledged:
            transaction.acknowledge()
            self.note('ACK received')

    def _renegotiate(self, transaction):
        request = transaction.request
        self.dialog.refresh(request)
        if request.body:
            self._take_audio(request.body)
        if request.method == 'INVITE':
            self._answered[request.cseq[0]] = transaction
        self.note(f're-{request.method} received')
        self._answer(transaction, 200, body=self._description())

    def _answer(self, transaction, status, body=b''):
        headers = [('Contact', f'<{self.dialog.contact}>')] if status < 300 else []
        if body:
            headers.append(('Content-Type', 'application/sdp'))
        transaction.respond(answer_to(transaction.request, status, to_tag=self.dialog.local_tag,
                                      headers=headers, body=body))

    # Parts.

    def _hop(self):
        return self.dialog.next_hop() or self.phone.server

    def _description(self, direction='sendrecv'):
        self._sdp_version += 1
        return sdp.describe(self.phone.host, self.sound.port, self._sdp_version, direction,
                            self.phone.speech)

    def _take_audio(self, body):
        audio = sdp.parse(body)
        if audio is None:
            self.note('a description without audio')
            return
        self.peer_audio.append(audio)
        if self.is_alive:
            self.sound.send_to(audio.address, audio.digits_payload_type)

    def _acknowledge(self, cseq):
        ack = self.dialog.request('ACK', self.phone.layer.via(), cseq=cseq)
        self.phone.layer.send(ack, self._hop())

    def _end(self, ending):
        if self.state is not State.ENDED:
            self.state, self.ending = State.ENDED, ending
            self.sound.close()
            self.note(f'ended: {ending.value}')
