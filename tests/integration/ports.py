"""Free ports of the loopback for a server under test."""
import random
import socket

# Below the ephemeral range of Linux (from 32768) and above the usual services: no phone's own port
# can take one of these while a killed server is away from it.
FIRST, LAST = 10240, 16383
RTP_FIRST, RTP_LAST = 16384, 32000
RTP_BLOCK = 800              # Ports of one server: enough for 400 legs.
_given = set()


def free_port():
    """A port that is free for UDP and TCP, and that no other caller of this process got."""
    while True:
        port = random.randint(FIRST, LAST)
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def rtp_range():
    """The first and the last port of a block for sound; the server skips those in use."""
    first = random.randrange(RTP_FIRST, RTP_LAST - RTP_BLOCK, 2)
    return first, first + RTP_BLOCK


def _is_free(port):
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                return False
    return True
