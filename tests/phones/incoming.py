"""Calls that a phone receives, and what it does with them."""
from dataclasses import dataclass

from .call import Call, Ending, State
from .dialog import Dialog
from .sip_message import display_of, user_of

TEMPORARILY_UNAVAILABLE = 480
ACK_LIMIT = 40.0             # Seconds; whoever sent the INVITE gives up after 32.


class IncomingCall(Call):
    """A call from the server to us."""

    def __init__(self, phone, transaction):
        super().__init__(phone)
        self.invite = transaction.request
        self.dialog = Dialog.from_invite(self.invite, phone.contact)
        self.cancel_request = None   # The CANCEL, once it has come.
        self.ignores_cancel = False  # Like a phone whose 200 and the CANCEL cross on the wire.
        self._transaction = transaction
        self._answered[self.invite.cseq[0]] = transaction
        self.note('INVITE received')

    @property
    def caller_number(self):
        return user_of(self.invite.get('From'))

    @property
    def caller_name(self):
        return display_of(self.invite.get('From'))

    def trying(self):
        self._answer(self._transaction, 100)

    def ring(self):
        """Sends 180."""
        if self.state is State.STARTING:
            self.state = State.RINGING
            self._answer(self._transaction, 180)
            self.note('180 sent')

    async def answer(self):
        """Sends 200 with our description, and sound from now on."""
        await self.sound.open(self.phone.host)
        if not self.is_alive:
            self.sound.close()  # Cancelled meanwhile.
            return
        self.state, self.final_status = State.TALKING, 200
        self._take_audio(self.invite.body)
        self._answer(self._transaction, 200, body=self._description())
        self.note('200 sent')

    def refuse(self, status):
        """Ends a ringing call with a final response."""
        if self.is_alive:
            self.final_status = status
            self._answer(self._transaction, status)
            self.note(f'{status} sent')
            self._end(Ending.SELF)

    def hang_up(self):
        """BYE in a conversation, a refusal before it."""
        if self.state is State.TALKING:
            self._send_bye()
        else:
            self.refuse(TEMPORARILY_UNAVAILABLE)

    def cancel(self, transaction):
        """Takes the peer's CANCEL; it comes too late for an answered call (section 9.2)."""
        self._answer(transaction, 200)
        self.cancel_request = transaction.request
        self.note('CANCEL received')
        if not self.ignores_cancel and self.state in (State.STARTING, State.RINGING):
            self.reason = transaction.request.get('Reason')
            self.final_status = 487
            self._answer(self._transaction, 487)
            self._end(Ending.CANCELLED)


@dataclass(frozen=True)
class Answer:
    """Rings, answers, and hangs up after a while if told to."""

    ring: float = 0.0
    talk: float | None = None

    async def play(self, call):
        call.trying()
        call.ring()
        if self.ring and not await call.lasts(self.ring):
            return
        await call.answer()
        if self.talk is None:
            return
        # RFC 3261 section 15: no BYE before the ACK.
        await call.changes.until(lambda: call.when('ACK received') or not call.is_alive, ACK_LIMIT,
                                 lambda: f'an ACK in {call!r}')
        if await call.lasts(self.talk):
            call.hang_up()


@dataclass(frozen=True)
class Refuse:
    """Rings if told to, then refuses."""

    status: int
    ring: float = 0.0

    async def play(self, call):
        call.trying()
        if self.ring:
            call.ring()
            await call.lasts(self.ring)
        call.refuse(self.status)


@dataclass(frozen=True)
class KeepRinging:
    """Rings until the caller gives up, or until the test answers by hand."""

    async def play(self, call):
        call.trying()
        call.ring()


@dataclass(frozen=True)
class Ignore:
    """Sends no response at all, like a phone that lost its network."""

    async def play(self, call):
        call.note('ignored')


BUSY = Refuse(486)
REJECT = Refuse(603)
