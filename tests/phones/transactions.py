"""SIP transactions, here over UDP: repetition and matching, both sides (RFC 3261 section 17).

The layer knows nothing of dialogs or calls. A 2xx to an INVITE is repeated here too, until the
call says `acknowledge` (section 13.3.1.4), because that is the same clockwork.
"""
import asyncio
from dataclasses import dataclass

from . import sip_message
from .sip_message import Request, Response


@dataclass(frozen=True)
class Timers:
    """The base times of RFC 3261 section 17.1.1.1, in seconds."""

    t1: float = 0.5
    t2: float = 4.0

    @property
    def limit(self):
        """Timers B, F and H."""
        return 64 * self.t1


class Repetition:
    """Calls `send` now and again, at doubling distances, until stopped or until `limit` is over."""

    def __init__(self, timers, send, ceiling, on_expired):
        self._loop = asyncio.get_running_loop()
        self._send, self._ceiling, self._on_expired = send, ceiling, on_expired
        self._distance = timers.t1
        self._next = self._loop.call_later(self._distance, self._again)
        self._end = self._loop.call_later(timers.limit, self._expire)
        send()

    def _again(self):
        self._distance = min(self._distance * 2, self._ceiling)
        self._next = self._loop.call_later(self._distance, self._again)
        self._send()

    def _expire(self):
        self.stop()
        self._on_expired()

    def quieten(self):
        """No more repetition, but the limit still holds."""
        self._next.cancel()

    def stop(self):
        self._next.cancel()
        self._end.cancel()


class ClientTransaction:
    """One request on its way, until its final response or until time is up."""

    def __init__(self, layer, request, destination, on_response):
        self.request, self.destination = request, destination
        self.final = None            # The final response, once there is one.
        self.timed_out = False
        self.sent = 0                # How often the request went out.
        self._layer, self._on_response = layer, on_response
        self._is_invite = request.method == 'INVITE'
        # Timer A has no ceiling, timer E stops growing at T2.
        ceiling = float('inf') if self._is_invite else layer.timers.t2
        self._repetition = Repetition(layer.timers, self._send, ceiling, self._expire)
        if layer.is_reliable:
            self._repetition.quieten()

    @property
    def over(self):
        return self.final is not None or self.timed_out

    def _send(self):
        self.sent += 1
        self._layer.send(self.request, self.destination)

    def _expire(self):
        self.timed_out = True
        self._layer.forget_later(self)
        self._on_response(None)

    def receive(self, response):
        """Takes a response; 2xx to INVITE go up every time, since each asks for an ACK."""
        if response.status < 200:
            if self._is_invite:
                self._repetition.stop()
            if self.final is None:
                self._on_response(response)
            return
        self._repetition.stop()
        repeated = self.final is not None
        self.final = response
        if not repeated:
            self._layer.forget_later(self)
        if self._is_invite and response.status >= 300:
            self._acknowledge(response)
        if not repeated or (self._is_invite and response.status < 300):
            self._on_response(response)

    def _acknowledge(self, response):
        """The ACK of a refusal belongs to the transaction (section 17.1.1.3)."""
        request = self.request
        kept = [(name, value) for name, value in request.headers
                if name in ('Via', 'From', 'Call-ID', 'Max-Forwards', 'Route')]
        kept += [('To', response.get('To')), ('CSeq', f'{request.cseq[0]} ACK')]
        self._layer.send(Request(kept, b'', 'ACK', request.uri), self.destination)

    def stop(self):
        self._repetition.stop()


class ServerTransaction:
    """One received request, and the last response to it."""

    def __init__(self, layer, request, source):
        self.request, self.source = request, source
        self.acknowledged = False
        self.repeats = 0             # How often the request came again.
        self._layer, self._response, self._repetition = layer, None, None

    def respond(self, response):
        """Sends a response; a final one to an INVITE is repeated until it is acknowledged."""
        self._response = response
        if response.status >= 200:
            self._layer.forget_later(self)
        if self.request.method == 'INVITE' and response.status >= 200:
            self._repetition = Repetition(self._layer.timers, self._send, self._layer.timers.t2,
                                          lambda: None)
            if self._layer.is_reliable and response.status >= 300:
                self._repetition.quieten()
        else:
            self._send()

    def _send(self):
        self._layer.send(self._response, self.source)

    def repeat(self):
        """The request came again: so does its response (section 17.2)."""
        self.repeats += 1
        if self._response is not None:
            self._send()

    def acknowledge(self):
        """The ACK came."""
        self.acknowledged = True
        self.stop()

    def stop(self):
        if self._repetition is not None:
            self._repetition.stop()


class TransactionLayer(asyncio.DatagramProtocol):
    """One UDP socket on the loopback with its transactions.

    `on_request(transaction)` gets every new request but ACK, `on_ack(request)` every ACK that no
    refusal waits for.
    """

    is_reliable = False              # The way below repeats what is lost.
    protocol = 'UDP'
    contact_parameters = ''

    def __init__(self, on_request, on_ack, timers=Timers()):
        self.timers = timers
        self.address = None
        self.malformed = 0
        self._on_request, self._on_ack = on_request, on_ack
        self._clients, self._servers = {}, {}
        self._transport, self._gone = None, None

    async def open(self, host='127.0.0.1', port=0):
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self,
                                                                 local_addr=(host, port))
        self._gone = loop.create_future()
        self.address = self._transport.get_extra_info('sockname')[:2]

    def stop_transactions(self):
        for transaction in [*self._clients.values(), *self._servers.values()]:
            transaction.stop()

    def close(self):
        self.stop_transactions()
        if self._transport is not None:
            self._transport.close()

    async def closed(self):
        """Waits until the socket is given back."""
        await self._gone

    def connection_lost(self, exc):
        self._gone.set_result(None)

    def via(self):
        """A Via for a new request of this socket."""
        host, port = self.address
        return f'SIP/2.0/{self.protocol} {host}:{port};rport;branch={sip_message.new_branch()}'

    def request(self, request, destination, on_response):
        """Starts a client transaction; on_response gets each response, or None when time is up."""
        transaction = ClientTransaction(self, request, destination, on_response)
        self._clients[request.branch, request.method] = transaction
        return transaction

    def send(self, message, destination):
        """Sends one message once. A server that is away is not an error: it may come back."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(message.to_bytes(), destination)

    def error_received(self, exc):
        """ICMP told that nobody listens; repetition and time limits deal with it."""

    def datagram_received(self, data, addr):
        try:
            message = sip_message.parse(data)
        except sip_message.MalformedMessage:
            self.malformed += 1
            return
        if isinstance(message, Response):
            transaction = self._clients.get((message.branch, message.cseq[1]))
            if transaction is not None:
                transaction.receive(message)
        elif message.method == 'ACK':
            self._receive_ack(message)
        else:
            self._receive_request(message, addr)

    def _receive_request(self, request, source):
        key = request.branch, request.method
        if key in self._servers:
            self._servers[key].repeat()
            return
        transaction = self._servers[key] = ServerTransaction(self, request, source)
        self._on_request(transaction)

    def _receive_ack(self, request):
        transaction = self._servers.get((request.branch, 'INVITE'))
        if transaction is not None:
            transaction.acknowledge()
        else:
            self._on_ack(request)

    def forget_later(self, transaction):
        """Drops a transaction with a final response when no repetition can come any more."""
        key = transaction.request.branch, transaction.request.method
        table = self._clients if isinstance(transaction, ClientTransaction) else self._servers
        asyncio.get_running_loop().call_later(self.timers.limit, table.pop, key, None)
