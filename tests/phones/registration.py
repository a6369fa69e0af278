"""Registering a phone with digest credentials (RFC 3261 section 10)."""
from . import digest
from .sip_message import Request, new_token


class Registration:
    """The binding of one phone at the registrar, under one Call-ID."""

    def __init__(self, phone):
        self.contacts = []           # The Contact values of the last 200.
        self._phone = phone
        self._call_id, self._tag, self._cseq = new_token(), new_token(), 0

    async def refresh(self, expires=60, password=None, limit=10.0):
        """Sends REGISTER and answers one challenge. Returns: the final statuses seen, in order.

        An empty list means that the server never answered; `expires` 0 unregisters.
        """
        statuses, credentials = [], []
        for _ in range(2):
            request = self._request(expires, credentials)
            response = await self._phone.ask(request, limit)
            if response is None:
                return statuses
            statuses.append(response.status)
            if response.status == 200:
                self.contacts = response.all('Contact')
            header = digest.answer_challenge(response, self._phone.user, password or
                                             self._phone.password, 'REGISTER', request.uri)
            if header is None:
                return statuses
            credentials = [header]
        return statuses

    def _request(self, expires, credentials):
        phone = self._phone
        self._cseq += 1
        host, port = phone.server
        address = f'<sip:{phone.user}@{phone.domain}>'
        headers = [('Via', phone.layer.via()), ('Max-Forwards', '70'),
                   ('From', f'{address};tag={self._tag}'), ('To', address),
                   ('Call-ID', self._call_id), ('CSeq', f'{self._cseq} REGISTER'),
                   ('Contact', f'<{phone.contact}>'), ('Expires', str(expires)), *credentials]
        return Request(headers, b'', 'REGISTER', f'sip:{host}:{port}')
