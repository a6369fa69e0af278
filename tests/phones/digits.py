"""Telephone keys as RTP events (RFC 4733)."""
import struct

KEYS = '0123456789*#ABCD'
VOLUME = 10                  # -10 dBm0.
STEPS = 6                    # Packets with the key down, 20 ms each.
ENDS = 3                     # The end is sent three times (section 2.5.1.4).
_END_BIT = 0x80


def payloads(key):
    """The payloads of one key press in order; all carry the RTP timestamp of its begin."""
    code = KEYS.index(key)
    down = [struct.pack('!BBH', code, VOLUME, 160 * step) for step in range(1, STEPS + 1)]
    up = struct.pack('!BBH', code, _END_BIT | VOLUME, 160 * (STEPS + 1))
    return down + [up] * ENDS


def decode(packets):
    """The keys in event packets: one per RTP timestamp, as long as one of its packets came."""
    keys, last = '', None
    for packet in packets:
        if len(packet.payload) >= 4 and packet.timestamp != last and packet.payload[0] < len(KEYS):
            last = packet.timestamp
            keys += KEYS[packet.payload[0]]
    return keys
