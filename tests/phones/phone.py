"""A telephone: one SIP address, its registration, its calls."""
import asyncio

from .call import State
from .changes import Changes
from .incoming import Answer, IncomingCall
from .outgoing import OutgoingCall
from .registration import Registration
from .rtp import Sound
from .sdp import Speech
from .sip_message import Request, answer_to, new_token, tag_of
from .transactions import Timers, TransactionLayer


class Phone:
    """Makes and takes calls at one UDP port of the loopback.

    It keeps dialogs, repeats requests and sends sound whether the server lives or not, so the
    server may be killed and started again under it. `tone` is what its voice sounds like: Hertz, 0
    for silence, None for no packets at all. `speech` is its codec and the length of its packets.
    """

    host = '127.0.0.1'

    def __init__(self, user, server, *, domain='default', display='', password=None, tone=None,
                 speech=Speech(), timers=Timers(), layer_type=TransactionLayer):
        self.user, self.server, self.domain, self.display = user, server, domain, display
        self.password, self.tone, self.speech = password, tone, speech
        self.outgoing_calls, self.incoming_calls = [], []
        self.notices = []            # NOTIFYs outside calls.
        self.changes = Changes()
        self.layer = layer_type(self._on_request, self._on_ack, timers)
        self.registration = Registration(self)
        self._by_call_id = {}
        self._actions, self._next_action = (Answer(),), 0
        self._tasks = set()

    async def open(self):
        await self.layer.open(self.host)
        return self

    async def close(self, limit=1.0):
        """Hangs up, waits shortly for the answers, and is gone."""
        leaving = [call for call in self._by_call_id.values() if call.is_alive]
        for call in leaving:
            call.hang_up()
        byes = [call.released(limit) for call in leaving if call.bye is not None]
        await asyncio.gather(*byes, return_exceptions=True)
        for task in self._tasks:
            task.cancel()
        for call in self._by_call_id.values():
            call.abort()
            call.sound.close()
        self.layer.close()

    @property
    def port(self):
        return self.layer.address[1]

    @property
    def address(self):
        return f'{self.host}:{self.port}'

    @property
    def contact(self):
        return f'sip:{self.user}@{self.address}{self.layer.contact_parameters}'

    def new_sound(self):
        """The voice and the ear of one call."""
        return Sound(self.tone, self.speech)

    # Acting.

    def behave(self, *actions):
        """What to do with the calls that come from now on, in order; the last one repeats."""
        self._actions, self._next_action = actions, 0

    async def register(self, expires=60, password=None):
        """Returns the final statuses seen: [401, 200] when all is well."""
        return await self.registration.refresh(expires, password)

    async def unregister(self):
        return await self.registration.refresh(0)

    async def call(self, extension):
        """Dials; returns the call at once."""
        call = OutgoingCall(self, extension)
        self._by_call_id[call.dialog.call_id] = call
        self.outgoing_calls.append(call)
        await call.start()
        return call

    async def incoming(self, nth=1, limit=10.0):
        """Waits for the nth call that comes to this phone."""
        await self.changes.until(lambda: len(self.incoming_calls) >= nth, limit,
                                 f'call {nth} to phone {self.user}')
        return self.incoming_calls[nth - 1]

    async def incoming_from(self, number, limit=10.0):
        """Waits for the first call that shows this caller's number."""
        def found():
            return next((call for call in self.incoming_calls
                         if call.caller_number == number), None)
        return await self.changes.until(found, limit, f'a call from {number} to phone {self.user}')

    async def notice(self, nth=1, limit=10.0):
        """Waits for the nth NOTIFY outside a call."""
        await self.changes.until(lambda: len(self.notices) >= nth, limit,
                                 f'NOTIFY {nth} to phone {self.user}')
        return self.notices[nth - 1]

    async def ask(self, request, limit=10.0):
        """Sends a request outside dialogs; returns its final response, or None."""
        transaction = self.layer.request(request, self.server, lambda _: self.changes.notify())
        try:
            await self.changes.until(lambda: transaction.over, limit, request.method)
        except TimeoutError:
            transaction.stop()
        return transaction.final

    async def options(self):
        """Asks the server whether it is there; returns the status, or None."""
        host, port = self.server
        address = f'<sip:{self.user}@{self.domain}>'
        headers = [('Via', self.layer.via()), ('Max-Forwards', '70'),
                   ('From', f'{address};tag={new_token()}'), ('To', f'<sip:{host}:{port}>'),
                   ('Call-ID', new_token()), ('CSeq', '1 OPTIONS'),
                   ('Contact', f'<{self.contact}>')]
        response = await self.ask(Request(headers, b'', 'OPTIONS', f'sip:{host}:{port}'))
        return response.status if response else None

    @property
    def conversation(self):
        """The call in which this phone talks; None without one."""
        calls = self._by_call_id.values()
        return next((call for call in calls if call.state is State.TALKING), None)

    def forget(self, call):
        """Drops an ended call with all it heard, for phones that live long."""
        self._by_call_id.pop(call.dialog.call_id, None)
        for calls in (self.outgoing_calls, self.incoming_calls):
            if call in calls:
                calls.remove(call)
        call.sound.received.clear()

    # Receiving.

    def _on_request(self, transaction):
        request = transaction.request
        call = self._by_call_id.get(request.call_id)
        if request.method == 'INVITE' and not tag_of(request.get('To')):
            self._on_invite(transaction, call)
        elif request.method == 'OPTIONS' and call is None:
            transaction.respond(answer_to(request, 200, to_tag=new_token()))
        elif request.method == 'NOTIFY' and call is None:
            transaction.respond(answer_to(request, 200, to_tag=new_token()))
            self.notices.append(request)
            self.changes.notify()
        elif call is None:
            transaction.respond(answer_to(request, 481, to_tag=new_token()))
        elif request.method == 'CANCEL':
            self._on_cancel(transaction, call)
        else:
            call.receive(transaction)

    def _on_invite(self, transaction, known):
        if known is not None:
            # Section 8.2.2.2: the same call by another way.
            transaction.respond(answer_to(transaction.request, 482, to_tag=new_token()))
            return
        call = IncomingCall(self, transaction)
        self._by_call_id[call.dialog.call_id] = call
        self.incoming_calls.append(call)
        action = self._actions[min(self._next_action, len(self._actions) - 1)]
        self._next_action += 1
        task = asyncio.create_task(action.play(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.changes.notify()

    def _on_cancel(self, transaction, call):
        if isinstance(call, IncomingCall):
            call.cancel(transaction)
        else:
            transaction.respond(answer_to(transaction.request, 481, to_tag=new_token()))

    def _on_ack(self, request):
        call = self._by_call_id.get(request.call_id)
        if call is not None:
            call.receive_ack(request)
