#!/usr/bin/env python3
"""Prints the call centre's events as they come.

    tests/interop/monitor.py [HOST [PORT [PASSWORD]]]

It knows the event socket from its description only, and shares no code with the tests. An event is
printed with its values decoded, one header on a line, and a blank line after it.
"""
import socket
import sys
from urllib.parse import unquote

PATIENCE = 1.0               # Seconds to wait before looking whether anything else is to be done.


def header_block(lines):
    """The headers up to the next blank line; None at the end of the connection."""
    headers = {}
    while (line := lines.readline()) not in (b'\n', b''):
        name, _, value = line.decode().rstrip('\n').partition(': ')
        headers[name] = value
    return headers if line else None


def message(lines):
    """The next message: its headers and its body."""
    headers = header_block(lines)
    if headers is None:
        sys.exit('the server closed the connection')
    return headers, lines.read(int(headers.get('Content-Length', 0))).decode()


def command(connection, lines, text):
    connection.sendall(f'{text}\n\n'.encode())
    reply = message(lines)[0]['Reply-Text']
    if not reply.startswith('+OK'):
        sys.exit(f'{text.split()[0]}: {reply}')
    print(reply, flush=True)


def decoded(body):
    """The event as text with its values decoded, and as a dictionary."""
    lines = [line.partition(': ') for line in body.split('\n\n', 1)[0].splitlines()]
    values = {name: unquote(value) for name, _, value in lines}
    return values, ''.join(f'{name}: {value}\n' for name, value in values.items())


def main(host='127.0.0.1', port='8021', password='ClueCon'):
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        lines = Patient(connection)
        message(lines)           # The request for the password.
        command(connection, lines, f'auth {password}')
        command(connection, lines, 'event plain ALL')
        while True:
            values, text = decoded(message(lines)[1])
            if (values.get('Event-Name'), values.get('Event-Subclass')) == (
                    'CUSTOM', 'callcenter::info'):
                print(text, flush=True)


class Patient:
    """Reads lines and bytes; what is there already is not lost when nothing comes for a while."""

    def __init__(self, connection):
        self._connection, self._held = connection, b''

    def readline(self):
        while b'\n' not in self._held and self._more():
            pass
        line, found, self._held = self._held.partition(b'\n')
        return line + found

    def read(self, size):
        while len(self._held) < size and self._more():
            pass
        taken, self._held = self._held[:size], self._held[size:]
        return taken

    def _more(self):
        """Waits for bytes. Returns: whether the connection is still there."""
        while True:
            try:
                received = self._connection.recv(1 << 16)
                self._held += received
                return bool(received)
            except TimeoutError:
                continue


if __name__ == '__main__':
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        pass
