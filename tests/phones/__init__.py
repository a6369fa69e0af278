"""SIP phones with sound, and an event-socket client, for tests and for the demo.

They reach a server only through UDP and TCP, so they know nothing of how it is built. Everything
runs in one asyncio loop; all instants are `time.monotonic()` seconds.
"""
import logging

# unittest runs asyncio in debug mode, which warns of every step that a busy machine makes slow.
logging.getLogger('asyncio').setLevel(logging.ERROR)
